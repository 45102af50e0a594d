import { judgeHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { day, type Firm, kg, PAGE_FILE, PASSWORD, QualityBench } from '../testing/quality-bench';
import { drying, firms, harvest, planting, receiving, report, sampling, type Season, shipping } from '../testing/season';
import { addHerb, confirmedStandard, confirmStandard, limited, publishStandard, WATER_LIMIT } from '../testing/standards';
import { releaseState } from './release-state';

let bench: QualityBench;
let coop: Firm;
let laboratory: Firm;
let factories = 0;
beforeAll(async () => {
  bench = await QualityBench.open({ isStandardless: true });
  ({ coop, laboratory } = await firms(bench));
  await addHerb(bench);
});
afterAll(() => bench.close());

interface Goods {
  readonly factory: Firm;
  readonly dried: string;
}

/** A factory of its own that dried a lot of 青翘 on 5 August 2026 and had a sample drawn: standards bind it alone. */
async function goods(facts: object = { form: 'dried', grade: '青翘' }): Promise<Goods> {
  const factory = await bench.firm(`F${++factories}`, 'decoction-piece-factory', ['quality-head', 'lab-tester', 'lab-reviewer', 'manager']);
  const [crop, fresh, dried] = [await bench.issue(coop, 'lianqiao', 'crop'), await bench.issue(coop, 'lianqiao'), await bench.issue(factory, 'lianqiao', 'batch', facts as Record<string, unknown>)];
  await bench.say(coop, planting(crop, day(1)));
  await bench.say(coop, harvest(crop, fresh, 100, day(2)));
  await bench.say(coop, shipping(fresh, 100, coop, factory, day(3)));
  await bench.say(factory, receiving(fresh, 100, coop, factory, day(4)));
  await bench.say(factory, drying(fresh, 100, dried, 30, 70, day(5)));
  await bench.say(factory, sampling(dried, 1, day(6), laboratory));
  return { factory, dried };
}

const found = (...items: object[]) => ({ items: items.map((item) => ({ unit: '%', verdict: 'pass', ...item })) });
const release = ({ factory, dried }: Goods) => bench.send(factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: dried, decision: 'released', reason: '检验符合规定' });
const reasons = (response: { statusCode: number; json(): { reasons?: { rule: string }[] } }) => (response.statusCode === 201 ? ['released'] : (response.json().reasons ?? []).map(({ rule }) => rule));
const nodeOf = async (uri: string): Promise<string> => {
  const [row] = await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [uri]);
  return row.id;
};
const stateOf = async ({ factory, dried }: Goods) => {
  const { state, reasons: why } = await releaseState(bench.dataSource, await nodeOf(dried), factory.id);
  return [state, ...why.map(({ rule }) => rule)];
};

