import type { MoistureMethod } from '@daodi/herbal';
import fc from 'fast-check';
import type { CustodyWeights, ReportFacts, ShareFacts, StepFacts, StepPart } from './facts';
import { NOBODY } from './finding';
import { balanceOf } from './step.rules';
import { judgeShare, RULES } from './rules';

const kg = (amount: number): bigint => BigInt(amount) * 1_000_000n;
const share = (more: Partial<ShareFacts> = {}): ShareFacts => ({
  node: 'n', identifier: 'i', organisation: 'o', unit: 'mg', roles: [], debts: [], receivedHere: 0n, steps: [], reports: [], ...more,
});
const lot = (node: string, mg: bigint | undefined, more: Partial<StepPart> = {}): StepPart => ({
  node, eventTime: '2026-08-05T08:00:00.000000Z', herb: 'lianqiao', mg, isLot: true, held: true, ...more,
});
const crop: StepPart = { node: 'crop', eventTime: '2026-08-02T08:00:00.000000Z', herb: 'lianqiao', isLot: false, held: true };
const step = (inputs: StepPart[], outputs: StepPart[], more: Partial<StepFacts> = {}): StepFacts => ({
  hub: 'h', eventIds: ['e'], firstPosition: 7n, inputs, outputs, lostMg: 0n, addedMg: 0n, ...more,
});
const FRESH = { grade: '青翘', form: 'fresh' };
const DRIED = { grade: '青翘', form: 'dried', outputRole: 'product' };
const BOOKING = { organisation: 'o', eventId: 'booked', reason: 'scale-difference', direction: 'lost', amountMg: kg(1), beforeMg: kg(100), toleranceMg: kg(1) } as const;
const weighed = (kilograms: number, percent: string, method: MoistureMethod = 'oven') => ({ massMg: kg(kilograms), uncertaintyMg: 0n, moisture: { percent, method } });
const moist = (node: string, kilograms: number, percent: string, method?: MoistureMethod): StepPart => lot(node, kg(kilograms), { weighed: weighed(kilograms, percent, method) });
const hands = ([sent, sentPercent]: [string, string], [got, gotPercent]: [string, string]): CustodyWeights => ({
  shipped: [{ mg: kg(Number(sent)), weighed: weighed(Number(sent), sentPercent) }], received: [{ mg: kg(Number(got)), weighed: weighed(Number(got), gotPercent) }], eventIds: ['e'], firstPosition: 5n,
});
const report = (more: Partial<ReportFacts> = {}): ReportFacts => ({
  id: 'r', number: 'R-1', verdict: 'pass', stated: 'pass', issuedOn: '2026-08-10', sampleNumber: 'S-1', position: 9n, items: [], ...more,
});
const returned = { role: 'return', firstTime: '2026-08-20T17:00:00.000000Z', lastTime: '2026-08-20T17:00:00.000000Z', firstPosition: 11n, firstEventId: 'back', lastEventId: 'back again' } as const;
const shipped = (amount: bigint, firstTime: string): ShareFacts['shippedHere'] => ({
  amount, firstTime, firstEventId: 'sent', senders: [{ organisation: 'sender', eventIds: ['sent'], isShort: true }, { organisation: 'sound', eventIds: ['also sent'], isShort: false }],
});
const rulesOf = (facts: Partial<ShareFacts>): string[] => judgeShare(share(facts)).map(({ rule, severity }) => `${severity} ${rule}`);

const giUse = (used: number) => ({ name: '安泽连翘', year: 2026, registeredMg: kg(100), usedMg: kg(used), eventIds: ['h'], position: 4n });
const plantDay = (took: number, can: number) => ({ site: 's', day: '2026-08-20', step: 'drying', capacityMg: kg(can), tookMg: kg(took), eventIds: ['h'], position: 4n });

