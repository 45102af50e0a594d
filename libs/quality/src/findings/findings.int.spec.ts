import { catchUp, rebuild } from '@daodi/log';
import { BENCH_FOLLOWERS, day, type Firm, kg, PASSWORD, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { drying, firms, harvest, planting, playSeason, receiving, report, type Season, shipping } from '../testing/season';
import { findingsFollower } from './findings.follower';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
let other: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
  other = await bench.firm('OTHER', 'processor', ['quality-head']);
});
afterAll(() => bench.close());

/** Findings as somebody sees them: `severity rule batch share`, with batches by a name. */
async function seen(firm: Firm, names: Record<string, string>, query = ''): Promise<string[]> {
  await bench.drain();
  const all: string[] = [];
  for (const [uri, name] of Object.entries(names)) {
    const page = await bench.send(firm.owner, 'GET', `/api/v1/findings?batch=${encodeURIComponent(uri)}${query}`);
    if (page.statusCode !== 200) throw new Error(page.body);
    for (const f of page.json().items) all.push(`${f.severity} ${f.rule} ${name} ${f.share}`);
  }
  return all.sort();
}

const orders = <T>(items: readonly T[]): T[][] =>
  items.length < 2 ? [[...items]] : items.flatMap((item, i) => orders([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]));

/** A small chain whose harvest may come last: crop, harvest, shipment, receipt, drying. */
async function chain(weights: { readonly harvested: number; readonly dried: number }) {
  const { coop, factory } = people;
  const crop = await bench.issue(coop, 'lianqiao', 'crop');
  const fresh = await bench.issue(coop, 'lianqiao');
  const dried = await bench.issue(factory, 'lianqiao');
  await bench.say(coop, planting(crop, day(1)));
  const events: [Firm, Record<string, unknown>][] = [
    [coop, harvest(crop, fresh, weights.harvested, day(2))],
    [coop, shipping(fresh, 100, coop, factory, day(3))],
    [factory, receiving(fresh, 100, coop, factory, day(4))],
    [factory, drying(fresh, 100, dried, weights.dried, 70, day(5))],
  ];
  return { fresh, dried, events, names: { [fresh]: 'fresh', [dried]: 'dried' } };
}