describe('the gate and standards', () => {
  it('needs a pass under a standard that binds, whatever the laboratory concluded', async () => {
    const lot = await goods();
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT, limited('总灰分', '4.0', '%', 'max')]);
    await report(bench, laboratory, lot.dried, 'pass', found({ test: '水分', value: '8.1' }));
    const refused = await release(lot);
    expect(reasons(refused)).toEqual(['standard-undetermined']);
    expect(refused.json().reasons[0]).toMatchObject({ share: 'own', numbers: { statutory: true, producedOn: '2026-08-05', itemCount: 1, items: [{ limit: 'L2', test: '总灰分', reason: 'item-missing' }] } });
    await report(bench, laboratory, lot.dried, 'pass', found({ test: '总灰分', value: '3.2' }));
    const released = await release(lot);
    expect(released.json()).toMatchObject({ decision: 'released', standards: { outcome: 'passed', producedOn: '2026-08-05', standards: [{ verdict: 'pass', versionNumber: 1, family: 'pharmacopoeia', statutory: true }] } });
  });

  it.each([
    ['above the limit', [{ test: '水分', value: '10.6' }], ['standard-failed']],
    ['above the limit by rounding alone', [{ test: '水分', value: '10.06' }], ['standard-failed']],
    ['at the limit by rounding', [{ test: '水分', value: '10.04' }], ['released']],
    ['not detected without LOQ', [{ test: '水分', value: '未检出' }], ['standard-undetermined']],
    ['a letter for a digit', [{ test: '水分', value: '1O.0' }], ['standard-undetermined']],
    ['符合规定 for a number', [{ test: '水分', value: '符合规定' }], ['standard-undetermined']],
    ['no unit', [{ test: '水分', value: '8.1', unit: undefined }], ['standard-undetermined']],
    ['per mille of another unit', [{ test: '水分', value: '81', unit: 'mg/g' }], ['released']],
    ['two lines', [{ test: '水分', value: '8.1' }, { test: '水分', value: '12.0' }], ['standard-undetermined']],
  ])('with a stated pass and a result that is %s', async (_name, items, expected) => {
    const lot = await goods();
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT]);
    await report(bench, laboratory, lot.dried, 'pass', found(...items));
    expect(reasons(await release(lot))).toEqual(expected);
  });

  it('does not take a limit that one person confirmed, or that another organisation did', async () => {
    const lot = await goods();
    const library = (await bench.send(bench.operator, 'POST', '/api/v1/standards', {
      family: 'pharmacopoeia', name: '库中标准', herb: 'lianqiao', form: 'herb', grade: '库级', effectiveFrom: '2020-01-01', source: '测试', limits: [WATER_LIMIT],
    })).json().id;
    const ofLibrary = await goods({ form: 'dried', grade: '库级' });
    await report(bench, laboratory, ofLibrary.dried, 'pass', found({ test: '水分', value: '8.1' }));
    for (const role of ['quality-head', 'lab-tester']) await confirmStandard(bench, lot.factory.as[role], library);
    const refused = await release(ofLibrary);
    expect(reasons(refused)).toEqual(['standard-undetermined']);
    expect(refused.json().reasons[0].numbers.items[0]).toMatchObject({ reason: 'limit-not-confirmed' });
    await confirmStandard(bench, ofLibrary.factory.as['quality-head'], library);
    expect(reasons(await release(ofLibrary))).toEqual(['standard-undetermined']);
    await confirmStandard(bench, ofLibrary.factory.as['lab-reviewer'], library);
    expect(reasons(await release(ofLibrary))).toEqual(['released']);
  });

  it('a house standard that fails is told apart from the law', async () => {
    const lot = await goods();
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT]);
    const house = await confirmedStandard(bench, lot.factory, [limited('水分', '8.0', '%', 'max')], { family: 'house', name: '内控 青翘' });
    await bench.send(lot.factory.as['quality-head'], 'POST', '/api/v1/standard-bindings', { version: house, herb: 'lianqiao', from: '2020-01-01' });
    await report(bench, laboratory, lot.dried, 'pass', found({ test: '水分', value: '8.6' }));
    const refused = await release(lot);
    expect(refused.json().reasons.map(({ rule, numbers }: any) => [rule, numbers.statutory])).toEqual([['standard-failed', false]]);
    const { verdicts } = (await bench.send(lot.factory.as['quality-head'], 'GET', `/api/v1/quality?batch=${encodeURIComponent(lot.dried)}`)).json();
    expect(verdicts).toMatchObject({ by: 'daodi', outcome: 'rejected-by-firm', statutory: 'pass', house: 'fail' });
  });

  it('an amendment that writes other numbers for a failed sample is no pass; a test of another sample is', async () => {
    const lot = await goods();
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT]);
    const first = await report(bench, laboratory, lot.dried, 'pass', found({ test: '水分', value: '10.6' }));
    expect(reasons(await release(lot))).toEqual(['standard-failed']);
    await report(bench, laboratory, lot.dried, 'pass', { ...found({ test: '水分', value: '9.6' }), supersedes: first });
    const refused = await release(lot);
    expect(reasons(refused)).toEqual(['standard-undetermined']);
    expect(refused.json().reasons[0].numbers.items).toMatchObject([{ limit: 'L1', reason: 'amended-result' }]);
    await report(bench, laboratory, lot.dried, 'pass', { ...found({ test: '水分', value: '9.4' }), sampleNumber: 'S-2' });
    expect(reasons(await release(lot))).toEqual(['released']);
  });

  it('does not choose a grade for goods that have none', async () => {
    const lot = await goods({ form: 'dried' });
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT], { grade: '老翘', name: '测试 老翘' });
    await report(bench, laboratory, lot.dried, 'pass', found({ test: '水分', value: '8.1' }));
    const refused = await release(lot);
    const own = refused.json().reasons.filter(({ numbers }: any) => numbers?.name === '测试 老翘');
    expect(own.map(({ rule, numbers }: any) => [rule, numbers.unclear])).toEqual([['standard-undetermined', ['grade']]]);
  });

  it('lets nothing go for which no statutory standard is on record, and says so; fresh herbs have none', async () => {
    const lot = await goods();
    await report(bench, laboratory, lot.dried, 'pass');
    const refused = await release(lot);
    expect(refused.json().reasons).toMatchObject([{ rule: 'no-statutory-standard', numbers: { goods: { herb: 'lianqiao', form: 'herb', grade: '青翘' }, producedOn: '2026-08-05' } }]);
    const house = await confirmedStandard(bench, lot.factory, [WATER_LIMIT], { family: 'house', name: '内控' });
    await bench.send(lot.factory.as['quality-head'], 'POST', '/api/v1/standard-bindings', { version: house, herb: 'lianqiao', from: '2020-01-01' });
    expect(reasons(await release(lot))).toEqual(['no-statutory-standard']);
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT]);
    expect(reasons(await release(lot))).toEqual(['released']);
    const fresh = await goods({ form: 'fresh', grade: '青翘' });
    await report(bench, laboratory, fresh.dried, 'pass');
    expect((await release(fresh)).json()).toMatchObject({ decision: 'released', standards: { outcome: 'no-statutory-standard' } });
  });

  it('a fail by our arithmetic stands beside every other reason, and a rejection is never refused', async () => {
    const lot = await goods();
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT]);
    await report(bench, laboratory, lot.dried, 'fail', { items: [{ test: '水分', value: '12.6', unit: '%', verdict: 'fail' }] });
    expect(reasons(await release(lot)).sort()).toEqual(['no-passing-report', 'report-failed', 'standard-failed']);
    const rejected = await bench.send(lot.factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: lot.dried, decision: 'rejected', reason: '水分超标' });
    expect([rejected.statusCode, rejected.json().standards.outcome]).toEqual([201, 'unlawful']);
  });
});

