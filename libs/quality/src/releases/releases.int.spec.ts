import { rebuild } from '@daodi/log';
import { createDataSource } from '@daodi/platform';
import { findingsOf } from '../findings/read-findings';
import { judgeHistory } from '../history/judged-history';
import { reportsOf } from '../reports/reports-of';
import { BENCH_FOLLOWERS, day, type Firm, kg, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { drying, firms, harvest, planting, playSeason, receiving, report, sampling, type Season, shipping } from '../testing/season';
import { releaseState } from './release-state';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
let rival: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
  rival = await bench.firm('RIVAL', 'processor', ['quality-head', 'lab-tester', 'lab-reviewer', 'lab-approver']);
});
afterAll(() => bench.close());

const release = (season: Season, decision = 'released', headers: Record<string, string> = {}) =>
  bench.send(season.factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: season.dried, decision, standard: '《中国药典》' }, headers);
const rulesOf = (response: { json(): { reasons: { rule: string }[] } }) => [...new Set(response.json().reasons.map(({ rule }) => rule))].sort();
const nodeOf = async (uri: string): Promise<string> => {
  const [row] = await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [uri]);
  return row.id;
};
const stateOf = async (season: Season) => releaseState(bench.dataSource, await nodeOf(season.dried));

describe('who may not', () => {
  it('is told nothing of a batch that is not theirs, and leaves nothing', async () => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'pass');
    const size = await bench.size();
    const body = (batch: string) => ({ batch, decision: 'released' });
    expect((await bench.send(undefined, 'POST', '/api/v1/releases', body(season.dried))).statusCode).toBe(401);
    expect((await bench.send(season.factory.as['warehouse'], 'POST', '/api/v1/releases', body(season.dried))).statusCode).toBe(403);
    expect((await bench.send(season.factory.owner, 'POST', '/api/v1/releases', body(season.dried))).statusCode).toBe(403);
    const foreign = await bench.send(rival.as['quality-head'], 'POST', '/api/v1/releases', body(season.dried));
    const absent = await bench.send(rival.as['quality-head'], 'POST', '/api/v1/releases', body('urn:daodi:b:00000000000'));
    expect(foreign.statusCode).toBe(404);
    expect({ ...foreign.json(), instance: '', requestId: '' }).toEqual({ ...absent.json(), instance: '', requestId: '' });
    expect((await bench.send(rival.as['quality-head'], 'POST', '/api/v1/holds', { batch: season.dried, reason: 'x' })).statusCode).toBe(404);
    expect(await bench.size()).toBe(size);
  });

  it('is a key: a signature is a person’s', async () => {
    const season = await playSeason(bench, people);
    const key = await bench.send(season.factory.owner, 'POST', '/api/v1/api-keys', { name: 'ERP', roles: ['quality-head', 'machine', 'lab-approver'], scopes: ['read', 'write'] });
    expect(key.statusCode).toBe(201);
    const token = key.json().key ?? key.json().secret ?? key.json().token;
    const answer = await bench.send({ token }, 'POST', '/api/v1/releases', { batch: season.dried, decision: 'released' });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().type).toBe('urn:daodi:problem:person-needed');
  });
});

