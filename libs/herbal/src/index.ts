/**
 * Kernels of the field, pure: what a weight says, how far two of them agree, what is dry matter in it, what a mixture
 * consists of, what a laboratory's result comes to against a limit.
 */
export { massResolution, MASS_UNITS, type TypedMass, typedMilligrams, typedResolution } from './weighing/mass-units';
export {
  type Packages, readingsOf, type ScaleOnDay, type Weighing, type WeighingFault, weighingFaults, type WeighingNote, WEIGHING_NOTES, weighingNotes,
} from './weighing/check-weighing';
export { type Agreement, agreement, meaningfulUncertainty, scaleUncertainty, type Weighed } from './weighing/agreement';
export {
  type Allowance, ALLOWANCE_STEPS, allowedMg, type AllowanceQuestion, type AllowanceStep, DIFFERENCE_REASONS, differenceReason, type DifferenceReason, findAllowance,
} from './weighing/allowance';
export { dryPartOf, type DryPart, isPercent, isPhysics, type Moisture, MOISTURE_METHODS, type MoistureMethod, percentText } from './dry-matter/moisture';
export { balanceDryMatter, type DryBalance, type DryingPart, dryKilograms, type DryUnits } from './dry-matter/balance';
export { isPickingGrade, PICKING_GRADES } from './identity/picking-grades';
export { isAcceptedSpecies, readSpeciesName, type SpeciesName } from './identity/species-name';
export { areaAnswer, type AreaAnswer, type Authentic, AUTHENTIC_WORDS, type AuthenticArea, speciesAnswer, type SpeciesAnswer, type StatedPlant } from './authenticity/authentic';
export { type Accreditation, type Coverage, COVERAGE_WORDS, coverageOf, type ReportedTest, type ScopeLine } from './accreditation/within-scope';
export { FORM_HOLDERS, type FormHolders, mayHandle } from './forms/form-holders';
export { CULTURE_SOURCE, leastCultureDays } from './culture/culture-days';
export { isUnlike, learntBand, type LearntBand, RUNS_TO_LEARN_FROM } from './yields/learnt-band';
export { packagesToSample, SAMPLING_RULE } from './sampling/packages-to-sample';
export { apportion, percents, WHOLE } from './composition/apportion';
export { type Claims, claimsOf } from './composition/claims';
export { type Graded, gradeOf, type GradingPower } from './composition/grades';
export { type Composition, composition, isProven, type Part, type Proof, type RootFacts, shareOf, UNKNOWN_ROOT } from './composition/parts';
export { type Descent, type Making, shareOut, type Shares } from './composition/share-out';
export { type Deduction, DEDUCTION_KINDS, type DeductionKind, slipAmountFen, type SlipFault, slipMasses, type SlipMasses, type SlipReadings } from './slip/slip-masses';
export { areaOnce, type CommonGround } from './yields/area-once';
export { findFreshPerDry, FRESH_PER_DRY, type FreshPerDry, unusualRatio } from './yields/fresh-per-dry';
export { DRY_PER_MU, type DryPerMu, type GroundYield, mostFresh } from './yields/dry-per-mu';
export { type AuxiliaryFate, fateOf } from './steps/auxiliaries';
export { addUpChain, type ChainBooking, type ChainHand, type ChainSum } from './weighing/chain';
export {
  type Basis, type DemandedItem, type GoodsToJudge, type ItemVerdict, type NumbersUsed, type ReportedItem, type ReportToJudge,
  type StandardFamily, type StandardToJudgeBy, type StandardVerdict, type Standing, STANDING_OF_FAMILY, type Verdict,
} from './verdict/verdict';
export { isOutsideOwnLimit } from './verdict/own-limit';
export { type LimitDirection, LIMIT_DIRECTIONS, readLimit, type ReadLimit } from './verdict/read-limit';
export { type Reading, readResult } from './verdict/read-result';
export { REASONS, type VerdictReason, type Words } from './verdict/reasons';
export { findUnit, type Unit } from './verdict/units';
export { itemCode } from './verdict/item-names';
export { judgeByStandard, together } from './verdict/judge-standard';
export { type FamiliesVerdict, judgeFamilies } from './verdict/judge-families';
export { type Forbidden, forbiddenBy } from './steps/forbidden';
export { PROCESSING_STEP_MEANINGS, PROCESSING_STEPS } from './steps/processing-steps';
export { type BanMatch, type BanNotice, bansOn } from './inputs/bans';
export { INPUT_UNITS, type InputAmount, inputAmount, inputAmountText, inputDifference, type InputOut } from './inputs/input-amount';
export { ingredientKey, ingredientsInName } from './inputs/ingredients';
export { INPUT_KINDS, type InputAllowance, type InputKind, type InputUse, judgeUse, type JudgedUse, type LabelledInput, plusDays, type UseStanding } from './inputs/judge-use';
export { type ResidueItem, showsAbsence } from './inputs/residues';
export { gapConformity, type GapEvaluation, type GapOrigin, type GapQuestion, type GapReason } from './gap/conformity';
export { UNIFIED, type UnifiedEvidence, type UnifiedPoint, type UnifiedScheme, unifiedState, type UnifiedTick } from './gap/unified';
