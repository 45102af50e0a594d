import { createHash } from 'node:crypto';
import { day, type Firm, kg, QualityBench } from '../testing/quality-bench';
import { firms, LAB_ROLES, playSeason, report, sampling, type Season, shipping } from '../testing/season';
import { reportsOf } from './reports-of';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
let rival: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
  rival = await bench.firm('RIVAL', 'laboratory', [...LAB_ROLES, 'quality-head']);
});
afterAll(() => bench.close());

let n = 0;
const body = (batch: string, more: object = {}) => ({
  number: `N-${++n}`, batch, standard: '《中国药典》2020 年版一部 连翘',
  items: [{ test: '水分', value: '<0.10', unit: '%', limitText: '不得过 10.0%' }, { test: '性状', value: '𮬢𠮿，黄棕色', verdict: 'pass' }], ...more,
});
const enter = (who: { token: string } | undefined, sent: object, headers = {}) => bench.send(who, 'POST', '/api/v1/test-reports', sent, headers);
const sign = (who: { token: string } | undefined, id: string, step: 'review' | 'approval', sent: object) => bench.send(who, 'POST', `/api/v1/test-reports/${id}/${step}`, sent);
const nodeOf = async (uri: string): Promise<string> => {
  const [row] = await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [uri]);
  return row.id;
};
const counting = async (uri: string) => (await reportsOf(bench.dataSource, [await nodeOf(uri)])).map(({ id, verdict }) => `${id} ${verdict}`);

describe('who may not', () => {
  it('enters, reviews, approves or reads nothing', async () => {
    const season = await playSeason(bench, people);
    const { laboratory: { as: lab } } = season;
    const size = await bench.size();
    expect((await enter(undefined, body(season.dried))).statusCode).toBe(401);
    expect((await enter(lab['lab-reviewer'], body(season.dried))).statusCode).toBe(403);
    expect((await enter(season.coop.owner, body(season.dried))).statusCode).toBe(403);
    expect(await bench.size()).toBe(size);
    const { id } = (await enter(lab['lab-tester'], body(season.dried))).json();
    expect((await sign(lab['lab-tester'], id, 'review', {})).statusCode).toBe(403);
    expect((await sign(rival.as['lab-reviewer'], id, 'review', {})).statusCode).toBe(404);
    expect((await sign(lab['lab-approver'], id, 'approval', { verdict: 'pass' })).json().type).toBe('urn:daodi:problem:report-out-of-order');
    for (const reader of [season.factory.owner, season.coop.owner, rival.owner]) {
      expect((await bench.send(reader, 'GET', `/api/v1/test-reports/${id}`)).statusCode).toBe(404);
    }
    expect(await bench.size()).toBe(size + 1);
    expect(await counting(season.dried)).toEqual([]);
  });

  it('is one person in two places: tester, reviewer and approver are three', async () => {
    const season = await playSeason(bench, people);
    const one = await bench.person(people.laboratory.owner, `one-${++n}`, LAB_ROLES);
    const { id } = (await enter(one, body(season.dried))).json();
    expect((await sign(one, id, 'review', {})).json().type).toBe('urn:daodi:problem:same-person');
    expect((await sign(people.laboratory.as['lab-reviewer'], id, 'review', {})).statusCode).toBe(200);
    expect((await sign(one, id, 'approval', { verdict: 'pass' })).json().type).toBe('urn:daodi:problem:same-person');
    expect((await sign(people.laboratory.as['lab-approver'], id, 'approval', { verdict: 'pass' })).statusCode).toBe(200);
    expect((await sign(people.laboratory.as['lab-approver'], id, 'approval', { verdict: 'fail' })).statusCode).toBe(409);
  });

  it('is a key, but for entering what a named tester found', async () => {
    const season = await playSeason(bench, people);
    const key = (await bench.send(people.laboratory.owner, 'POST', '/api/v1/api-keys', { name: 'LIMS', roles: [...LAB_ROLES], scopes: ['read', 'write'] })).json();
    const lims = { token: key.key ?? key.secret ?? key.token };
    expect((await enter(lims, body(season.dried))).json().errors[0]).toMatchObject({ pointer: '/tester', rule: 'unknown-person' });
    expect((await enter(lims, body(season.dried, { tester: rival.as['lab-tester']?.personId }))).statusCode).toBe(422);
    const entered = await enter(lims, body(season.dried, { tester: people.laboratory.as['lab-tester']?.personId }));
    expect(entered.statusCode).toBe(201);
    expect((await sign(lims, entered.json().id, 'review', {})).json().type).toBe('urn:daodi:problem:person-needed');
    await sign(people.laboratory.as['lab-reviewer'], entered.json().id, 'review', {});
    expect((await sign(lims, entered.json().id, 'approval', { verdict: 'pass' })).json().type).toBe('urn:daodi:problem:person-needed');
  });
});