describe('a release by a standard', () => {
  let lot: Goods;
  let version: string;
  const head = () => lot.factory.as['quality-head'];
  beforeEach(async () => {
    lot = await goods();
    version = await confirmedStandard(bench, lot.factory, [WATER_LIMIT]);
    await report(bench, laboratory, lot.dried, 'pass', found({ test: '水分', value: '8.1' }));
    expect(reasons(await release(lot))).toEqual(['released']);
    expect(await stateOf(lot)).toEqual(['released']);
  });
  const newVersion = (more: object) => bench.send(head(), 'POST', `/api/v1/standards/${version}/versions`, {
    name: '测试标准 连翘', edition: '二版', effectiveFrom: '2020-01-01', source: '测试', limits: [limited('水分', '9.0', '%', 'max')], why: '测试', ...more,
  });

  it('is suspended by a correction of the standard, until that is confirmed and the release signed again', async () => {
    const corrected = (await newVersion({ edition: '一版', correction: true })).json().id;
    expect(await stateOf(lot)).toEqual(['suspended', 'inputs-changed', 'standard-undetermined']);
    for (const role of ['quality-head', 'lab-tester']) await confirmStandard(bench, lot.factory.as[role], corrected);
    expect(await stateOf(lot)).toEqual(['suspended', 'inputs-changed']);
    expect(reasons(await release(lot))).toEqual(['released']);
    expect(await stateOf(lot)).toEqual(['released']);
  });
  it('is not touched by an edition in force after its day of production', async () => {
    await newVersion({ effectiveFrom: '2026-08-06' });
    expect(await stateOf(lot)).toEqual(['released']);
  });
  it('is suspended by an edition in force on that day', async () => {
    await newVersion({ effectiveFrom: '2026-08-05' });
    expect((await stateOf(lot))[0]).toBe('suspended');
  });
  it('is suspended by a confirmation withdrawn, and by a reading that differs', async () => {
    const { items } = (await bench.send(head(), 'GET', `/api/v1/standard-confirmations?version=${version}`)).json();
    await bench.send(head(), 'POST', `/api/v1/standard-confirmations/${items[0].id}/withdrawal`, { why: '看错' });
    expect(await stateOf(lot)).toEqual(['suspended', 'inputs-changed', 'standard-undetermined']);
    await confirmStandard(bench, head(), version);
    expect(await stateOf(lot)).toEqual(['released']);
    await bench.send(lot.factory.as['manager'], 'POST', '/api/v1/standard-confirmations', {
      version, page: { number: '1', file: PAGE_FILE }, readings: [{ limit: 'L1', limitText: '9.0', unit: '%', direction: 'max' }],
    });
    expect(await stateOf(lot)).toEqual(['suspended', 'inputs-changed', 'standard-undetermined']);
  });
  it('is suspended by a standard the firm binds itself to, and by what another firm does not at all', async () => {
    await publishStandard(bench, coop, [limited('水分', '1.0', '%', 'max')]);
    expect(await stateOf(lot)).toEqual(['released']);
    const house = await confirmedStandard(bench, lot.factory, [WATER_LIMIT], { family: 'house', name: '内控' });
    expect(await stateOf(lot)).toEqual(['released']);
    await bench.send(head(), 'POST', '/api/v1/standard-bindings', { version: house, herb: 'lianqiao', from: '2020-01-01' });
    expect(await stateOf(lot)).toEqual(['suspended', 'inputs-changed']);
  });
  it('is judged again under the lock where a standard, confirmation or binding came between', async () => {
    const history = await judgeHistory(bench.dataSource, await nodeOf(lot.dried), lot.factory.id);
    const touches = async (act: () => Promise<unknown>): Promise<boolean> => {
      const size = BigInt(await bench.size());
      await act();
      return isTouchedSince(bench.dataSource, history, size);
    };
    expect(await touches(() => newVersion({}))).toBe(true);
    expect(await touches(() => confirmStandard(bench, lot.factory.as['lab-reviewer'], version))).toBe(true);
    const house = await publishStandard(bench, lot.factory, [WATER_LIMIT], { family: 'house', name: '内控' });
    expect(await touches(() => bench.send(head(), 'POST', '/api/v1/standard-bindings', { version: house, herb: 'lianqiao', from: '2020-01-01' }))).toBe(true);
    expect(await touches(() => bench.issue(coop, 'lianqiao'))).toBe(false);
  });
});

