import { rebuild } from '@daodi/log';
import { BENCH_FOLLOWERS, day, type Firm, kg, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { firms, harvest, planting, report, receiving, type Season, shipping } from '../testing/season';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
let rival: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
  rival = await bench.firm('RIVAL', 'processor', ['warehouse', 'quality-head']);
});
afterAll(() => bench.close());

/** 100 kg harvested by the cooperative, shipped to the factory and still on their way, with a report if wanted. */
async function onTheWay(verdict?: string): Promise<{ lot: string; harvested: string; shipped: string }> {
  const { coop, factory, laboratory } = people;
  const [crop, lot] = [await bench.issue(coop, 'lianqiao', 'crop'), await bench.issue(coop, 'lianqiao')];
  await bench.say(coop, planting(crop, day(1)));
  const harvested = await bench.say(coop, harvest(crop, lot, 100, day(2)));
  if (verdict !== undefined) {
    await bench.send(coop.as['quality-head'], 'POST', '/api/v1/test-commissions', { batch: lot, laboratory: laboratory.code });
    await report(bench, laboratory, lot, verdict);
  }
  const shipped = await bench.say(coop, shipping(lot, 100, coop, factory, day(3)));
  await bench.drain();
  return { lot, harvested, shipped };
}

const ask = async (code: string, who = people.factory.as['warehouse']) => (await bench.send(who, 'GET', `/api/v1/dock?code=${encodeURIComponent(code)}`)).json();
const rulesAt = (answer: { lots: { reasons: { level: string; rule: string }[] }[] }, level: string): string[] => (answer.lots[0]?.reasons ?? []).filter((reason) => reason.level === level).map(({ rule }) => rule);
const decide = (body: object, who = people.factory.as['warehouse']) => bench.send(who, 'POST', '/api/v1/dock-decisions', body);

