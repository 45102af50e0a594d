import { balanceDryMatter, type DryBalance, type DryingPart, dryKilograms, findFreshPerDry, massResolution, unusualRatio } from '@daodi/herbal';
import { decimalText } from '@daodi/epcis';
import { amountOut } from '@daodi/trace';
import type { ShareFacts, StepFacts, StepPart, WeighedMass } from './facts';
import { NOBODY, type Numbers, type Rule, type RuleFinding } from './finding';

/** Water comes and goes, dry matter cannot come from nothing: by measured moistures that is physics. */
export const dryMatterGained: Rule = {
  name: 'dry-matter-gained',
  version: 1,
  severity: 'blocking',
  title: { zh: '实测水分折算，干物质凭空增加', en: 'By measured moistures more dry matter came out than went in' },
  judge: (share) => gained(share, 'measured'),
};

/** The same by a table's moisture, an estimate, or a meter that does not say how far it may be out. */
export const dryMatterDoubtful: Rule = {
  name: 'dry-matter-doubtful',
  version: 1,
  severity: 'warning',
  title: { zh: '按未经可靠测定的水分折算，干物质增加', en: 'By moistures nobody measured reliably more dry matter came out than went in' },
  judge: (share) => gained(share, 'stated'),
};

interface Judged {
  readonly events: readonly string[];
  readonly balance: DryBalance;
  readonly numbers: Numbers;
  readonly since: bigint;
}

function gained(share: ShareFacts, basis: 'measured' | 'stated'): RuleFinding | undefined {
  const odd = [...share.steps.flatMap(ofStep), ...ofCustody(share), ...ofStore(share)].filter(({ balance }) => balance.verdict === 'gained' && balance.basis === basis);
  const [first] = odd;
  if (first === undefined) return undefined;
  return { numbers: { gains: odd.map(({ numbers }) => numbers) }, since: odd.reduce((min, { since }) => (since < min ? since : min), first.since), evidence: odd.flatMap(({ events }) => events) };
}

/** Of a step everything must have a mass; crops have none and are no input that is dried. */
function ofStep({ eventIds, inputs, outputs, addedMg, firstPosition }: StepFacts): Judged[] {
  const lots = (parts: readonly StepPart[]): StepPart[] => parts.filter(({ isLot, mg }) => isLot || mg !== undefined);
  const [into, out] = [lots(inputs), lots(outputs)];
  if (into.length === 0 || [...into, ...out].some(({ mg }) => mg === undefined) || !into.concat(out).some(({ weighed }) => weighed?.moisture !== undefined)) return [];
  const part = ({ mg = 0n, weighed }: StepPart): DryingPart => weighed ?? unweighed(mg);
  return judged('step', eventIds, balanceDryMatter(into.map(part), out.map(part), addedMg), firstPosition);
}

/** What was received against all that was shipped here; while a shipment is missing on record, nothing is said. */
function ofCustody({ custodyWeights, debts }: ShareFacts): Judged[] {
  if (custodyWeights === undefined || debts.some(({ state }) => state === 'transit')) return [];
  const part = ({ mg, weighed }: WeighedMass): DryingPart => weighed ?? unweighed(mg);
  const { shipped, received, eventIds, firstPosition } = custodyWeights;
  return judged('receipt', eventIds, balanceDryMatter(shipped.map(part), received.map(part)), firstPosition);
}

/** A batch that lay: regain draws water and re-drying drives it out, neither makes herb. */
const ofStore = ({ storeWeights = [] }: ShareFacts): Judged[] =>
  storeWeights.flatMap(({ eventId, position, before, after }) => judged('store', [eventId], balanceDryMatter([before], [after]), position));

const unweighed = (mg: bigint): DryingPart => ({ massMg: mg, uncertaintyMg: massResolution(mg) });

function judged(at: string, events: readonly string[], balance: DryBalance, since: bigint): Judged[] {
  const kg = (dry: bigint | undefined) => (dry === undefined ? undefined : exact(dryKilograms(dry)));
  return [{ events, balance, since, numbers: { at, events, in: kg(balance.in), out: kg(balance.out), gainedAtLeast: kg(balance.by), uom: 'KGM' } }];
}

const exact = (text: string): number | string => (decimalText(Number(text)) === text ? Number(text) : text);