describe('GET /api/v1/test-reports/{id}/verdicts', () => {
  it('judges by the standards and confirmations of whoever asks, and hides what may not be read', async () => {
    const lot = await goods();
    const version = await confirmedStandard(bench, lot.factory, [WATER_LIMIT, limited('含量测定', '0.15', '%', 'min', { analytes: ['连翘苷'] })]);
    const id = await report(bench, laboratory, lot.dried, 'pass', found({ test: '水分', value: '8.14' }, { test: '含量测定', analyte: '连翘苷', value: '0.16/0.18', basis: 'dried' }));
    const path = `/api/v1/test-reports/${id}/verdicts?for=batch`;
    const own = (await bench.send(lot.factory.as['quality-head'], 'GET', path)).json();
    expect(own).toMatchObject({
      report: id, by: 'daodi', stated: 'pass', outcome: 'passed', verdict: 'pass', producedOn: '2026-08-05', goods: { herb: 'lianqiao', form: 'herb', grade: '青翘' },
      standards: [{
        standard: version, version, statutory: true, verdict: 'pass', missing: [],
        items: [{ limit: 'L1', state: 'confirmed', verdict: 'pass', numbers: { read: ['8.14'], rounded: '8.1', limit: '10.0' } }, { limit: 'L2', numbers: { mean: '0.17', relativeDeviation: '5.88…' } }],
      }],
    });
    // The laboratory reads the report; the factory's own standard does not bind it and is not shown to it.
    expect((await bench.send(laboratory.as['lab-tester'], 'GET', path)).json()).toMatchObject({ outcome: 'no-statutory-standard', standards: [] });
    const rival = await bench.firm(`RV${factories}`, 'processor', ['quality-head']);
    const [foreign, absent] = [await bench.send(rival.as['quality-head'], 'GET', path), await bench.send(rival.as['quality-head'], 'GET', path.replace(id, '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70'))];
    expect([foreign.statusCode, foreign.json().type]).toEqual([404, absent.json().type]);
    expect((await bench.send(undefined, 'GET', path)).statusCode).toBe(401);
    expect((await bench.send(lot.factory.as['quality-head'], 'GET', `/api/v1/test-reports/${id}/verdicts?for=moon`)).statusCode).toBe(422);
  });
});