describe('a report', () => {
  it('keeps every value as the laboratory wrote it, and names its entry for each step', async () => {
    const season = await playSeason(bench, people);
    const id = await report(bench, people.laboratory, season.dried, 'pass', body(season.dried));
    const read = (await bench.send(people.laboratory.owner, 'GET', `/api/v1/test-reports/${id}`)).json();
    expect(read.items).toEqual([{ test: '水分', value: '<0.10', unit: '%', limitText: '不得过 10.0%' }, { test: '性状', value: '𮬢𠮿，黄棕色', verdict: 'pass' }]);
    expect(read).toMatchObject({ status: 'approved', verdict: 'pass', tester: people.laboratory.as['lab-tester']?.personId });
    const entries = await bench.dataSource.query(`SELECT e.type, y.body ->> 'change' AS change FROM entry e JOIN entry_body y USING (position) WHERE y.body ->> 'subject' = $1 ORDER BY position`, [id]);
    expect(entries).toEqual(['created', 'changed', 'decided'].map((change) => ({ type: 'test-report', change })));
  });

  it('says how each item was measured, when, and why it was amended; whoever reads it reads that', async () => {
    const season = await playSeason(bench, people);
    const first = await report(bench, people.laboratory, season.dried, 'pass');
    const items = [{ test: '含量测定', analyte: '连翘苷', value: '0.31', unit: '%', instrument: 'HPLC-03', referenceLot: 'FX-2026-07', rawFileDigest: 'a'.repeat(64) }, { test: '农药残留', value: '未检出', subcontractor: '晋安检测' }];
    const said = { items, receivedOn: '2026-08-30', testedFrom: '2026-08-31', testedUntil: '2026-08-30', amendedBecause: '委托单位地址有误' };
    expect((await enter(people.laboratory.as['lab-tester'], body(season.dried, { items: [{ ...items[0], rawFileDigest: 'none' }] }))).json().errors[0]).toMatchObject({ pointer: '/items/0/rawFileDigest' });
    const id = await report(bench, people.laboratory, season.dried, 'pass', { ...said, supersedes: first, issuedOn: '2026-09-01' });
    expect((await bench.send(season.factory.owner, 'GET', `/api/v1/test-reports/${id}`)).json()).toMatchObject(said);
    await bench.drain();
    const overview = (await bench.send(season.factory.owner, 'GET', `/api/v1/quality?batch=${encodeURIComponent(season.dried)}`)).json();
    expect(overview.reports.map((one: { id: string }) => one.id)).toEqual([first, id]);
    expect(overview.findings.map((one: { rule: string }) => one.rule)).toEqual(['report-days-disordered']);
  });

  it('bears a mark for what the laboratory is accredited for, as far as that is on record, by its own word or by the reader’s', async () => {
    const season = await playSeason(bench, people);
    const items = [{ test: '水分', value: '6.1', unit: '%' }, { test: '总灰分', value: '2.9', unit: '%' }];
    const id = await report(bench, people.laboratory, season.dried, 'pass', { commissioner: 'COOP', items, marks: ['CMA'], issuedOn: '2026-09-01' });
    const stands = async (firm: Firm) => (await bench.send(firm.owner, 'GET', `/api/v1/test-reports/${id}`)).json().accreditation[0].items.map(({ coverage }: { coverage: string }) => coverage);
    const accused = async (firm: Firm) => {
      await bench.drain();
      const { findings } = (await bench.send(firm.owner, 'GET', `/api/v1/quality?batch=${encodeURIComponent(season.dried)}`)).json();
      return findings.filter(({ rule }: { rule: string }) => rule === 'report-outside-accreditation').map((one: { severity: string; accused: string; numbers: { items: { test: string }[] } }) => `${one.severity} ${one.accused} ${one.numbers.items.map(({ test }) => test)}`);
    };
    const certificate = { laboratory: people.laboratory.code, scheme: 'CMA', number: '2304', validFrom: '2024-01-01', validTo: '2029-12-31', scope: [{ test: '水分' }] };
    expect([await stands(season.factory), await accused(season.factory)]).toEqual([['not-on-record', 'not-on-record'], []]);
    expect((await bench.send(rival.owner, 'POST', '/api/v1/accreditations', { ...certificate, scope: [{ test: '性状' }] })).statusCode).toBe(201);
    expect([await stands(season.factory), await accused(season.factory)]).toEqual([['not-on-record', 'not-on-record'], []]);
    const put = (await bench.send(season.factory.owner, 'POST', '/api/v1/accreditations', certificate)).json();
    expect([await stands(season.factory), await stands(season.coop)]).toEqual([['covered', 'outside'], ['not-on-record', 'not-on-record']]);
    expect(await accused(season.factory)).toEqual(['warning laboratory 总灰分']);
    expect((await bench.send(season.factory.owner, 'PATCH', `/api/v1/accreditations/${put.id}`, { validTo: '2026-08-31' })).statusCode).toBe(200);
    expect([await stands(season.factory), await accused(season.factory)]).toEqual([['expired', 'outside'], ['warning laboratory 水分,总灰分']]);
    const { laboratory: _l, ...own } = certificate;
    expect((await bench.send(people.laboratory.owner, 'POST', '/api/v1/accreditations', { ...own, scope: [{ test: '水分' }, { test: '总灰分' }] })).statusCode).toBe(201);
    expect([await stands(season.factory), await stands(season.coop), await accused(season.factory)]).toEqual([['covered', 'covered'], ['covered', 'covered'], []]);
    expect((await bench.send(season.coop.owner, 'GET', `/api/v1/test-reports/${id}/pdf`)).statusCode).toBe(200);
    const draft = (await enter(people.laboratory.as['lab-tester'], body(season.dried, { items, marks: ['CMA'] }))).json().id;
    expect((await bench.send(people.laboratory.owner, 'GET', `/api/v1/test-reports/${draft}`)).json().accreditation).toMatchObject([{ mark: 'CMA', items: [{ coverage: 'covered' }, { coverage: 'covered' }] }]);
  });

  it('is read by laboratory, commissioner and readers of the batch, without the laboratory’s people', async () => {
    const season = await playSeason(bench, people);
    const id = await report(bench, people.laboratory, season.dried, 'pass', { commissioner: 'COOP' });
    const read = async (firm: Firm) => bench.send(firm.owner, 'GET', `/api/v1/test-reports/${id}`);
    expect((await read(rival)).statusCode).toBe(404);
    for (const firm of [season.factory, season.coop]) {
      const answer = (await read(firm)).json();
      expect(answer).toMatchObject({ id, verdict: 'pass' });
      expect(Object.keys(answer).filter((k) => ['tester', 'reviewer', 'approver'].includes(k))).toEqual([]);
    }
    const listed = await bench.send(season.factory.owner, 'GET', `/api/v1/test-reports?batch=${encodeURIComponent(season.dried)}`);
    expect(listed.json().items.map((r: { id: string }) => r.id)).toEqual([id]);
    const overview = await bench.send(season.factory.owner, 'GET', `/api/v1/quality?batch=${encodeURIComponent(season.dried)}`);
    expect(overview.json()).toMatchObject({ release: { state: 'none' }, reports: [{ id }], findings: [] });
    expect((await bench.send(rival.owner, 'GET', `/api/v1/quality?batch=${encodeURIComponent(season.dried)}`)).statusCode).toBe(404);
  });

  it('of a laboratory nobody asked is a claim: answered the same, whether or not the batch exists, and never counted', async () => {
    const season = await playSeason(bench, people);
    const strip = (text: string) => ({ ...JSON.parse(text), id: '', number: '', batch: '', canonical: '' });
    const real = await enter(rival.as['lab-tester'], body(season.dried, { commissioner: 'FACTORY' }));
    const absent = await enter(rival.as['lab-tester'], body('urn:daodi:b:00000000000', { commissioner: 'FACTORY' }));
    expect([real.statusCode, strip(real.body)]).toEqual([absent.statusCode, strip(absent.body)]);
    await report(bench, rival, season.dried, 'fail', { commissioner: 'FACTORY' });
    expect(await counting(season.dried)).toEqual([]);
    const listed = await bench.send(season.coop.owner, 'GET', `/api/v1/test-reports?batch=${encodeURIComponent(season.dried)}`);
    expect(listed.json().items).toEqual([]);
  });

  it('counts once the sample drawn for its laboratory is on record, though that came later', async () => {
    const season = await playSeason(bench, people);
    const id = await report(bench, rival, season.dried, 'pass');
    expect(await counting(season.dried)).toEqual([]);
    await bench.say(season.factory, sampling(season.dried, 1, day(6), rival, 'S-9'));
    expect(await counting(season.dried)).toEqual([`${id} pass`]);
  });

  it('counts where the holder commissioned it, shipped to it, or tests in-house; not by a stranger’s commission', async () => {
    const season = await playSeason(bench, people);
    const commissioned = await report(bench, rival, season.fresh, 'pass');
    const commission = (firm: Firm) => bench.send(firm.owner, 'POST', '/api/v1/test-commissions', { batch: season.fresh, laboratory: 'RIVAL' });
    expect((await commission(rival)).statusCode).toBe(404);
    expect(await counting(season.fresh)).toEqual([]);
    expect((await commission(season.coop)).statusCode).toBe(201);
    expect(await counting(season.fresh)).toEqual([`${commissioned} pass`]);
    const own = await report(bench, season.factory, season.fresh, 'pass');
    expect(await counting(season.fresh)).toEqual([`${commissioned} pass`, `${own} pass`]);
    const lot = await bench.issue(season.coop, 'lianqiao');
    await bench.say(season.coop, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: day(1), quantityList: [kg(lot, 5)] });
    await bench.say(season.coop, shipping(lot, 1, season.coop, rival, day(2)));
    await report(bench, rival, lot, 'fail', { commissioner: 'COOP' });
    const [shipped] = await reportsOf(bench.dataSource, [await nodeOf(lot)]);
    expect(shipped?.organisations).toEqual([rival.id, season.coop.id].sort());
  });

  it('that amends another keeps its batch and sample, stands alone, and changes no verdict', async () => {
    const season = await playSeason(bench, people);
    const failed = await report(bench, people.laboratory, season.dried, 'fail');
    const draft = (more: object) => enter(people.laboratory.as['lab-tester'], body(season.dried, { supersedes: failed, sampleNumber: 'S-1', ...more }));
    expect((await draft({ sampleNumber: 'S-2' })).json().errors[0]).toMatchObject({ pointer: '/supersedes', rule: 'other-sample' });
    expect((await draft({ batch: season.fresh })).json().errors[0]).toMatchObject({ rule: 'other-sample' });
    expect((await enter(rival.as['lab-tester'], body(season.dried, { supersedes: failed, sampleNumber: 'S-1' }))).json().errors[0]).toMatchObject({ rule: 'unknown-report' });
    const amended = await report(bench, people.laboratory, season.dried, 'pass', { supersedes: failed });
    expect(await counting(season.dried)).toEqual([`${failed} fail`, `${amended} undetermined`]);
    expect((await draft({})).json().type).toBe('urn:daodi:problem:report-amended-already');
    const release = () => bench.send(season.factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: season.dried, decision: 'released' });
    expect((await release()).json().reasons.map((r: { rule: string }) => r.rule)).toEqual(['no-passing-report', 'report-amended']);
    await report(bench, people.laboratory, season.dried, 'pass', { issuedOn: '2026-09-01' });
    expect((await release()).json().reasons.map((r: { rule: string }) => r.rule)).toEqual(['report-amended']);
    await report(bench, people.laboratory, season.dried, 'pass', { sampleNumber: 'S-2', issuedOn: '2026-09-01' });
    expect((await release()).statusCode).toBe(201);
  });

  it('has a number of its own in its laboratory, and is entered once under its key', async () => {
    const season = await playSeason(bench, people);
    const sent = body(season.dried);
    const key = { 'idempotency-key': `report ${n}` };
    const first = await enter(people.laboratory.as['lab-tester'], sent, key);
    const again = await enter(people.laboratory.as['lab-tester'], sent, key);
    expect(again.json()).toEqual(first.json());
    expect((await enter(people.laboratory.as['lab-tester'], sent)).json().errors[0]).toMatchObject({ pointer: '/number', rule: 'number-taken' });
    expect((await enter(rival.as['lab-tester'], sent)).statusCode).toBe(201);
  });
});

