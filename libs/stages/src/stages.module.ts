import { TraceModule } from '@daodi/trace';
import { Module } from '@nestjs/common';
import { AggregationController } from './aggregation.stage';
import { BatchCodes, BatchCodesController } from './batches/batch-codes.controller';
import { BatchesController } from './batches/batches.controller';
import { Batches } from './batches/batches.service';
import { OwnEventsController } from './batches/own-events.controller';
import { CorrectionController } from './correction/correction.controller';
import { Corrections } from './correction/corrections.service';
import { CropController } from './crop.stage';
import { DeliveryLists } from './delivery/delivery-lists.service';
import { HeapsController } from './delivery/heaps.controller';
import { Heaps } from './delivery/heaps.service';
import { SlipsController } from './delivery/slips.controller';
import { Slips } from './delivery/slips.service';
import { StatementsController } from './delivery/statements.controller';
import { Statements } from './delivery/statements.service';
import { DestructionController } from './destruction.stage';
import { FieldWorkController } from './field-work.stage';
import { Forms } from './form/forms.service';
import { HarvestController } from './harvest.stage';
import { IntakeController } from './outside/intake.stage';
import { PackingController } from './packing.stage';
import { ProcessingController } from './processing.stage';
import { AccessionController } from './propagation/accession.stage';
import { CropEndController } from './propagation/crop-end.stage';
import { PlantingController } from './propagation/planting.stage';
import { PropagationController } from './propagation/propagation.stage';
import { PropaguleCheckController } from './propagation/propagule-check.stage';
import { PublicHost } from './public-host.service';
import { ReceiptController } from './receipt.stage';
import { SaleController } from './sale.stage';
import { SampleController } from './sample.stage';
import { ShipmentController } from './shipment.stage';
import { ShipmentVoidController } from './shipment-void.stage';
import { STOCK_CONTROLLERS, STOCK_PROVIDERS } from './stock';
import { StockTakeController } from './stock-take.stage';
import { StorageController } from './storage.stage';
import { Credits } from './trading/credits.service';
import { TRADING_CONTROLLERS } from './trading/trading-forms';
import { YieldsController } from './yields/yields.controller';
import { Yields } from './yields/yields.service';

/** The field's own words: forms that become events. Needs `Log` from the composition root. */
@Module({
  imports: [TraceModule],
  controllers: [
    IntakeController,
    AccessionController, PropagationController, PropaguleCheckController, PlantingController, CropEndController, YieldsController,
    CropController, FieldWorkController, HarvestController, ProcessingController, PackingController, AggregationController, SampleController,
    StorageController, ShipmentController, ShipmentVoidController, ReceiptController, SaleController, DestructionController,
    StockTakeController, CorrectionController, OwnEventsController, BatchesController, BatchCodesController, ...TRADING_CONTROLLERS,
    ...STOCK_CONTROLLERS, SlipsController, HeapsController, StatementsController,
  ],
  providers: [Credits, Forms, Corrections, Batches, BatchCodes, Yields, PublicHost, Slips, Heaps, DeliveryLists, Statements, ...STOCK_PROVIDERS],
  exports: [Forms, Batches],
})
export class StagesModule {}
