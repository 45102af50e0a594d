import { Module } from '@nestjs/common';
import { CropController } from './crop.stage';
import { Forms } from './form/forms.service';
import { HarvestController } from './harvest.stage';
import { ProcessingController } from './processing.stage';
import { PublicHost } from './public-host.service';
import { ReceiptController } from './receipt.stage';
import { ShipmentController } from './shipment.stage';

/** The field's own words: forms that become events. Needs `Log` from the composition root. */
@Module({
  controllers: [CropController, HarvestController, ProcessingController, ShipmentController, ReceiptController],
  providers: [Forms, PublicHost],
  exports: [Forms],
})
export class StagesModule {}
