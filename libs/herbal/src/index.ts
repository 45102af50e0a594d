/** Kernels of the field, pure: what a weight says, how far two of them agree, what is dry matter in it, what a mixture consists of. */
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
export { apportion, percents, WHOLE } from './composition/apportion';
export { type Claims, claimsOf } from './composition/claims';
export { type Graded, gradeOf, type GradingPower } from './composition/grades';
export { type Composition, composition, isProven, type Part, type Proof, type RootFacts, shareOf, UNKNOWN_ROOT } from './composition/parts';
export { type Descent, type Making, shareOut, type Shares } from './composition/share-out';
export { type Deduction, DEDUCTION_KINDS, type DeductionKind, slipAmountFen, type SlipFault, slipMasses, type SlipMasses, type SlipReadings } from './slip/slip-masses';
export { findFreshPerDry, FRESH_PER_DRY, type FreshPerDry, unusualRatio } from './yields/fresh-per-dry';
export { addUpChain, type ChainBooking, type ChainHand, type ChainSum } from './weighing/chain';