describe('the rules', () => {
  it('have names of their own, and find nothing in nothing', () => {
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
    expect(judgeShare(share())).toEqual([]);
  });

  it.each<[string, Partial<ShareFacts>, string[]]>([
    ['more left than the book holds', { debts: [{ state: 'available', amount: kg(5), firstPosition: 3n, eventIds: ['took'] }] }, ['blocking overdrawn']],
    ['more arrived than was shipped', { debts: [{ state: 'transit', amount: kg(5), firstPosition: 3n, eventIds: ['took'] }], receivedHere: kg(15), shippedHere: shipped(kg(10), '') }, ['blocking received-more-than-shipped']],
    ['more by what the scales cannot tell apart', { debts: [{ state: 'transit', amount: kg(20), firstPosition: 3n, eventIds: ['took'] }], receivedHere: kg(3010), shippedHere: { ...shipped(kg(2990), '') as NonNullable<ShareFacts['shippedHere']>, scales: { shipped: kg(6), received: kg(20) } } }, []],
    ['more than the scales cannot tell apart', { debts: [{ state: 'transit', amount: kg(27), firstPosition: 3n, eventIds: ['took'] }], receivedHere: kg(3017), shippedHere: { ...shipped(kg(2990), '') as NonNullable<ShareFacts['shippedHere']>, scales: { shipped: kg(6), received: kg(20) } } }, ['blocking received-more-than-shipped']],
    ['more than was shipped, on a scale that cannot tell the goods from nothing', { debts: [{ state: 'transit', amount: kg(5), firstPosition: 3n, eventIds: ['took'] }], receivedHere: kg(15), shippedHere: { ...shipped(kg(10), '') as NonNullable<ShareFacts['shippedHere']>, scales: { shipped: 0n, received: kg(20) } } }, ['blocking received-more-than-shipped']],
    ['what its sender did not hold', { debts: [{ state: 'transit', amount: kg(5), firstPosition: 3n, eventIds: ['took'] }], receivedHere: kg(10), shippedHere: shipped(kg(10), '') }, ['blocking overdrawn-at-sender']],
    ['both', { debts: [{ state: 'transit', amount: kg(5), firstPosition: 3n, eventIds: ['took'] }], receivedHere: kg(12), shippedHere: shipped(kg(10), '') }, ['blocking received-more-than-shipped', 'blocking overdrawn-at-sender']],
    ['an amount nobody can read', { unreadable: { eventIds: ['e'], count: 1, firstPosition: 1n } }, ['blocking unreadable-amount']],
    ['pieces among kilograms', { mixed: { eventIds: ['e'], count: 1, firstPosition: 1n } }, ['blocking mixed-units']],
    ['100 kg in, 30 kg out, 70 kg of water', { steps: [step([lot('a', kg(100))], [lot('n', kg(30))], { lostMg: kg(70) })] }, []],
    ['100 kg in, 30 kg out, 60 kg of water', { steps: [step([lot('a', kg(100))], [lot('n', kg(30))], { lostMg: kg(60) })] }, ['warning step-missing']],
    ['100 kg in, 101 kg out', { steps: [step([lot('a', kg(100))], [lot('n', kg(101))])] }, ['blocking step-surplus']],
    ['100 kg in, 31 kg out, 70 kg of water', { steps: [step([lot('a', kg(100))], [lot('n', kg(31))], { lostMg: kg(70) })] }, ['blocking step-surplus']],
    ['100 kg in and 25 kg of honey, 125 kg out', { steps: [step([lot('a', kg(100))], [lot('n', kg(125))], { addedMg: kg(25) })] }, []],
    ['100 kg in, 101 kg out, on scales that show half a kilogram', { steps: [step([lot('a', kg(100), { scaleMg: kg(1) / 2n })], [lot('n', kg(101), { scaleMg: kg(1) / 2n })])] }, []],
    ['100 kg in, 102 kg out, on the same', { steps: [step([lot('a', kg(100), { scaleMg: kg(1) / 2n })], [lot('n', kg(102), { scaleMg: kg(1) / 2n })])] }, ['blocking step-surplus']],
    ['100 kg at 65 % dried to 40 kg at 11 %', { steps: [step([moist('a', 100, '65.0')], [moist('n', 40, '11.0')], { lostMg: kg(60) })] }, ['blocking dry-matter-gained']],
    ['the same by a table', { steps: [step([moist('a', 100, '65.0', 'table')], [moist('n', 40, '11.0')], { lostMg: kg(60) })] }, ['warning dry-matter-doubtful']],
    ['100 kg at 65 % dried to 39 kg at 11 %, and 39.33 are possible', { steps: [step([moist('a', 100, '65.0')], [moist('n', 39, '11.0')], { lostMg: kg(61) })] }, []],
    ['received drier than it can have been shipped', { custodyWeights: hands(['100', '14.0'], ['100', '10.0']) }, ['blocking dry-matter-gained']],
    ['received damper and lighter', { custodyWeights: hands(['100', '10.0'], ['99', '10.5']) }, []],
    ['received drier, and a shipment is missing on record', { custodyWeights: hands(['100', '14.0'], ['100', '10.0']), debts: [{ state: 'transit', amount: kg(1), firstPosition: 3n, eventIds: ['took'] }], receivedHere: kg(1) }, ['blocking received-more-than-shipped']],
    ['green forsythia, 400 kg fresh to 100 kg dried', { steps: [step([lot('a', kg(400), FRESH)], [lot('n', kg(100), DRIED)], { lostMg: kg(300) })] }, ['note yield-unusual']],
    ['green forsythia, 600 kg fresh to 100 kg dried', { steps: [step([lot('a', kg(600), FRESH)], [lot('n', kg(100), DRIED)], { lostMg: kg(500) })] }, ['warning yield-unusual']],
    ['green forsythia that wilted, 198 kg to 100 kg', { steps: [step([lot('a', kg(198), FRESH)], [lot('n', kg(100), DRIED)], { lostMg: kg(98) })] }, ['note yield-unusual']],
    ['green forsythia, 160 kg to 100 kg', { steps: [step([lot('a', kg(160), FRESH)], [lot('n', kg(100), DRIED)], { lostMg: kg(60) })] }, ['warning yield-unusual']],
    ['old forsythia dry on the branch', { steps: [step([lot('a', kg(100), { ...FRESH, grade: '老翘' })], [lot('n', kg(100), { ...DRIED, grade: '老翘' })])] }, ['note yield-unusual']],
    ['300 kg in, 102 kg out, told by a system without words for it', { steps: [step([lot('a', kg(300))], [lot('n', kg(102))], { isToldBare: true })] }, ['note step-missing']],
    ['102 kg in, 300 kg out, told by such a system', { steps: [step([lot('a', kg(102))], [lot('n', kg(300))], { isToldBare: true })] }, ['blocking step-surplus']],
    ['green forsythia, 300 kg fresh to 100 kg dried', { steps: [step([lot('a', kg(300), FRESH)], [lot('n', kg(100), DRIED)], { lostMg: kg(200) })] }, []],
    ['400 kg to 100 kg of what was not fresh', { steps: [step([lot('a', kg(400), { ...FRESH, form: 'dried' })], [lot('n', kg(100), DRIED)], { lostMg: kg(300) })] }, []],
    ['a scale out of calibration', { expiredScale: { eventIds: ['e'], count: 2, firstPosition: 4n } }, ['warning scale-expired']],
    ['differences that add up', { chain: { bookings: [BOOKING, BOOKING], amountMg: kg(2), share: 20_000_000n, largest: 10_000_000n, isBeyond: true, firstPosition: 4n } }, ['warning differences-add-up']],
    ['a harvest: crops are not weighed', { steps: [step([crop], [lot('n', kg(100))])] }, []],
    ['an input nobody weighed', { steps: [step([lot('a', kg(1)), lot('b', undefined)], [lot('n', kg(100))])] }, []],
    ['another herb', { steps: [step([lot('a', kg(10), { herb: 'huangqin' })], [lot('n', kg(10))])] }, ['blocking identity-changed']],
    ['a foreign herb among the right one', { steps: [step([lot('a', kg(9)), lot('b', kg(1), { herb: 'huangqin' })], [lot('n', kg(10))])] }, ['blocking identity-changed']],
    ['a crop of another herb', { steps: [step([{ ...crop, herb: 'huangqin' }], [lot('n', kg(10))])] }, ['blocking identity-changed']],
    ['a formula of what it names', { steps: [step([lot('a', kg(9)), lot('b', kg(1), { herb: 'huangqin' })], [lot('n', kg(10), { herb: undefined, productHerbs: ['lianqiao', 'huangqin'] })])] }, []],
    ['a formula with something it does not name', { steps: [step([lot('a', kg(9)), lot('b', kg(1), { herb: 'dahuang' })], [lot('n', kg(10), { productHerbs: ['lianqiao', 'huangqin'] })])] }, ['blocking identity-changed']],
    ['a herb nobody stated', { steps: [step([lot('a', kg(10), { herb: undefined })], [lot('n', kg(10))])] }, []],
    ['goods that came back', { roles: [returned] }, ['warning returned-unchecked']],
    ['unopened goods that came back', { roles: [returned], returns: { isUnopened: true } }, ['note returned-unchecked']],
    ['goods that came back, some of them opened', { roles: [returned], returns: { isUnopened: false } }, ['warning returned-unchecked']],
    ['goods that came back, tested later', { roles: [returned], reports: [report({ issuedOn: '2026-08-21', position: 12n })] }, []],
    ['goods that came back, tested the day before by China time', { roles: [returned], reports: [report({ issuedOn: '2026-08-20', position: 12n })] }, ['warning returned-unchecked']],
    ['goods sent on while on hold, after a refusal and past their date', { leftAnyway: (['held', 'rejected', 'expired'] as const).map((why) => ({ why, decisions: [], count: 1, eventIds: ['away'], firstPosition: 4n })) },
      ['warning left-on-hold', 'warning left-after-rejection', 'warning left-after-expiry']],
    ['more sent on than was released in parts', { leftAnyway: [{ why: 'beyond-part' as const, beyond: kg(2), decisions: ['d'], count: 1, eventIds: ['away'], firstPosition: 4n }] }, ['warning left-beyond-part']],
    ['sulphur', { forbidden: [{ eventId: 'e', position: 3n, name: '硫磺', practice: 'sulphur-smoking', verified: false }] }, ['warning forbidden-practice']],
    ['a regain of six per cent', { regains: { amount: kg(6), cameIn: kg(100), eventIds: ['e'], firstPosition: 3n } }, []],
    ['a regain of seven per cent', { regains: { amount: kg(7), cameIn: kg(100), eventIds: ['e'], firstPosition: 3n } }, ['warning regain-unmeasured']],
    ['a report that passes', { reports: [report()] }, []],
    ['a report that fails', { reports: [report({ verdict: 'fail', stated: 'fail' })] }, ['blocking report-failed']],
    ['a fail beside a later pass', { reports: [report({ verdict: 'fail', stated: 'fail' }), report({ id: 's', issuedOn: '2026-09-01' })] }, ['blocking report-failed']],
    ['an undetermined report', { reports: [report({ verdict: 'undetermined', stated: 'undetermined' })] }, ['blocking report-undetermined']],
    ['an undetermined report before a pass', { reports: [report({ verdict: 'undetermined', stated: 'undetermined' }), report({ id: 's', issuedOn: '2026-08-11' })] }, []],
    ['an undetermined report after a pass', { reports: [report({ verdict: 'undetermined', stated: 'undetermined', issuedOn: '2026-08-12' }), report({ id: 's' })] }, ['blocking report-undetermined']],
    ['an amended verdict', { reports: [report({ verdict: 'undetermined', lessened: 'amended-verdict' })] }, ['blocking report-amended']],
    ['an amended verdict and a pass on the same sample', { reports: [report({ verdict: 'undetermined', lessened: 'amended-verdict' }), report({ id: 's', issuedOn: '2026-09-01' })] }, ['blocking report-amended']],
    ['an amended verdict and a pass on a new sample', { reports: [report({ verdict: 'undetermined', lessened: 'amended-verdict' }), report({ id: 's', sampleNumber: 'S-2', issuedOn: '2026-09-01' })] }, []],
    ['a fail that was amended', { reports: [report({ verdict: 'fail', stated: 'fail', supersededBy: 's' }), report({ id: 's', verdict: 'undetermined', lessened: 'amended-verdict' })] }, ['blocking report-amended']],
    ['goods from outside', { intakes: [{ eventId: 'e', position: 1n, amount: kg(40), means: 'purchase', hasQuarantine: false, hasPermit: false }] }, ['note declared-origin']],
    ['imports with and without a quarantine number', { intakes: [{ eventId: 'e', position: 1n, means: 'import', hasQuarantine: true, hasPermit: false }, { eventId: 'f', position: 2n, means: 'import', hasQuarantine: false, hasPermit: false }] }, ['warning quarantine-number-missing', 'note declared-origin']],
    ['a protected herb from the wild without a permit', { intakes: [{ eventId: 'e', position: 1n, means: 'wild-collection', herb: 'lianqiao', hasQuarantine: false, hasPermit: false }] }, ['warning collection-permit-missing', 'note declared-origin']],
    ['another herb from the wild, and a protected one with its permit', { intakes: [{ eventId: 'e', position: 1n, means: 'wild-collection', herb: 'aiye', hasQuarantine: false, hasPermit: false }, { eventId: 'f', position: 2n, means: 'wild-collection', herb: 'lianqiao', hasQuarantine: false, hasPermit: true }] }, ['note declared-origin']],
    ['used before it came', { roles: [
      { role: 'output', firstTime: '2026-08-05T00:00:00Z', lastTime: '2026-08-05T00:00:00Z', firstPosition: 2n, firstEventId: 'first', lastEventId: 'last' },
      { role: 'input', firstTime: '2026-08-04T00:00:00Z', lastTime: '2026-08-04T00:00:00Z', firstPosition: 3n, firstEventId: 'first', lastEventId: 'last' },
    ] }, ['warning time-disorder']],
    ['received before it was shipped', { shippedHere: shipped(kg(1), '2026-08-05T00:00:00Z'), receivedHere: kg(1), roles: [{ role: 'receive', firstTime: '2026-08-04T00:00:00Z', lastTime: '2026-08-04T00:00:00Z', firstPosition: 2n, firstEventId: 'first', lastEventId: 'last' }] }, ['warning time-disorder']],
    ['made before what it was made of', { steps: [step([lot('a', kg(9), { eventTime: '2026-08-06T08:00:00.000000Z' })], [lot('n', kg(9))])] }, ['warning time-disorder']],
    ['twice what ten mu of forsythia give', { grounds: [{ herb: 'lianqiao', year: 2026, areaM2: 6667n, harvests: 3, freshMg: kg(17_500), eventIds: ['h'], position: 4n }] }, ['warning yield-over-area']],
    ['just what ten mu of forsythia give', { grounds: [{ herb: 'lianqiao', year: 2026, areaM2: 6667n, harvests: 3, freshMg: kg(8_750), eventIds: ['h'], position: 4n }] }, []],
    ['a ground that gave much of what nobody knows the yield of', { grounds: [{ herb: 'fuling', year: 2026, areaM2: 1n, harvests: 3, freshMg: kg(8_750), eventIds: ['h'], position: 4n }] }, []],
    ['two hundred tonnes in a workshop of eighty', { plantDays: [plantDay(200_000, 80_000)] }, ['warning plant-over-capacity']],
    ['a long night in a workshop of eighty tonnes', { plantDays: [plantDay(120_000, 80_000), plantDay(80_000, 80_000)] }, ['note plant-over-capacity']],
    ['more under a sign than is registered', { giUses: [giUse(101)] }, ['blocking gi-quota-exceeded']],
    ['all that is registered', { giUses: [giUse(100)] }, []],
    ['a workshop that is full', { plantDays: [plantDay(80_000, 80_000)] }, []],
    ['counts that find 30 of 500 kg more', { surpluses: { amount: kg(30), cameIn: kg(500), eventIds: ['c'], firstPosition: 4n } }, ['warning surplus-adds-up']],
    ['counts that find 25 of 500 kg more', { surpluses: { amount: kg(25), cameIn: kg(500), eventIds: ['c'], firstPosition: 4n } }, []],
    ['bran that stays', { steps: [step([lot('a', kg(100))], [lot('n', kg(120))], { addedMg: kg(20), stays: [{ name: '麸皮', quantity: 20, uom: 'KGM' }] })] }, ['warning auxiliary-cannot-stay']],
    ['vinegar that stays', { steps: [step([lot('a', kg(100))], [lot('n', kg(120))], { addedMg: kg(20), stays: [{ name: '米醋', quantity: 20, uom: 'KGM' }] })] }, ['note auxiliary-mostly-leaves']],
    ['honey that stays', { steps: [step([lot('a', kg(100))], [lot('n', kg(125))], { addedMg: kg(25), stays: [{ name: '炼蜜', quantity: 25, uom: 'KGM' }] })] }, []],
    ['written down late', { late: { eventIds: [], count: 2, longestDays: 9, firstPosition: 2n } }, ['note written-late']],
  ])('judge %s', (_name, facts, rules) => {
    expect(rulesOf(facts)).toEqual(rules);
  });

  it('accuse whose doing it is: by default whose share it is, the sender whose book falls short, nobody where many kept to their agreements', () => {
    const debts = [{ state: 'transit', amount: kg(5), firstPosition: 3n, eventIds: ['took'] }] as const;
    const [own] = judgeShare(share({ debts: [{ ...debts[0], state: 'available' }] }));
    expect(own).toMatchObject({ accused: 'o', evidence: ['took'] });
    const less = [{ state: 'transit', amount: kg(40), firstPosition: 3n, eventIds: ['took'] }] as const;
    const back = (amount: bigint) => judgeShare(share({ debts: less, receivedHere: kg(100), shippedHere: shipped(kg(60), ''), takenBack: [{ organisation: 'sender', eventIds: ['shipped'], amount }] }))[0];
    expect(back(kg(100))).toMatchObject({ rule: 'received-more-than-shipped', accused: 'sender', evidence: ['shipped', 'took'] });
    expect(back(kg(39))).toMatchObject({ rule: 'received-more-than-shipped', accused: 'o', evidence: ['took'] });
    const [bought] = judgeShare(share({ debts, receivedHere: kg(10), shippedHere: shipped(kg(10), '') }));
    expect(bought).toMatchObject({ rule: 'overdrawn-at-sender', accused: 'sender', evidence: ['sent', 'took'] });
    const other = { ...BOOKING, organisation: 'p', eventId: 'booked there', toleranceMg: 0n };
    const chain = { bookings: [BOOKING, other], amountMg: kg(2), share: 20_000_000n, largest: 10_000_000n, isBeyond: true, firstPosition: 1n };
    const [many] = judgeShare(share({ chain }));
    expect(many).toMatchObject({ rule: 'differences-add-up', accused: NOBODY, evidence: ['booked', 'booked there'], numbers: { bookedHere: [{ quantity: 1 }] } });
  });

  it('names the kilograms', () => {
    const [finding] = judgeShare(share({ steps: [step([lot('a', kg(100))], [lot('n', kg(31))], { lostMg: kg(70) })] }));
    expect(finding).toMatchObject({ since: 7n, numbers: { steps: [{ events: ['e'], in: 100, out: 101, surplus: 1, uom: 'KGM' }] } });
  });

  it('never find a surplus and a loss in the same step, and neither where all is accounted for', () => {
    const mass = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(fc.property(fc.array(mass, { minLength: 1, maxLength: 4 }), fc.array(mass, { minLength: 1, maxLength: 4 }), mass, mass, (ins, outs, lostMg, addedMg) => {
      const one = step(ins.map((mg, i) => lot(`i${i}`, mg)), outs.map((mg, i) => lot(i === 0 ? 'n' : `o${i}`, mg)), { lostMg, addedMg });
      const found = rulesOf({ steps: [one] });
      const difference = ins.reduce((a, b) => a + b, addedMg) - outs.reduce((a, b) => a + b, lostMg);
      expect(found).toEqual(difference === 0n ? [] : difference < 0n ? ['blocking step-surplus'] : ['warning step-missing']);
      const closed = { ...one, lostMg: lostMg + (difference > 0n ? difference : 0n), addedMg: addedMg + (difference < 0n ? -difference : 0n) };
      expect(balanceOf(closed)).toMatchObject({ into: balanceOf(closed)?.out });
      expect(rulesOf({ steps: [closed] })).toEqual([]);
    }));
  });

  it('do not depend on the order of steps, parts and reports', () => {
    const verdicts = fc.constantFrom('pass' as const, 'fail' as const, 'undetermined' as const);
    const reports = fc.array(fc.record({ verdict: verdicts, issuedOn: fc.constantFrom('2026-08-01', '2026-08-02') }), { maxLength: 5 });
    fc.assert(fc.property(reports, (list) => {
      const facts = list.map((r, i) => report({ id: `r${i}`, stated: r.verdict, ...r, position: BigInt(i) }));
      expect(rulesOf({ reports: facts }).sort()).toEqual(rulesOf({ reports: [...facts].reverse() }).sort());
    }));
  });
});
