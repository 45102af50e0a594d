/** Quality: test reports, findings, the release gate, holds. */
import type { Follower, InlineProjection } from '@daodi/log';
import { releasesProjection } from './releases/releases.projection';
import { reportsProjection } from './reports/reports.projection';

export { QUALITY_MIGRATIONS } from './migrations';
/** Inline projections; they come after trace's. */
export const QUALITY_PROJECTIONS: readonly InlineProjection[] = [reportsProjection, releasesProjection];
export const QUALITY_FOLLOWERS: readonly Follower[] = [];
export { QualityModule } from './quality.module';
export type { ReportItem, ReportState, Verdict } from './reports/report-state';
export { type ReleaseDecision, releaseState, releaseStateOf, type ReleaseState } from './releases/release-state';
export type { Reason } from './releases/gate';
