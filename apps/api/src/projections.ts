import { LABEL_PROJECTIONS } from '@daodi/label';
import type { InlineProjection } from '@daodi/log';
import { NOTIFY_PROJECTIONS } from '@daodi/notify';
import { PAPERS_PROJECTIONS } from '@daodi/papers';
import { QUALITY_PROJECTIONS } from '@daodi/quality';
import { QUERY_PROJECTIONS } from '@daodi/query';
import { REGISTRY_PROJECTIONS } from '@daodi/registry';
import { STAGES_PROJECTIONS } from '@daodi/stages';
import { traceProjection } from '@daodi/trace';

/** What every append writes in its own transaction, in the order it is applied: no door can append without all of them. */
export const PROJECTIONS: readonly InlineProjection[] = [...REGISTRY_PROJECTIONS, traceProjection, ...QUERY_PROJECTIONS, ...QUALITY_PROJECTIONS, ...STAGES_PROJECTIONS, ...LABEL_PROJECTIONS, ...PAPERS_PROJECTIONS, ...NOTIFY_PROJECTIONS];