describe('the gate', () => {
  it('refuses without a report, with every reason, and leaves no entry', async () => {
    const season = await playSeason(bench, people);
    const size = await bench.size();
    const refused = await release(season);
    expect(refused.statusCode).toBe(409);
    expect(refused.json().type).toBe('urn:daodi:problem:release-refused');
    expect(rulesOf(refused)).toEqual(['no-passing-report', 'standard-undetermined']);
    expect(await bench.size()).toBe(size);
    expect((await stateOf(season)).state).toBe('none');
  });

  it.each([
    ['fail', ['no-passing-report', 'report-failed']],
    ['undetermined', ['no-passing-report', 'report-undetermined']],
  ])('refuses with a report that says %s', async (verdict, rules) => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, verdict);
    const refused = await release(season);
    expect(rulesOf(refused)).toEqual(rules);
  });

  it('is not opened by a second opinion after a fail', async () => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'fail');
    await report(bench, season.factory, season.dried, 'pass');
    expect(rulesOf(await release(season))).toEqual(['report-failed']);
  });

  it('releases what is tested, proven and adds up, and stores what it judged', async () => {
    const season = await playSeason(bench, people);
    const id = await report(bench, season.laboratory, season.dried, 'pass');
    const size = await bench.size();
    const released = await release(season);
    expect(released.statusCode).toBe(201);
    expect(released.json()).toMatchObject({ decision: 'released', verdict: 'pass', position: String(size), reports: [{ id }], ruleVersions: { overdrawn: 1 } });
    expect(await bench.size()).toBe(size + 1);
    expect(await stateOf(season)).toMatchObject({ state: 'released', reasons: [] });
  });

  it('lets go no more than the passing reports say they speak for', async () => {
    const season = await playSeason(bench, people);
    // 30 kg were made of it.
    const of = (quantity: string, unit: string, sampleNumber = 'S-1') => report(bench, season.laboratory, season.dried, 'pass', { sampleNumber, speaksFor: { quantity, unit } });
    await of('20', 'kg');
    const refused = await release(season);
    expect(refused.json().reasons).toMatchObject([{ rule: 'reports-speak-for-less', numbers: { speaksFor: 20, goods: 30, uom: 'KGM' } }]);
    // Of one sample the report that speaks for most counts, not both.
    await of('40', '斤');
    expect(rulesOf(await release(season))).toEqual(['reports-speak-for-less']);
    await of('10', 'kg', 'S-2');
    expect((await release(season)).statusCode).toBe(201);
  });

  it('lets neither half go by a report for one half, after a lot was divided between two buyers', async () => {
    const season = await playSeason(bench, people);
    // Of 30 kg the report speaks for 15; each buyer has 14.
    await report(bench, season.laboratory, season.dried, 'pass', { speaksFor: { quantity: '15', unit: 'kg' } });
    for (const buyer of [rival, season.coop]) {
      await bench.say(season.factory, shipping(season.dried, 14, season.factory, buyer, day(8)));
      await bench.say(buyer, receiving(season.dried, 14, season.factory, buyer, day(9)));
      const refused = await bench.send(buyer.as['quality-head'], 'POST', '/api/v1/releases', { batch: season.dried, decision: 'released' });
      expect(refused.json().reasons.find(({ rule }: { rule: string }) => rule === 'reports-speak-for-less')?.numbers).toEqual({ uom: 'KGM' });
    }
  });

  describe('releases a part', () => {
    const part = (season: Season, quantity: string, more: object = {}) =>
      bench.send(season.factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: season.dried, decision: 'released', part: { quantity, unit: 'kg' }, ...more });
    const own = async (season: Season) => (await bench.send(season.factory.as['quality-head'], 'GET', `/api/v1/quality?batch=${encodeURIComponent(season.dried)}`)).json().release;

    it('no more than the reports speak for, all parts together, and says how much of how much', async () => {
      const season = await playSeason(bench, people);
      // 30 kg were made of it.
      await report(bench, season.laboratory, season.dried, 'pass', { speaksFor: { quantity: '20', unit: 'kg' } });
      expect(rulesOf(await release(season))).toEqual(['reports-speak-for-less']);
      expect((await part(season, '12.5')).json()).toMatchObject({ decision: 'released', part: { quantity: '12.5', unit: 'kg' } });
      expect(await stateOf(season)).toMatchObject({ state: 'partly-released', released: { base: 12_500_000n, of: 30_000_000n } });
      expect(rulesOf(await part(season, '7.6'))).toEqual(['reports-speak-for-less']);
      expect((await part(season, '7.5')).statusCode).toBe(201);
      expect(await stateOf(season)).toMatchObject({ state: 'partly-released', released: { base: 20_000_000n } });
      expect(await own(season)).toMatchObject({ state: 'partly-released', released: { quantity: 20, of: 30, uom: 'KGM' } });
    });

    it('no more than there is, and none of what was destroyed', async () => {
      const season = await playSeason(bench, people);
      await report(bench, season.laboratory, season.dried, 'pass');
      expect((await part(season, '30.000001')).json().reasons).toMatchObject([{ rule: 'part-exceeds-batch', numbers: { releasable: 30, uom: 'KGM' } }]);
      expect((await part(season, '25')).statusCode).toBe(201);
      await bench.say(season.factory, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed', eventTime: day(9), quantityList: [kg(season.dried, 10)] });
      // What was signed for 25 kg does not stand now that 20 can be.
      expect(await stateOf(season)).toMatchObject({ state: 'suspended', reasons: expect.arrayContaining([expect.objectContaining({ rule: 'part-exceeds-batch' })]) });
    });

    it('until the whole is released, or all of it rejected', async () => {
      const season = await playSeason(bench, people);
      await report(bench, season.laboratory, season.dried, 'pass');
      await part(season, '10');
      expect((await release(season)).statusCode).toBe(201);
      expect((await stateOf(season)).state).toBe('released');
      await release(season, 'rejected');
      // Parts released before are withdrawn with it.
      expect((await part(season, '5')).statusCode).toBe(201);
      expect(await stateOf(season)).toMatchObject({ state: 'partly-released', released: { base: 5_000_000n } });
    });

    it('and warns where more is sent on than that', async () => {
      const season = await playSeason(bench, people);
      await report(bench, season.laboratory, season.dried, 'pass');
      await part(season, '10', {});
      const rules = async () => (await judgeHistory(bench.dataSource, await nodeOf(season.dried), season.factory.id)).findings.filter(({ rule }) => rule === 'left-beyond-part');
      const later = new Date(Date.now() + 60_000).toISOString();
      await bench.say(season.factory, shipping(season.dried, 10, season.factory, rival, later));
      expect(await rules()).toEqual([]);
      const id = await bench.say(season.factory, shipping(season.dried, 2, season.factory, rival, later));
      expect(await rules()).toMatchObject([{ severity: 'warning', numbers: { beyond: 2, uom: 'KGM' } }]);
      expect(id).toBeDefined();
    });

    it('in the dimension of the batch, exactly, and in packages that hold it', async () => {
      const season = await playSeason(bench, people);
      await report(bench, season.laboratory, season.dried, 'pass');
      const faults = async (asked: object) => (await bench.send(season.factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: season.dried, decision: 'released', part: asked })).json().errors.map(({ pointer, rule }: { pointer: string; rule: string }) => `${pointer} ${rule}`);
      expect(await faults({ quantity: '3', unit: 'pcs' })).toEqual(['/part/unit batch-unit']);
      expect(await faults({ quantity: '0.0000001', unit: 'kg' })).toEqual(['/part/quantity too-fine']);
      expect(await faults({ quantity: '1', unit: 'kg', packages: ['https://id.gs1.org/00/069012345678900015'] })).toEqual(['/part/packages/0 package-unknown']);
      expect((await bench.send(season.factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: season.dried, decision: 'rejected', part: { quantity: '1', unit: 'kg' } })).json().errors).toMatchObject([{ pointer: '/part' }]);
      const carton = 'https://id.gs1.org/00/069012345678900015';
      await bench.say(season.factory, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: day(8), parentID: carton, childQuantityList: [kg(season.dried, 5)] });
      const released = await part(season, '5', { part: { quantity: '5', unit: 'kg', packages: [carton] } });
      expect([released.statusCode, released.json().part]).toEqual([201, { quantity: '5', unit: 'kg', packages: [carton] }]);
      expect((await stateOf(season)).released?.packages).toEqual([{ code: carton, node: await nodeOf(carton) }]);
    });
  });

  it('goes by its own samples, though another buyer of the lot numbers one alike', async () => {
    const season = await playSeason(bench, people);
    await bench.say(season.factory, shipping(season.dried, 10, season.factory, rival, day(7)));
    await bench.say(rival, receiving(season.dried, 10, season.factory, rival, day(8)));
    await bench.say(rival, { ...sampling(season.dried, 1, '2026-09-20T08:00:00Z', season.laboratory), 'daodi:sample': { number: 'S-1', kind: 'test', how: 'submitted' } });
    await report(bench, season.laboratory, season.dried, 'pass');
    const rules = (await judgeHistory(bench.dataSource, await nodeOf(season.dried), season.factory.id)).findings.map(({ rule }) => rule);
    expect(rules).not.toContain('report-before-sample');
    expect(rules).not.toContain('only-submitted-samples');
  });

  it('says by a report how its sample came, and what a submitted one speaks for', async () => {
    const season = await playSeason(bench, people);
    const sample = (number: string, more: object) => bench.say(season.factory, {
      type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sampling', eventTime: day(6), quantityList: [kg(season.dried, 0.1)], 'daodi:sample': { number, kind: 'test', ...more },
      sourceList: [{ type: 'possessing_party', source: `urn:daodi:org:${season.factory.code}` }], destinationList: [{ type: 'possessing_party', destination: `urn:daodi:org:${season.laboratory.code}` }],
    });
    await sample('S-SENT', { how: 'submitted' });
    await report(bench, season.laboratory, season.dried, 'pass', { sampleNumber: 'S-SENT' });
    const notes = async () => {
      await bench.drain();
      const page = await bench.send(season.factory.owner, 'GET', `/api/v1/findings?severity=note&batch=${encodeURIComponent(season.dried)}`);
      return page.json().items.map(({ rule, numbers }: { rule: string; numbers: { samples?: unknown } }) => [rule, numbers.samples]);
    };
    expect(await notes()).toEqual([['only-submitted-samples', undefined]]);
    expect((await reportsOf(bench.dataSource, [await nodeOf(season.dried)])).map(({ sampleHow }) => sampleHow)).toEqual(['submitted']);
    await sample('S-DRAWN', { how: 'drawn', packages: { of: 120, from: 2 } });
    await report(bench, season.laboratory, season.dried, 'pass', { sampleNumber: 'S-DRAWN' });
    expect(await notes()).toEqual([['sampled-from-too-few', [{ packages: 120, drawnFrom: 2, wanted: 6 }]]]);
    expect((await reportsOf(bench.dataSource, [await nodeOf(season.dried)])).map(({ sampleHow }) => sampleHow)).toEqual(['submitted', 'drawn']);
  });

  it('answers a repeat under its key with the first answer, though it would refuse now', async () => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'pass');
    const key = { 'idempotency-key': `release ${season.dried}` };
    const first = await release(season, 'released', key);
    await report(bench, season.laboratory, season.dried, 'fail');
    const size = await bench.size();
    const again = await release(season, 'released', key);
    expect([again.statusCode, again.json()]).toEqual([201, first.json()]);
    expect(await bench.size()).toBe(size);
  });

  it('refuses what grew, what is overdrawn upstream and what has no origin, all at once', async () => {
    const season = await playSeason(bench, people);
    await bench.say(season.factory, { type: 'TransformationEvent', eventTime: day(5), inputQuantityList: [kg(season.fresh, 5)], outputQuantityList: [kg(season.dried, 6)] });
    await bench.declare(season.coop, season.events.planted, 'ObjectEvent', day(1));
    await report(bench, season.laboratory, season.dried, 'pass');
    const refused = await release(season);
    expect(rulesOf(refused)).toEqual(['overdrawn', 'step-surplus', 'trace-no-origin']);
    expect(refused.json().reasons.find((r: { rule: string }) => r.rule === 'step-surplus')).toMatchObject({
      batch: season.dried, share: 'own', numbers: { steps: [{ in: 5, out: 6, surplus: 1, uom: 'KGM' }] },
    });
    expect(refused.json().reasons.find((r: { rule: string }) => r.rule === 'overdrawn')).toMatchObject({ batch: season.fresh, numbers: { quantity: 5, uom: 'KGM' } });
  });

  it('knows the hands a batch came through inside a carton, though the packing was written down after the carton had left', async () => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'pass');
    const carton = `urn:example:carton:${season.dried.slice(-6)}`;
    const packed = { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: day(7), parentID: carton, childQuantityList: [kg(season.dried, 10)] };
    const { quantityList: _, ...ship } = shipping(season.dried, 10, season.factory, season.coop, day(8));
    await bench.say(season.factory, { ...ship, epcList: [carton] });
    const body = { batch: season.dried, decision: 'released' };
    const head = season.coop.as['quality-head'];
    expect((await bench.send(head, 'POST', '/api/v1/releases', body)).statusCode).toBe(404);
    await bench.say(season.factory, packed);
    const released = await bench.send(head, 'POST', '/api/v1/releases', body);
    expect([released.statusCode, released.json().reasons]).toEqual([201, []]);
    await bench.declare(season.coop, season.events.harvested, 'TransformationEvent', day(2));
    expect(await releaseState(bench.dataSource, await nodeOf(season.dried), season.coop.id)).toMatchObject({ state: 'suspended' });
  });

  it('always takes a rejection', async () => {
    const season = await playSeason(bench, people);
    const rejected = await release(season, 'rejected');
    expect(rejected.statusCode).toBe(201);
    expect(rejected.json().reasons.map((r: { rule: string }) => r.rule)).toEqual(['no-passing-report', 'standard-undetermined']);
    expect((await stateOf(season)).state).toBe('rejected');
  });
});