describe('the dock', () => {
  it('says that goods may be unloaded, from whom they come, and that they are to be tested', async () => {
    const { lot, shipped } = await onTheWay('pass');
    const answer = await ask(lot);
    expect([answer.decision, answer.words.zh, rulesAt(answer, 'refuse'), rulesAt(answer, 'doubt')]).toEqual(['accept', '可收货，待检验', [], []]);
    expect(answer.lots).toMatchObject([{
      batch: lot, herb: 'lianqiao', onTheWay: { quantity: 100, uom: 'KGM' }, shipments: [{ eventID: shipped, from: 'COOP', quantity: 100 }],
      trace: { complete: true }, reports: [{ verdict: 'pass' }], origin: { state: 'determined', parts: [{ proof: 'proven', percent: '100.0' }] },
      // No accession names a plant, and no land says where it grew.
      authentic: { species: { answer: 'not-shown', words: { zh: '未能证明' } }, area: { insidePercent: '0.0' } },
    }]);
    expect(JSON.stringify(answer)).not.toMatch(/"node"/);
  });

  it('has doubts where there is no report, nothing was shipped, or the book of its sender owes', async () => {
    const { lot } = await onTheWay();
    expect(rulesAt(await ask(lot), 'doubt')).toEqual(['no-report']);
    await bench.say(people.factory, receiving(lot, 100, people.coop, people.factory, day(4)));
    await bench.drain();
    expect(rulesAt(await ask(lot), 'doubt')).toEqual(['not-on-the-way', 'no-report']);
  });

  it('refuses what failed, what somebody froze, and what blocks, as soon as it is in the log', async () => {
    const failed = await onTheWay('fail');
    expect([(await ask(failed.lot)).decision, rulesAt(await ask(failed.lot), 'refuse')]).toEqual(['refuse', ['report-failed']]);

    const frozen = await onTheWay('pass');
    expect((await ask(frozen.lot)).decision).toBe('accept');
    const head = people.coop.as['quality-head'];
    const hold = await bench.send(head, 'POST', '/api/v1/holds', { batch: frozen.lot, reason: '投诉' });
    expect(rulesAt(await ask(frozen.lot), 'refuse')).toEqual(['hold']);
    await bench.send(head, 'POST', `/api/v1/holds/${hold.json().id}/lifting`, { reason: '已查清' });
    expect((await ask(frozen.lot)).decision).toBe('accept');

    // No follower has read this: the dock judges for itself.
    const corrected = await onTheWay('pass');
    expect((await ask(corrected.lot)).decision).toBe('accept');
    await bench.declare(people.coop, corrected.harvested, 'TransformationEvent', day(2));
    expect(rulesAt(await ask(corrected.lot), 'refuse')).toEqual(expect.arrayContaining(['overdrawn']));
  });

  it('tells nothing of what was never shipped here: another’s goods answer like none', async () => {
    const { lot } = await onTheWay('fail');
    const [theirs, none] = [await ask(lot, rival.as['warehouse']), await ask('urn:daodi:b:00000000000', rival.as['warehouse'])];
    expect({ ...theirs, code: '' }).toEqual({ ...none, code: '' });
    expect([theirs.decision, theirs.lots, theirs.reasons.map(({ rule }: { rule: string }) => rule)]).toEqual(['doubt', [], ['not-shipped-here']]);
    const refused = [await decide({ code: lot, decision: 'doubt' }, rival.as['warehouse']), await decide({ code: 'urn:daodi:b:00000000000', decision: 'doubt' }, rival.as['warehouse'])];
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
    expect((await bench.send(people.laboratory.as['lab-tester'], 'GET', `/api/v1/dock?code=${encodeURIComponent(lot)}`)).statusCode).toBe(403);
  });

  it('keeps what was decided, never milder than what is on record, and numbers the request for testing', async () => {
    const [good, bare, bad] = [await onTheWay('pass'), await onTheWay(), await onTheWay('fail')];
    const size = await bench.size();
    for (const [code, decision] of [[bare.lot, 'accept'], [bad.lot, 'accept'], [bad.lot, 'doubt']] as const) {
      const refused = await decide({ code, decision });
      expect([refused.statusCode, refused.json().type]).toEqual([409, 'urn:daodi:problem:dock-decision-too-mild']);
    }
    expect(await bench.size()).toBe(size);
    const first = await decide({ code: good.lot, decision: 'accept' });
    const second = await decide({ code: good.lot, decision: 'doubt', remarks: '一袋受潮' });
    const third = await decide({ code: bad.lot, decision: 'refuse' });
    expect([first, second, third].map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    const [one, two] = [first.json().testRequest, second.json().testRequest];
    expect(one).toMatch(/^QY-\d{8}-\d{3}$/);
    expect([Number(two.slice(-3)) - Number(one.slice(-3)), third.json().testRequest, first.json().judged, third.json().judged]).toEqual([1, undefined, 'accept', 'refuse']);
    expect(first.json().ruleVersions).toMatchObject({ overdrawn: 1 });
    const who = people.factory.as['warehouse'];
    const pdf = await bench.send(who, 'GET', `/api/v1/dock-decisions/${second.json().id}/test-request.pdf`);
    expect([pdf.statusCode, pdf.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    expect((await bench.send(who, 'GET', `/api/v1/dock-decisions/${third.json().id}/test-request.pdf`)).statusCode).toBe(404);
    expect((await bench.send(rival.as['warehouse'], 'GET', `/api/v1/dock-decisions/${first.json().id}`)).statusCode).toBe(404);
    expect((await bench.send(rival.as['warehouse'], 'GET', '/api/v1/dock-decisions')).json().items).toEqual([]);
    const before = (await bench.send(who, 'GET', '/api/v1/dock-decisions')).json();
    await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all');
    expect((await bench.send(who, 'GET', '/api/v1/dock-decisions')).json()).toEqual(before);
  });

  it('asks of a carton what lies in it, lot by lot', async () => {
    const { coop, factory } = people;
    const [crop, a, b] = [await bench.issue(coop, 'lianqiao', 'crop'), await bench.issue(coop, 'lianqiao'), await bench.issue(coop, 'lianqiao')];
    const carton = await bench.issue(coop, undefined, 'container');
    await bench.say(coop, planting(crop, day(1)));
    for (const lot of [a, b]) await bench.say(coop, harvest(crop, lot, 10, day(2)));
    await bench.say(coop, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: day(3), parentID: carton, childQuantityList: [kg(a, 4), kg(b, 6)] });
    await bench.say(coop, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: day(4), epcList: [carton], sourceList: [{ type: 'possessing_party', source: `urn:daodi:org:${coop.code}` }], destinationList: [{ type: 'possessing_party', destination: `urn:daodi:org:${factory.code}` }] });
    await bench.drain();
    const answer = await ask(carton);
    expect(answer.lots.map(({ batch, inContainer }: any) => [batch, inContainer.quantity]).sort()).toEqual([[a, 4], [b, 6]].sort());
    await bench.send(coop.as['quality-head'], 'POST', '/api/v1/holds', { batch: a, reason: '投诉' });
    expect([(await ask(carton)).decision, (await ask(b)).decision]).toEqual(['refuse', 'doubt']);
  });
});