describe('findings', () => {
  it('close by themselves when the missing harvest arrives, in every order of arrival', async () => {
    for (const order of orders([0, 1, 2, 3])) {
      const { events, names } = await chain({ harvested: 100, dried: 30 });
      const open: boolean[] = [];
      for (const i of order) {
        const [firm, event] = events[i] as [Firm, Record<string, unknown>];
        await bench.say(firm, event);
        await catchUp(bench.dataSource, findingsFollower);
        const [row] = await bench.dataSource.query(
          `SELECT count(*) AS count FROM finding f JOIN identifier i ON i.id = f.identifier WHERE i.canonical = ANY($1)`, [Object.keys(names)]);
        open.push(row.count !== '0');
      }
      // What left before it was there is owed; who receives or dries what nothing says was shipped to it, claims.
      expect([order, open[0]]).toEqual([order, order[0] === 1]);
      expect([order, open.at(-1)]).toEqual([order, false]);
      expect(await seen(people.factory, names)).toEqual([]);
      expect(await seen(people.coop, names)).toEqual([]);
    }
  });

  it('upstream say what they are and none of the numbers of whose they are', async () => {
    const { events, names } = await chain({ harvested: 90, dried: 30 });
    for (const [firm, event] of events as [Firm, Record<string, unknown>][]) await bench.say(firm, event);
    await bench.drain();
    const listed = async (who: Firm) => (await bench.send(who.owner, 'GET', '/api/v1/findings?limit=500')).json().items.filter(({ batch, rule }: { batch: string; rule: string }) => names[batch] !== undefined && rule === 'overdrawn');
    expect(await listed(people.coop)).toMatchObject([{ share: 'own', numbers: { uom: 'KGM' } }]);
    const upstream = (await listed(people.factory)).filter(({ share }: { share: string }) => share === 'upstream');
    expect(upstream.map(({ title, numbers }: { title: { zh: string }; numbers?: object }) => [title.zh, numbers])).toEqual([['出库多于账面', undefined]]);
  });

  it('say who is accused and by which entries, to each as far as it may read', async () => {
    const { fresh, events } = await chain({ harvested: 90, dried: 30 });
    const sent: string[] = [];
    for (const [firm, event] of events as [Firm, Record<string, unknown>][]) sent.push(await bench.say(firm, event));
    await bench.drain();
    const listed = async (who: Firm) => (await bench.send(who.owner, 'GET', `/api/v1/findings?batch=${encodeURIComponent(fresh)}`)).json().items
      .map(({ rule, share, accused, supplier, evidence, evidenceWithheld }: Record<string, unknown>) => JSON.parse(JSON.stringify({ rule, share, accused, supplier, evidence, evidenceWithheld })));
    const supplier = { id: people.coop.id, name: expect.any(String) };
    expect(await listed(people.coop)).toEqual([{ rule: 'overdrawn', share: 'own', accused: 'own', evidence: [sent[1]] }]);
    // The factory bought in good faith: it is told, and by what it could read anyway.
    expect(await listed(people.factory)).toEqual(expect.arrayContaining([
      { rule: 'overdrawn', share: 'upstream', accused: 'supplier', supplier, evidence: [sent[1]] },
      { rule: 'overdrawn-at-sender', share: 'own', accused: 'supplier', supplier, evidence: [sent[1], sent[2]].sort() },
    ]));
  });

  it('name the laboratory whose report contradicts itself, to whose share it is about', async () => {
    const season = await playSeason(bench, people);
    const id = await report(bench, season.laboratory, season.dried, 'pass', { items: [{ test: '水分', value: '12.4', unit: '%', limitText: '不得过 10.0%', verdict: 'pass' }] });
    await bench.drain();
    const { items } = (await bench.send(people.factory.owner, 'GET', `/api/v1/findings?rule=report-contradicts-itself&batch=${encodeURIComponent(season.dried)}`)).json();
    expect(items).toMatchObject([{ severity: 'blocking', accused: 'laboratory', laboratory: { id: people.laboratory.id }, evidence: [id] }]);
    expect((await bench.send(people.factory.owner, 'GET', '/api/v1/findings?accused=own&limit=500')).json().items.map(({ id: own }: { id: string }) => own)).not.toContain(items[0].id);
  });

  it('are the same in every order of arrival, and whether read one by one or all at once', async () => {
    const expected = [
      'blocking overdrawn fresh own', 'blocking overdrawn fresh upstream', 'blocking overdrawn-at-sender fresh own', 'blocking step-surplus dried own',
    ];
    for (const [n, order] of orders([0, 1, 2, 3]).entries()) {
      const { events, names } = await chain({ harvested: 90, dried: 31 });
      for (const i of order) {
        const [firm, event] = events[i] as [Firm, Record<string, unknown>];
        await bench.say(firm, event);
        if (n % 2 === 0) await catchUp(bench.dataSource, findingsFollower);
      }
      expect([order, await seen(people.factory, names)]).toEqual([order, expected]);
      expect(await seen(people.coop, names)).toEqual(['blocking overdrawn fresh own']);
    }
  });

  it('are about whose share of a lot it is, and never a matter of those it came from or of other buyers', async () => {
    const season = await playSeason(bench, people);
    await bench.say(season.factory, shipping(season.dried, 10, season.factory, other, day(7)));
    await bench.say(season.factory, shipping(season.dried, 10, season.factory, season.coop, day(7)));
    await bench.say(other, receiving(season.dried, 10, season.factory, other, day(8)));
    await bench.say(other, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: day(9), quantityList: [kg(season.dried, 60)] });
    const names = { [season.dried]: 'dried' };
    expect(await seen(other, names)).toEqual(['blocking overdrawn dried own']);
    expect(await seen(season.factory, names)).toEqual([]);
    expect(await seen(season.coop, names)).toEqual([]);
    expect(await seen(people.laboratory, names)).toEqual([]);
  });

  it('say nothing of what somebody only claims', async () => {
    const season = await playSeason(bench, people);
    const rival = other;
    await bench.say(rival, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', eventTime: day(5), quantityList: [kg(season.fresh, 3000)] });
    await bench.say(rival, drying(season.fresh, 10, season.dried, 90, 0, day(5)));
    const names = { [season.fresh]: 'fresh', [season.dried]: 'dried' };
    expect(await seen(season.factory, names)).toEqual([]);
    expect(await seen(rival, names)).toEqual([]);
  });

  it('close when a report is amended away or a prefix, herb or code record is corrected', async () => {
    const season = await playSeason(bench, people);
    const names = { [season.dried]: 'dried' };
    const code = season.dried.slice('urn:daodi:b:'.length);
    const said = { code, uri: season.dried, kind: 'batch' };
    await bench.record(season.factory, 'batch', code, { ...said, herb: 'huangqin' });
    expect(await seen(season.factory, names)).toEqual(['blocking identity-changed dried own']);
    await bench.record(season.factory, 'batch', code, { ...said, herb: 'lianqiao' });
    expect(await seen(season.factory, names)).toEqual([]);
    await report(bench, season.laboratory, season.dried, 'undetermined');
    expect(await seen(season.factory, names, '&severity=blocking')).toEqual(['blocking report-undetermined dried own']);
    expect(await seen(season.factory, names, '&severity=note')).toEqual([]);
    await report(bench, season.laboratory, season.dried, 'pass', { sampleNumber: 'S-2', issuedOn: '2026-08-20' });
    expect(await seen(season.factory, names)).toEqual([]);
  });

  it('see a picking grade retyped through 统货 and a batch without a grade, whichever is known last, and close when it was ripe all along', async () => {
    const { factory } = people;
    const [fresh, mixed, plain, sold] = [await bench.issue(factory, 'lianqiao'), await bench.issue(factory, 'lianqiao'), await bench.issue(factory, 'lianqiao'), await bench.issue(factory, 'lianqiao')];
    const grade = (uri: string, as: string) => {
      const code = uri.slice('urn:daodi:b:'.length);
      return bench.record(factory, 'batch', code, { code, uri, kind: 'batch', herb: 'lianqiao', grade: as });
    };
    const crop = await bench.issue(factory, 'lianqiao', 'crop');
    const graded = async () => (await seen(factory, { [sold]: 'sold' })).filter((line) => line.includes('grade'));
    await grade(sold, '老翘');
    await grade(mixed, '统货');
    await bench.say(factory, drying(plain, 28, sold, 28, 0, day(6)));
    await bench.say(factory, drying(mixed, 28, plain, 28, 0, day(5)));
    await bench.say(factory, drying(fresh, 100, mixed, 28, 72, day(4)));
    await bench.say(factory, planting(crop, day(1)));
    await bench.say(factory, harvest(crop, fresh, 100, day(2)));
    expect(await graded()).toEqual([]);
    await grade(fresh, '青翘');
    expect(await graded()).toEqual(['blocking grade-retyped sold own']);
    await grade(fresh, '老翘');
    expect(await graded()).toEqual([]);
  });

  it('are the same rows after a rebuild of everything', async () => {
    await bench.drain();
    const rebuilt = await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all');
    const tables = rebuilt.flatMap(({ tables: t }) => t).filter(({ table }) => /^(finding|test_report|test_commission|release_decision|quality_hold|finding_decision)$/.test(table));
    expect(tables.map(({ table }) => table).sort()).toEqual(['finding', 'finding_decision', 'quality_hold', 'release_decision', 'test_commission', 'test_report']);
    expect(tables.find(({ table }) => table === 'finding')?.rows).toBeGreaterThan(50);
    for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  });
});

