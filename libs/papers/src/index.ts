/** Papers: what goes with a shipment, as PDF, from templates an organisation can change. */
import type { InlineProjection } from '@daodi/log';
import { paperTemplatesProjection } from './templates/templates.projection';

export { PapersModule } from './papers.module';
export { PAPERS_MIGRATIONS } from './migrations';
export { PAPERS_STATE } from './own-state';
/** Our own templates, as files. */
export { DEFAULT_TEMPLATES } from './defaults/default-templates';
export const PAPERS_PROJECTIONS: readonly InlineProjection[] = [paperTemplatesProjection];