describe('让步 by concession', () => {
  const HALF = { test: '完整粒', value: '88' };
  const sign = async ({ factory }: Goods, about: string): Promise<string> =>
    (await bench.send(factory.as['quality-head'], 'POST', '/api/v1/signatures', { password: PASSWORD, meaning: 'release-conceded', about })).json().token;
  const concede = async (lot: Goods, standard: string, more: object = {}) => bench.send(lot.factory.as['quality-head'], 'POST', '/api/v1/releases', {
    batch: lot.dried, decision: 'released', concession: { standard, reason: '完整粒 88%，买方同意按 85 折接收', consent: PAGE_FILE, signature: await sign(lot, standard), ...more },
  });
  /** Of a lot the law's standard passes, and the contract's does not. Answers the ids of both, as the gate names them. */
  async function below(): Promise<{ lot: Goods; statute: string; contract: string }> {
    const lot = await goods();
    await confirmedStandard(bench, lot.factory, [WATER_LIMIT]);
    const agreed = await confirmedStandard(bench, lot.factory, [limited('完整粒', '90', '%', 'min')], { family: 'contract', name: '购销合同 连翘' });
    await bench.send(lot.factory.as['quality-head'], 'POST', '/api/v1/standard-bindings', { version: agreed, herb: 'lianqiao', from: '2020-01-01' });
    await report(bench, laboratory, lot.dried, 'pass', found({ test: '水分', value: '8.1' }, HALF));
    const refused = await release(lot);
    expect(reasons(refused)).toEqual(['standard-failed']);
    const state = (await judgeHistory(bench.dataSource, await nodeOf(lot.dried), lot.factory.id)).standards.standards;
    const idOf = (family: string): string => state.find((one) => one.family === family)?.standard as string;
    return { lot, statute: idOf('pharmacopoeia'), contract: idOf('contract') };
  }

  it('lets go what two firms agreed on, signed and with the consent in hand, and says so to whoever may read it', async () => {
    const { lot, contract } = await below();
    const released = await concede(lot, contract);
    expect([released.statusCode, released.json().concession]).toEqual([201, {
      standard: contract, reason: '完整粒 88%，买方同意按 85 折接收', consent: PAGE_FILE, electronicSignature: { meaning: 'release-conceded', by: 'password', statement: expect.anything() },
    }]);
    expect(await stateOf(lot)).toEqual(['released']);
    const shown = (await bench.send(lot.factory.as['quality-head'], 'GET', `/api/v1/quality?batch=${encodeURIComponent(lot.dried)}`)).json().release;
    expect(shown.decision.concession).toEqual({ standard: contract, reason: '完整粒 88%，买方同意按 85 折接收' });
    // What the law demands is not conceded by it, whatever comes to light later.
    await report(bench, laboratory, lot.dried, 'undetermined', { sampleNumber: 'S-1', ...found({ test: '水分', value: '12.5' }, HALF) });
    expect((await stateOf(lot))[0]).toBe('suspended');
  });

  it('concedes neither law nor house, nothing that does not bind, and nothing unsigned or without consent', async () => {
    const { lot, statute, contract } = await below();
    const faults = async (response: Promise<{ json(): { errors?: { pointer: string; rule: string }[] } }>) => ((await response).json().errors ?? []).map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(await faults(concede(lot, statute))).toEqual(['/concession/standard not-concedable']);
    expect(await faults(concede(lot, '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70'))).toEqual(['/concession/standard standard-does-not-bind']);
    expect(await faults(concede(lot, contract, { consent: 'f'.repeat(64) }))).toEqual(['/concession/consent file-unknown']);
    expect(await faults(concede(lot, contract, { signature: 'x' }))).toEqual(['/signature signature']);
    const rejected = await bench.send(lot.factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: lot.dried, decision: 'rejected', concession: { standard: contract, reason: 'x', consent: PAGE_FILE, signature: 'x' } });
    expect(await faults(Promise.resolve(rejected))).toEqual(['/concession release-only']);
    // A statute that fails beside it is not let go either.
    await report(bench, laboratory, lot.dried, 'pass', { sampleNumber: 'S-9', ...found({ test: '水分', value: '12.5' }) });
    expect(reasons(await concede(lot, contract))).toContain('standard-failed');
    expect(await stateOf(lot)).toEqual(['none']);
  });
});
