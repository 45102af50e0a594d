/** Stock life: what happens to goods that lie. */
import { ArrivalController, arrivalForm } from './arrival.stage';
import { Cards } from './cards.service';
import { CardsController } from './cards.controller';
import { Differences } from './differences.service';
import { RetainedSampleController } from './retained-destruction.stage';
import { RetestController } from './retest.stage';
import { SampleReturnController, sampleReturnForm } from './sample-return.stage';
import { StockChangeController, stockChangeForm } from './stock-change.stage';
import { StockRecords } from './stock-records.service';
import { TransferController, transferForm } from './transfer.stage';
import { Transfers } from './transfers.service';
import { UpkeepController, upkeepForm } from './upkeep.stage';
import { WasteRemovalController, wasteRemovalForm } from './waste-removal.stage';
import { Waste } from './waste.service';
import { ZoneDecisionController, zoneDecisionForm } from './zone-decision.stage';

export const STOCK_CONTROLLERS = [
  TransferController, ArrivalController, StockChangeController, UpkeepController, ZoneDecisionController, SampleReturnController,
  RetainedSampleController, RetestController, WasteRemovalController, CardsController,
];
export const STOCK_PROVIDERS = [Differences, Transfers, StockRecords, Waste, Cards];
/** Each can be corrected. */
export const STOCK_FORMS = [transferForm, arrivalForm, stockChangeForm, upkeepForm, zoneDecisionForm, sampleReturnForm, wasteRemovalForm];
