/** Stages: the field's own words become events. Crops, field work, harvest, processing, packing, storage, transport, trade. */
export { StagesModule } from './stages.module';
export { FormAnswer } from './form/answer';
export { type Answer, type Firm, FormsBench, type FormsBenchOptions, leftBy } from './testing/forms-bench';