describe('the gate and what arrives meanwhile', () => {
  it('judges again what was touched between the judgement and the lock, in whatever order they come', async () => {
    for (let run = 0; run < 10; run++) {
      const season = await playSeason(bench, people);
      await report(bench, season.laboratory, season.dried, 'pass');
      // While somebody else holds the log, both wait for it, the sale first; the release has judged without it.
      const holder = bench.dataSource.createQueryRunner();
      await holder.startTransaction();
      await holder.query('SELECT log_lock()');
      const sale = bench.say(season.factory, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: day(7), quantityList: [kg(season.dried, 500)] });
      const released = release(season);
      for (let i = 0; i < 5 * run; i++) await bench.size();
      await holder.commitTransaction();
      await holder.release();
      await sale;
      const answer = await released;
      expect([answer.statusCode, rulesOf(answer)]).toEqual([409, ['overdrawn']]);
    }
  });

  it('lets through what nothing touched, however much else happens', async () => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'pass');
    const elsewhere = await bench.issue(rival, 'lianqiao');
    const noise = Array.from({ length: 40 }, () => bench.say(rival, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: day(1), quantityList: [kg(elsewhere, 1)] }));
    const answer = await release(season);
    await Promise.all(noise);
    expect(answer.statusCode).toBe(201);
    expect((await stateOf(season)).state).toBe('released');
  });

  it('ends though every judgement is overtaken: the last one is made under the lock', async () => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'pass');
    let isDone = false;
    const packing = (async () => {
      for (let i = 0; !isDone; i++) {
        await bench.say(rival, { type: 'AggregationEvent', action: 'ADD', eventTime: day(1), parentID: `urn:example:box:${i}`, childQuantityList: [kg(`urn:example:lot:${i}`, 1)] });
      }
    })();
    const answer = await release(season);
    isDone = true;
    await packing;
    expect(answer.statusCode).toBe(201);
  });
});

