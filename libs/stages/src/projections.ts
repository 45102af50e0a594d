import type { InlineProjection } from '@daodi/log';
import { deliveryProjection } from './delivery/delivery.projection';
import { stockProjection } from './stock/projection/stock.projection';
import { creditsProjection } from './trading/credits.projection';

/** Inline projections of the forms' own records; they come after trace's. */
export const STAGES_PROJECTIONS: readonly InlineProjection[] = [creditsProjection, stockProjection, deliveryProjection];
