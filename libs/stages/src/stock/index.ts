/** Stock life: what happens to goods that lie. */
import { ArrivalController, arrivalForm } from './arrival.stage';
import { Differences } from './differences.service';
import { StockChangeController, stockChangeForm } from './stock-change.stage';
import { TransferController, transferForm } from './transfer.stage';
import { Transfers } from './transfers.service';
import { UpkeepController, upkeepForm } from './upkeep.stage';
import { ZoneDecisionController, zoneDecisionForm } from './zone-decision.stage';

export const STOCK_CONTROLLERS = [TransferController, ArrivalController, StockChangeController, UpkeepController, ZoneDecisionController];
export const STOCK_PROVIDERS = [Differences, Transfers];
/** Each can be corrected. */
export const STOCK_FORMS = [transferForm, arrivalForm, stockChangeForm, upkeepForm, zoneDecisionForm];