describe('a decision on a finding', () => {
  let season: Season;
  let warning: string;
  let second: { token: string };
  const sign = async (who: { token: string } | undefined, id: string, password = PASSWORD, meaning = 'finding-accepted') =>
    bench.send(who, 'POST', '/api/v1/signatures', { password, meaning, about: id });
  const decide = async (who: { token: string } | undefined, id: string, signature?: string) => {
    const token = signature ?? ((await sign(who, id)).json().token as string | undefined) ?? 'none';
    return bench.send(who, 'POST', `/api/v1/findings/${id}/decision`, { reason: '称重误差在允许范围内', signature: token });
  };
  const findings = async (rule: string) => {
    await bench.drain();
    const page = await bench.send(season.factory.owner, 'GET', `/api/v1/findings?rule=${rule}&batch=${encodeURIComponent(season.dried)}`);
    return page.json().items;
  };
  let n = 0;
  beforeEach(async () => {
    season = await playSeason(bench, people);
    await bench.say(season.factory, shipping(season.fresh, 0, season.factory, season.coop, day(6)));
    const { coop, factory } = people;
    const fresh = await bench.issue(coop, 'lianqiao');
    await bench.say(coop, harvest(season.crop, fresh, 10, day(2)));
    await bench.say(coop, shipping(fresh, 10, coop, factory, day(3)));
    await bench.say(factory, drying(fresh, 10, season.dried, 3, 6, day(5)));
    [{ id: warning }] = await findings('step-missing');
    second = await bench.person(season.factory.owner, `second-${++n}`, ['quality-head']);
  });

  it('is not for strangers, other roles, keys', async () => {
    const size = await bench.size();
    expect((await decide(undefined, warning)).statusCode).toBe(401);
    expect((await decide(season.factory.as['warehouse'], warning)).statusCode).toBe(403);
    expect((await decide(other.as['quality-head'], warning)).statusCode).toBe(404);
    expect((await decide(season.coop.as['quality-head'], warning)).statusCode).toBe(404);
    expect((await bench.send(other.owner, 'GET', `/api/v1/findings/${warning}`)).statusCode).toBe(404);
    expect(await bench.size()).toBe(size);
  });

  it('takes two people, and is void when the numbers change', async () => {
    const head = season.factory.as['quality-head'];
    const first = await decide(head, warning);
    expect([first.statusCode, first.json().state]).toEqual([201, 'signed-once']);
    expect((await decide(head, warning)).json().type).toBe('urn:daodi:problem:same-person');
    expect((await findings('step-missing'))[0]).toMatchObject({ state: 'signed-once' });
    expect((await decide(second, warning)).json().state).toBe('accepted');
    expect((await findings('step-missing'))[0]).toMatchObject({ state: 'accepted' });
    expect((await decide(season.factory.owner, warning)).json().type).toBe('urn:daodi:problem:decided-already');
    await bench.say(season.factory, { type: 'TransformationEvent', eventTime: day(5), inputQuantityList: [kg(season.fresh, 0.5)], outputQuantityList: [kg(season.dried, 0.1)] });
    expect((await findings('step-missing'))[0]).toMatchObject({ id: warning, state: 'open' });
  });

  it('is signed with the password given again, for this finding and once', async () => {
    const head = season.factory.as['quality-head'];
    const size = await bench.size();
    const wrong = await sign(head, warning, 'not the password');
    expect([wrong.statusCode, wrong.json().type]).toEqual([403, 'urn:daodi:problem:password-wrong']);
    expect((await sign(undefined, warning)).statusCode).toBe(401);
    const other = (await sign(head, '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70')).json().token;
    const theirs = (await sign(second, warning)).json().token;
    for (const token of ['dg_made-up', other, theirs]) {
      const refused = await decide(head, warning, token);
      expect([refused.statusCode, refused.json().type, refused.json().errors?.[0]?.pointer]).toEqual([403, 'urn:daodi:problem:signature-needed', '/signature']);
    }
    expect(await bench.size()).toBe(size);
    const given = (await sign(head, warning)).json();
    expect(given).toMatchObject({ meaning: 'finding-accepted', statement: { zh: expect.stringContaining('负责'), en: expect.stringContaining('answer for it') } });
    const taken = await decide(head, warning, given.token);
    expect([taken.statusCode, taken.json().electronicSignature]).toEqual([201, { meaning: 'finding-accepted', statement: given.statement, by: 'password' }]);
    const [kept] = await bench.dataSource.query(`SELECT state -> 'electronicSignature' ->> 'by' AS by, state::text LIKE '%dg_%' AS secret FROM finding_decision WHERE finding = $1`, [warning]);
    expect(kept).toEqual({ by: 'password', secret: false });
    expect((await decide(second, warning, given.token)).statusCode).toBe(403);
  });

  it('locks after wrong passwords as signing in does, and the lock holds for both', async () => {
    const person = await bench.person(season.factory.owner, `locked-${++n}`, ['quality-head']);
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await sign(person, warning, 'wrong')).statusCode);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
    expect((await sign(person, warning)).statusCode).toBe(429);
  });

  it('may be preceded by what happened, in words; that closes nothing, and is for just these numbers', async () => {
    const explain = (who: { token: string } | undefined, body: object = { text: '晾晒时落叶' }) => bench.send(who, 'POST', `/api/v1/findings/${warning}/explanation`, body);
    expect((await explain(other.owner)).statusCode).toBe(404);
    expect((await explain(season.coop.owner)).statusCode).toBe(404);
    const refused = await explain(season.factory.owner, { text: '见照片', files: ['ab'.repeat(32)] });
    expect([refused.statusCode, refused.json().errors[0].pointer]).toEqual([422, '/files/0']);
    expect((await explain(season.factory.owner)).statusCode).toBe(201);
    expect((await findings('step-missing'))[0]).toMatchObject({ state: 'explained', explanations: [{ text: '晾晒时落叶', current: true }] });
    const filtered = async (state: string) => (await bench.send(season.factory.owner, 'GET', `/api/v1/findings?state=${state}&limit=500`)).json().items.map(({ id }: { id: string }) => id);
    expect([await filtered('explained'), await filtered('open'), await filtered('closed')].map((ids) => ids.includes(warning))).toEqual([true, false, false]);
    await bench.say(season.factory, { type: 'TransformationEvent', eventTime: day(5), inputQuantityList: [kg(season.fresh, 0.5)], outputQuantityList: [kg(season.dried, 0.1)] });
    expect((await findings('step-missing'))[0]).toMatchObject({ state: 'open', explanations: [{ current: false }] });
  });

  it('stays on record when the finding closes, and may come back to what it was', async () => {
    await bench.send(season.factory.owner, 'POST', `/api/v1/findings/${warning}/explanation`, { text: '晾晒时落叶' });
    await decide(season.factory.as['quality-head'], warning);
    const events: { event_id: string }[] = await bench.dataSource.query(
      `SELECT DISTINCT l.event_id FROM line l JOIN node n ON n.id = l.node JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1 AND l.role = 'output' AND l.amount = 3000000`, [season.dried]);
    for (const { event_id: eventId } of events) await bench.declare(season.factory, eventId, 'TransformationEvent', day(5));
    await bench.drain();
    const closed = { id: warning, rule: 'step-missing', state: 'closed', share: 'own', said: [{ as: 'explanation', text: '晾晒时落叶' }, { as: 'decision' }] };
    expect((await bench.send(season.factory.owner, 'GET', `/api/v1/findings/${warning}`)).json()).toMatchObject(closed);
    const page = await bench.send(season.factory.owner, 'GET', `/api/v1/findings?state=closed&batch=${encodeURIComponent(season.dried)}`);
    expect(page.json().items).toMatchObject([closed]);
    for (const stranger of [other.owner, season.coop.owner]) {
      expect((await bench.send(stranger, 'GET', `/api/v1/findings/${warning}`)).statusCode).toBe(404);
      expect((await bench.send(stranger, 'GET', '/api/v1/findings?state=closed&limit=500')).json().items.map(({ id }: { id: string }) => id)).not.toContain(warning);
    }
    // What the inbox has not read it cannot call closed.
    await bench.say(season.factory, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting', eventTime: day(6), quantityList: [kg(season.dried, 1)] });
    const lagging = (await bench.send(season.factory.owner, 'GET', '/api/v1/findings?state=closed&limit=500')).json();
    expect([lagging.undetermined, lagging.items.find(({ id }: { id: string }) => id === warning)?.state]).toEqual([true, 'undetermined']);
  });

  it('cannot overrule what blocks', async () => {
    await report(bench, season.laboratory, season.dried, 'fail');
    const [{ id }] = await findings('report-failed');
    const size = await bench.size();
    const refused = await decide(season.factory.as['quality-head'], id);
    expect([refused.statusCode, refused.json().type]).toEqual([409, 'urn:daodi:problem:finding-not-overrulable']);
    expect(await bench.size()).toBe(size);
  });

  it('is not for what has closed meanwhile, though the inbox has not read so far', async () => {
    const [{ event_id: eventId }] = await bench.dataSource.query(
      `SELECT l.event_id FROM line l JOIN node n ON n.id = l.node JOIN identifier i ON i.id = n.identifier
        WHERE i.canonical = $1 AND l.role = 'output' AND l.amount = 3000000`, [season.dried]);
    await bench.declare(season.factory, eventId, 'TransformationEvent', day(5));
    const refused = await decide(season.factory.as['quality-head'], warning);
    expect([refused.statusCode, refused.json().type]).toEqual([409, 'urn:daodi:problem:finding-closed']);
  });
});
