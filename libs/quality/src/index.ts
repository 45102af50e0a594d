/** Quality: test reports, findings, the release gate, holds. */
import type { Follower, InlineProjection } from '@daodi/log';
import { productionProjection } from './batch-record/production.projection';
import { deliveriesProjection } from './deliveries/deliveries.projection';
import { dockProjection } from './dock/dock.projection';
import { findingsFollower } from './findings/findings.follower';
import { releasesProjection } from './releases/releases.projection';
import { reportsProjection } from './reports/reports.projection';

export { QUALITY_MIGRATIONS } from './migrations';
/** Inline projections; they come after trace's. */
export const QUALITY_PROJECTIONS: readonly InlineProjection[] = [reportsProjection, releasesProjection, productionProjection, dockProjection, deliveriesProjection];
export const QUALITY_FOLLOWERS: readonly Follower[] = [findingsFollower];
export { GAP_SECTIONS } from './gap/gap-file';
export { GAP_STATEMENT, type GapAnswer, gapOf } from './gap/gap.service';
export { type EarliestHarvest, earliestHarvestOf } from './inputs/earliest-harvest';
export { INPUT_BANS } from './inputs/input-bans';
export { type CropUse, type InputBasis, judgeRecorded, loadInputBasis, loadUses } from './inputs/load-uses';
export { APPLIED_BY, type RecordedUse, readUses } from './inputs/read-uses';
export { QualityModule } from './quality.module';
export type { ReportItem, ReportState, Verdict } from './reports/report-state';
export { type BatchReport, reportsOf } from './reports/reports-of';
export { balanceRows, COMES as BALANCE_COMES, GOES as BALANCE_GOES } from './balances/balance-rows';
export { plantsOf } from './authenticity/authenticity';
export { type ReleaseDecision, releaseState, releaseStateOf, type ReleaseState } from './releases/release-state';
export type { Reason } from './releases/gate';
export { FINDINGS_FOLLOWER } from './findings/findings.follower';
export { findingsOf, type InboxState, type StoredFinding } from './findings/read-findings';
export type { Numbers, Severity } from './rules/finding';
export { ruleOf, RULES } from './rules/rules';
