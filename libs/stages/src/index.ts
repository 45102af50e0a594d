/** Stages: the field's own words become events. Crops, field work, harvest, delivery, processing, packing, storage, transport, trade. */
export { STAGES_PROJECTIONS } from './projections';
export { StagesModule } from './stages.module';
export { STAGES_MIGRATIONS } from './migrations';
export { STAGES_STATE } from './own-state';
export { FormAnswer } from './form/answer';
export { type Answer, type Firm, FormsBench, type FormsBenchOptions, leftBy } from './testing/forms-bench';
