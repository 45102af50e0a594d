import { mixedUnits, overdrawn, overdrawnAtSender, receivedMoreThanShipped, regainUnmeasured, returnedMoreThanLeft, surplusAddsUp, unreadableAmount } from './book.rules';
import { pickerDayUnusual, slipRepeated } from './delivery.rules';
import type { ShareFacts } from './facts';
import type { Finding, Rule } from './finding';
import { pickedAtRest, pickedEarly, pickedOffContract, plantingDensity, yieldOverArea } from './growing.rules';
import { growthYears, harvestTooSoon, inputBalance, inputBanned, inputMayBeBanned, inputOffLabel, inputUsedBeforeBought } from './input.rules';
import { declaredOrigin, permitMissing, quarantineMissing } from './intake.rules';
import { deviceByHand, readingsMadeUp } from './reading.rules';
import { madeOfFailed, reportAmended, reportContradicts, reportFailed, reportUndetermined } from './report.rules';
import { leftAfterExpiry, leftAfterRejection, leftBeyondPart, leftOnHold } from './left-anyway.rules';
import { returnedUnchecked } from './return.rules';
import { auxiliaryCannotStay, auxiliaryMostlyLeaves, forbiddenPractice, stepMissing, stepSurplus } from './step.rules';
import { plantOverCapacity } from './plant.rules';
import { formOfOthers } from './form.rules';
import { giQuotaExceeded } from './quota.rules';
import { gradePartlyRetyped, gradeRetyped, identityChanged, speciesDoubtful, speciesForeign, wasteUsed } from './identity.rules';
import { amendedWithoutReason, onlySubmitted, readBeforeGrown, reportDaysDisordered, reportOutsideAccreditation, reportedBeforeMade, reportedBeforeSample, reportOfAnotherGrade, resultsReused, sampledTooFew } from './laboratory.rules';
import { differencesAddUp, dryMatterDoubtful, dryMatterGained, scaleExpired, yieldUnusual } from './weight.rules';
import { severityFor, type Strictness } from './strictness';
import { processedLate, sopNotInForce } from './sop.rules';
import { timeDisorder, writtenLate } from './time.rules';
import { allRejected, leftRejectedZone, leftUndecidedZone } from './zone.rules';

/** Every rule, in the order in which a list of findings shows them. */
export const RULES: readonly Rule[] = [
  overdrawn, receivedMoreThanShipped, overdrawnAtSender, returnedMoreThanLeft, giQuotaExceeded, stepSurplus, dryMatterGained, identityChanged, gradeRetyped, speciesForeign, unreadableAmount, mixedUnits,
  reportFailed, madeOfFailed, reportUndetermined, reportAmended, reportContradicts,
  inputBanned, harvestTooSoon, inputOffLabel, inputMayBeBanned, inputUsedBeforeBought, inputBalance, growthYears, processedLate, sopNotInForce,
  reportOfAnotherGrade, resultsReused, reportedBeforeSample, reportedBeforeMade, reportDaysDisordered, reportOutsideAccreditation, readingsMadeUp, deviceByHand,
  allRejected, leftRejectedZone, leftUndecidedZone, leftOnHold, leftAfterRejection, leftAfterExpiry, leftBeyondPart,
  forbiddenPractice, regainUnmeasured,
  speciesDoubtful, gradePartlyRetyped, wasteUsed,
  stepMissing, dryMatterDoubtful, yieldUnusual, differencesAddUp, scaleExpired, returnedUnchecked, timeDisorder,
  yieldOverArea, plantOverCapacity, pickerDayUnusual, slipRepeated, surplusAddsUp, auxiliaryCannotStay, auxiliaryMostlyLeaves,
  pickedAtRest, pickedOffContract, plantingDensity, pickedEarly, writtenLate,
  onlySubmitted, sampledTooFew, readBeforeGrown, amendedWithoutReason,
  quarantineMissing, permitMissing, declaredOrigin, formOfOthers,
];

/** Versions of the blocking rules, as every release records them. */
export const BLOCKING_VERSIONS: Readonly<Record<string, number>> = Object.fromEntries(
  RULES.filter(({ severity }) => severity === 'blocking').map(({ name, version }) => [name, version]),
);

/**
 * What the rules find in a share of a batch.
 *
 * @param strictness of the organisation for which it is judged; ours where it made nothing stricter
 */
export function judgeShare(share: ShareFacts, strictness?: Strictness): Finding[] {
  const { node, identifier, organisation } = share;
  return RULES.flatMap((rule) => {
    const found = rule.judge(share);
    return found === undefined ? [] : [{
      ...found, rule: rule.name, severity: severityFor({ name: rule.name, severity: found.severity ?? rule.severity }, strictness), node, identifier, organisation,
      evidence: [...new Set(found.evidence)].sort(), accused: found.accused ?? organisation,
    }];
  });
}

/** A rule by its name. */
export const ruleOf = (name: string): Rule | undefined => RULES.find((rule) => rule.name === name);
