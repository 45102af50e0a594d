import { CreateDelivery1792000100100 } from './1792000100100-create-delivery';
import { CreateKeptApart1792000200000 } from './1792000200000-create-kept-apart';
import { CreateCredits1792000300000 } from './1792000300000-create-credits';
import { CreateStock1792000500200 } from './1792000500200-create-stock';

/** The forms' migrations, in order. */
export const STAGES_MIGRATIONS = [CreateDelivery1792000100100, CreateKeptApart1792000200000, CreateCredits1792000300000, CreateStock1792000500200];