describe('a release', () => {
  let season: Season;
  beforeEach(async () => {
    season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'pass');
    expect((await release(season)).statusCode).toBe(201);
    expect((await stateOf(season)).state).toBe('released');
  });

  it('stands while the batch moves on, and while a rival says what it likes', async () => {
    const pack = await bench.issue(season.factory, 'lianqiao', 'retail', { netContentMg: '500000000' });
    await bench.say(season.factory, { type: 'TransformationEvent', eventTime: day(7), inputQuantityList: [kg(season.dried, 10)], outputQuantityList: [kg(pack, 10)] });
    await bench.say(season.factory, shipping(season.dried, 5, season.factory, season.coop, day(8)));
    await bench.say(season.coop, receiving(season.dried, 5, season.factory, season.coop, day(9)));
    await bench.say(season.coop, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: day(10), quantityList: [kg(season.dried, 5)] });
    await bench.say(season.factory, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: day(10), quantityList: [kg(season.dried, 2)] });
    for (const lot of [season.dried, season.fresh]) {
      await bench.say(rival, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: day(1), quantityList: [kg(lot, 50)] });
      await bench.say(rival, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', eventTime: day(5), quantityList: [kg(lot, 30)] });
      await bench.say(rival, receiving(lot, 9, season.factory, rival, day(5)));
    }
    await bench.declare(rival, season.events.harvested, 'TransformationEvent', day(2));
    await report(bench, rival, season.dried, 'fail');
    await bench.drain();
    expect(await stateOf(season)).toMatchObject({ state: 'released' });
  });

  it.each<[string, (s: Season) => Promise<unknown>]>([
    ['a correction upstream', async (s) => {
      await bench.declare(s.coop, s.events.harvested, 'TransformationEvent', day(2));
      await bench.say(s.coop, harvest(s.crop, s.fresh, 101, day(2)));
    }],
    ['a late entry upstream that happened earlier', (s) => bench.say(s.coop, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sampling', eventTime: day(2.5), quantityList: [kg(s.fresh, 0.5)] })],
    ['a late entry of the batch itself that happened earlier', (s) => bench.say(s.factory, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sampling', eventTime: day(5.5), quantityList: [kg(s.dried, 0.5)] })],
    ['more material coming into the batch', (s) => bench.say(s.factory, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'stock_taking', eventTime: day(9), 'daodi:adjustment': 'gain', quantityList: [kg(s.dried, 1)] } )],
    ['goods from outside taken in under its code', (s) => bench.say(s.factory, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', eventTime: day(9), 'daodi:intake': { means: 'purchase' }, quantityList: [kg(s.dried, 20)] })],
    ['another report', (s) => report(bench, s.laboratory, s.dried, 'pass')],
    ['selling more than there is', (s) => bench.say(s.factory, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: day(9), quantityList: [kg(s.dried, 500)] })],
  ])('is suspended by %s, and says since when', async (_name, happen) => {
    await happen(season);
    const state = await stateOf(season);
    expect(state.state).toBe('suspended');
    expect(state.since).toMatch(/^\d{4}-/);
  });

  it('stands again once signed again', async () => {
    await bench.declare(season.coop, season.events.harvested, 'TransformationEvent', day(2));
    await bench.say(season.coop, harvest(season.crop, season.fresh, 101, day(2)));
    expect((await stateOf(season)).state).toBe('suspended');
    expect((await release(season)).statusCode).toBe(201);
    expect((await stateOf(season)).state).toBe('released');
  });

  it('is off while a hold stands', async () => {
    const head = season.factory.as['quality-head'];
    const hold = await bench.send(head, 'POST', '/api/v1/holds', { batch: season.dried, reason: '客户投诉' });
    expect(hold.statusCode).toBe(201);
    expect(await stateOf(season)).toMatchObject({ state: 'suspended', reasons: [{ rule: 'hold' }], hold: { reason: '客户投诉' } });
    expect((await bench.send(rival.as['quality-head'], 'POST', `/api/v1/holds/${hold.json().id}/lifting`, { reason: 'x' })).statusCode).toBe(404);
    expect((await bench.send(head, 'POST', `/api/v1/holds/${hold.json().id}/lifting`, { reason: '已查清' })).statusCode).toBe(200);
    expect((await stateOf(season)).state).toBe('released');
  });

  it('rests on the same inputs after a rebuild of everything', async () => {
    const [{ node, state, org }] = await bench.dataSource.query('SELECT node, state, organisation_id AS org FROM release_decision ORDER BY since_position DESC LIMIT 1');
    await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all');
    const history = await judgeHistory(bench.dataSource, node, org, { size: BigInt(state.position), time: state.horizon });
    expect(history.inputsDigest).toBe(state.inputsDigest);
  });

  it('is read by the public’s door, which may write nothing', async () => {
    const door = await createDataSource({ url: bench.database.resolverUrl }).initialize();
    const node = await nodeOf(season.dried);
    expect(await releaseState(door, node)).toMatchObject({ state: 'released' });
    expect(await reportsOf(door, [node])).toMatchObject([{ verdict: 'pass' }]);
    expect((await findingsOf(door, [node])).findings).toEqual([]);
    for (const table of ['test_report', 'release_decision', 'quality_hold', 'finding', 'finding_decision', 'test_commission']) {
      await expect(door.query(`DELETE FROM ${table}`)).rejects.toThrow('permission denied');
    }
    await door.destroy();
  });
});

describe('a fail on a lot that several bought', () => {
  it('stays with the buyer whose report it is, and goes on from the one it came from', async () => {
    const { coop, factory, laboratory } = people;
    const [crop, fresh, dried] = [await bench.issue(coop, 'lianqiao', 'crop'), await bench.issue(coop, 'lianqiao'), await bench.issue(factory, 'lianqiao')];
    await bench.say(coop, planting(crop, day(1)));
    await bench.say(coop, harvest(crop, fresh, 100, day(2)));
    for (const [buyer, amount] of [[factory, 40], [rival, 60]] as const) {
      await bench.say(coop, shipping(fresh, amount, coop, buyer, day(3)));
      await bench.say(buyer, receiving(fresh, amount, coop, buyer, day(4)));
    }
    await bench.say(factory, drying(fresh, 40, dried, 12, 28, day(5)));
    const madeOfFailed = async () => (await judgeHistory(bench.dataSource, await nodeOf(dried), factory.id)).findings.filter(({ rule }) => rule === 'made-of-failed');
    await report(bench, rival, fresh, 'fail', { sampleNumber: 'RIVAL-1', issuedOn: '2026-08-05' });
    expect(await madeOfFailed()).toEqual([]);
    await bench.say(coop, sampling(fresh, 1, day(2), laboratory, 'COOP-1'));
    const failed = await report(bench, laboratory, fresh, 'fail', { sampleNumber: 'COOP-1', issuedOn: '2026-08-05' });
    const [finding, ...more] = await madeOfFailed();
    expect(finding?.evidence).toContain(failed);
    expect(finding?.numbers).toMatchObject({ reports: 1 });
    expect(more).toEqual([]);
  });
});