describe('the paper of a report', () => {
  const bytes = Buffer.from('%PDF-1.7\n检验报告\n%%EOF');
  const digest = createHash('sha256').update(bytes).digest('hex');
  const put = (who: { token: string }) => bench.app.inject({ method: 'PUT', url: `/api/v1/files/${digest}`, payload: bytes, headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/pdf' } });
  const read = async (who: { token: string }) => (await bench.send(who, 'GET', `/api/v1/files/${digest}`)).statusCode;

  it('is read by whoever may read the report, once its laboratory handed it in; by nobody for naming its digest', async () => {
    const season = await playSeason(bench, people);
    const { laboratory, factory, coop } = season;
    const head = factory.as['quality-head']!;
    await report(bench, laboratory, season.dried, 'pass', { fileDigest: digest });
    expect([await read(laboratory.owner), await read(head)]).toEqual([404, 404]);
    expect((await put(laboratory.as['lab-tester']!)).statusCode).toBe(201);
    expect([await read(laboratory.owner), await read(head), await read(rival.owner)]).toEqual([200, 200, 404]);
    // The cooperative's goods went into the batch; what became of them is not for it to read.
    expect(await read(coop.owner)).toBe(404);
    // A laboratory that names the digest in a report of its own gains nothing by it.
    const other = await playSeason(bench, people);
    const { id } = (await enter(rival.as['lab-tester'], body(other.dried, { fileDigest: digest }))).json();
    await sign(rival.as['lab-reviewer'], id, 'review', {});
    await sign(rival.as['lab-approver'], id, 'approval', { verdict: 'pass' });
    expect(await read(rival.owner)).toBe(404);
  });

  it('is not read before the report is signed', async () => {
    const season = await playSeason(bench, people);
    const early = Buffer.from('%PDF-1.7\n草稿\n%%EOF');
    const draft = createHash('sha256').update(early).digest('hex');
    await bench.app.inject({ method: 'PUT', url: `/api/v1/files/${draft}`, payload: early, headers: { authorization: `Bearer ${season.laboratory.as['lab-tester']!.token}`, 'content-type': 'application/pdf' } });
    const { id } = (await enter(season.laboratory.as['lab-tester'], body(season.dried, { fileDigest: draft, commissioner: season.factory.code }))).json();
    const asks = async () => (await bench.send(season.factory.as['quality-head'], 'GET', `/api/v1/files/${draft}`)).statusCode;
    expect(await asks()).toBe(404);
    await sign(season.laboratory.as['lab-reviewer'], id, 'review', {});
    await sign(season.laboratory.as['lab-approver'], id, 'approval', { verdict: 'fail' });
    expect(await asks()).toBe(200);
  });
});

describe('a report as a paper', () => {
  const items = Array.from({ length: 40 }, (_, i) => ({ test: '重金属及有害元素', analyte: `元素 ${i} 𠮿`, value: '8.10', unit: 'mg/kg', limitText: '不得过 10.0 mg/kg', verdict: 'pass' }));
  const paperOf = (who: { token: string } | undefined, id: string) => bench.send(who, 'GET', `/api/v1/test-reports/${id}/pdf`);

  it('goes over as many pages as it needs, to whoever may read it and nobody else', async () => {
    const season = await playSeason(bench, people);
    const id = await report(bench, season.laboratory, season.dried, 'pass', { items });
    for (const who of [season.laboratory.owner, season.factory.owner]) {
      const paper = await paperOf(who, id);
      expect([paper.statusCode, paper.headers['content-type'], paper.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
      expect(paper.rawPayload.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBe(2);
    }
    expect((await paperOf(undefined, id)).statusCode).toBe(401);
    for (const foreign of [id, '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70']) expect((await paperOf(rival.owner, foreign)).statusCode).toBe(404);
  });

  it('carries the digest of what is recorded, which is the same for every reader, and another once anything is', async () => {
    const season = await playSeason(bench, people);
    const id = await report(bench, season.laboratory, season.dried, 'pass');
    const digestFor = async (who: { token: string } | undefined, of = id) => (await bench.send(who, 'GET', `/api/v1/test-reports/${of}`)).json().recordDigest;
    const digest = await digestFor(season.laboratory.owner);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await digestFor(season.factory.owner)).toBe(digest);
    expect(await digestFor(season.laboratory.owner, await report(bench, season.laboratory, season.dried, 'pass'))).not.toBe(digest);
  });
});

describe('results read from an instrument’s file', () => {
  const template = { name: '液相', instrument: 'HPLC-03', sampleColumn: '样品编号', results: [{ column: '水分(%)', test: '水分', unit: '%' }] };
  const preview = (who: { token: string } | undefined, id: string, csv: string) => bench.send(who, 'POST', '/api/v1/test-reports/imports/preview', { template: id, file: Buffer.from(csv).toString('base64') });

  it('are items ready to be entered, of the batch their sample was drawn of; nothing is stored', async () => {
    const season = await playSeason(bench, people);
    const tester = season.laboratory.as['lab-tester'];
    await bench.say(season.factory, {
      type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sampling', eventTime: day(6), quantityList: [kg(season.dried, 0.1)], 'daodi:sample': { number: 'S-HPLC', kind: 'test', how: 'drawn' },
      sourceList: [{ type: 'possessing_party', source: `urn:daodi:org:${season.factory.code}` }], destinationList: [{ type: 'possessing_party', destination: `urn:daodi:org:${season.laboratory.code}` }],
    });
    const { id } = (await bench.send(tester, 'POST', '/api/v1/instrument-templates', template)).json();
    const size = await bench.size();
    const csv = '样品编号,水分(%)\nS-HPLC,8.10\nS-HPLC,8.20\nS-NOBODY,7.9\n';
    const read = (await preview(tester, id, csv)).json();
    expect(await bench.size()).toBe(size);
    const rawFileDigest = createHash('sha256').update(csv).digest('hex');
    expect(read).toEqual({
      rawFileDigest, faults: [],
      samples: [
        { sampleNumber: 'S-HPLC', rows: [2, 3], batch: season.dried, items: [{ test: '水分', unit: '%', value: '8.10/8.20', instrument: 'HPLC-03', rawFileDigest }] },
        { sampleNumber: 'S-NOBODY', rows: [4], unknown: 'not-on-record', items: [expect.objectContaining({ value: '7.9' })] },
      ],
    });
    const entered = await enter(tester, body(season.dried, { sampleNumber: 'S-HPLC', items: read.samples[0].items }));
    expect([entered.statusCode, entered.json().items[0]]).toEqual([201, expect.objectContaining({ value: '8.10/8.20', rawFileDigest })]);
    // Another laboratory knows neither the template nor whose samples these are.
    expect((await preview(rival.as['lab-tester'], id, csv)).json().errors).toMatchObject([{ pointer: '/template', rule: 'unknown-template' }]);
    const theirs = (await bench.send(rival.as['lab-tester'], 'POST', '/api/v1/instrument-templates', template)).json().id;
    expect((await preview(rival.as['lab-tester'], theirs, csv)).json().samples.map(({ unknown }: { unknown: string }) => unknown)).toEqual(['not-on-record', 'not-on-record']);
    expect((await preview(season.factory.owner, id, csv)).statusCode).toBe(403);
    expect((await preview(tester, id, '\u0000PK')).statusCode).toBeLessThan(500);
  });
});