/**
 * Fresh herb gave more or less dried than is usual. The bands are nobody's limits and none is confirmed, so it never
 * blocks; and a little outside of them lie fruit that dried on the branch, wilted in the sack or was picked early, which is
 * worth a note.
 */
export const yieldUnusual: Rule = {
  name: 'yield-unusual',
  version: 2,
  severity: 'warning',
  title: { zh: '折干率不在常见范围', en: 'Fresh herb gave an unusual amount of dried' },
  judge: ({ steps }) => {
    const odd = steps.flatMap((step) => unusual(step).map((found) => ({ ...found, since: step.firstPosition, events: step.eventIds })));
    const [first] = odd;
    if (first === undefined) return undefined;
    return { ...(odd.every(({ isFar }) => !isFar) && { severity: 'note' }), numbers: { steps: odd.map(({ numbers }) => numbers) }, since: odd.reduce((min, { since }) => (since < min ? since : min), first.since), evidence: odd.flatMap(({ events }) => events) };
  },
};

/** Only where all that went in was fresh, of one herb and grade, and what came out of it is called dried. */
function unusual({ eventIds, inputs, outputs }: StepFacts): { readonly numbers: Numbers; readonly isFar: boolean }[] {
  const dried = outputs.filter(({ form, outputRole }) => form === 'dried' && outputRole !== 'waste');
  const kinds = new Set(inputs.map(({ herb, grade }) => `${herb} ${grade}`));
  const [first] = inputs;
  if (first?.herb === undefined || kinds.size !== 1 || dried.length === 0 || inputs.some(({ form, mg }) => form !== 'fresh' || mg === undefined)) return [];
  const band = findFreshPerDry(first.herb, first.grade);
  const sum = (parts: readonly StepPart[]): bigint => parts.reduce((total, { mg = 0n }) => total + mg, 0n);
  const found = band && unusualRatio(sum(inputs), sum(dried), band);
  if (band === undefined || found === undefined) return [];
  const hundredths = (value: bigint) => Number(value) / 100;
  return [{
    isFar: found.isFar,
    numbers: {
      events: eventIds, fresh: amountOut(sum(inputs), 'mg'), dried: amountOut(sum(dried), 'mg'), uom: 'KGM', freshPerDry: hundredths(found.ratio),
      usual: [hundredths(band.least), hundredths(band.most)], verified: band.verified, source: band.source,
    },
  }];
}

/**
 * Each difference on the way lay inside its own agreement; together they are more than the largest of these allows
 * (`addUpChain` says how they are added up). What others booked is told as a share of the whole and in no kilograms.
 * Where more than one hand booked, nobody is accused: each kept to its agreement.
 */
export const differencesAddUp: Rule = {
  name: 'differences-add-up',
  version: 2,
  severity: 'warning',
  title: { zh: '沿途各次差额累计超出单次允差', en: 'The differences booked along the chain are more than any one agreement allows' },
  judge: ({ chain, organisation }) => {
    if (chain === undefined) return undefined;
    const { bookings, share, largest, firstPosition } = chain;
    const hands = new Set(bookings.map((booking) => booking.organisation));
    const sums = new Map<string, bigint>();
    for (const { reason, direction, amountMg: mg } of bookings.filter((booking) => booking.organisation === organisation)) sums.set(`${reason} ${direction}`, (sums.get(`${reason} ${direction}`) ?? 0n) + mg);
    const byReason = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, mg]) => ({ reason: key.split(' ')[0], direction: key.split(' ')[1], quantity: amountOut(mg, 'mg') }));
    const percent = (billionths: bigint) => decimalText(`${billionths}e-7`);
    return {
      numbers: { differences: bookings.length, percent: percent(share), largestTolerancePercent: percent(largest), bookedHere: byReason, uom: 'KGM' },
      since: firstPosition, evidence: bookings.map(({ eventId }) => eventId), accused: hands.size === 1 ? bookings[0]?.organisation : NOBODY,
    };
  },
};

/** Weighed on a scale whose calibration had run out on that day. */
export const scaleExpired: Rule = {
  name: 'scale-expired',
  version: 1,
  severity: 'warning',
  title: { zh: '称重所用衡器检定已过期', en: 'It was weighed on a scale whose calibration had run out' },
  judge: ({ expiredScale }) => expiredScale && { numbers: { events: expiredScale.eventIds, weighings: expiredScale.count }, since: expiredScale.firstPosition, evidence: expiredScale.eventIds },
};
