import { rebuild } from '@daodi/log';
import { createDataSource } from '@daodi/platform';
import { REGISTRY_PROJECTIONS } from '../projection';
import { type Account, RegistryBench } from '../testing/registry-bench';

const SITE = { kind: 'warehouse', name: '一号库', region: '141026' };
const GRANTS = '/api/v1/import-grants';
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

describe('imports', () => {
  let bench: RegistryBench;
  let owner: Account;
  let stranger: Account;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    owner = await bench.organisation('IMP');
    stranger = await bench.organisation('IMP-2');
  });
  afterAll(() => bench.close());

  const give = (who: Account, run: string, more: object = {}) =>
    bench.send(who, 'POST', GRANTS, { run, reason: '纸质台账补录', until: inDays(30), sources: ['2025 年采收台账'], ...more });
  const addSite = (who: Account, run: string, headers: Record<string, string> = {}) => bench.send(who, 'POST', '/api/v1/sites', SITE, { 'x-import-run': run, ...headers });
  const listed = async (who: Account): Promise<any[]> => (await bench.send(who, 'GET', GRANTS)).json().items;
  const refused = async (sending: () => Promise<{ statusCode: number; json(): { type: string } }>): Promise<[number, string]> => {
    const size = await bench.size();
    const response = await sending();
    expect(await bench.size()).toBe(size);
    return [response.statusCode, response.json().type.replace('urn:daodi:problem:', '')];
  };

  it('come in under a grant for their run, at the time of the paper, and name it', async () => {
    const grant = await give(owner, 'paper-2025');
    expect([grant.statusCode, grant.headers.location]).toEqual([201, `${GRANTS}/${grant.json().id}`]);
    const response = await addSite(owner, 'paper-2025', { 'x-captured-time': '2025-08-20T18:00:00+08:00' });
    expect(response.statusCode).toBe(201);
    const log = await bench.send(owner, 'GET', `/api/v1/log?requestId=${response.headers['x-request-id']}`);
    expect(log.json().items).toEqual([
      expect.objectContaining({ type: 'site', provenance: 'import', capturedTime: '2025-08-20T10:00:00.000000Z' }),
      expect.objectContaining({
        type: 'import', provenance: 'import',
        body: { subject: response.headers['x-request-id'], change: 'decided', new: { grantId: grant.json().id, run: 'paper-2025' } },
      }),
    ]);
    expect(await listed(owner)).toEqual([expect.objectContaining({ id: grant.json().id, run: 'paper-2025', reason: '纸质台账补录', sources: ['2025 年采收台账'], live: true, acts: 1 })]);
  });

  it('leave nothing without a grant, after its time, after its end, or under another organisation’s', async () => {
    const forbidden = [403, 'import-not-granted'];
    expect(await refused(() => addSite(owner, 'paper-1999'))).toEqual(forbidden);
    expect(await refused(() => addSite(stranger, 'paper-2025'))).toEqual(forbidden);

    const { id } = (await give(owner, 'ended')).json();
    expect((await bench.send(owner, 'DELETE', `${GRANTS}/${id}`)).json()).toEqual({ id, status: 'ended' });
    expect(await refused(() => addSite(owner, 'ended'))).toEqual(forbidden);

    expect((await give(owner, 'over', { until: new Date(Date.now() + 700).toISOString() })).statusCode).toBe(201);
    expect((await addSite(owner, 'over')).statusCode).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(await refused(() => addSite(owner, 'over'))).toEqual(forbidden);
  });

  it('that came in before the end of their grant are answered as they were', async () => {
    const { id } = (await give(owner, 'replayed')).json();
    const first = await addSite(owner, 'replayed', { 'idempotency-key': 'replayed' });
    await bench.send(owner, 'DELETE', `${GRANTS}/${id}`);
    const again = await addSite(owner, 'replayed', { 'idempotency-key': 'replayed' });
    expect([again.statusCode, again.json(), again.headers['idempotency-replayed']]).toEqual([201, first.json(), 'true']);
  });

  it('are granted by an owner for its organisation and by the operator for any; by nobody else', async () => {
    const manager = await bench.person(owner, 'imp-manager', ['manager']);
    expect((await refused(() => give(manager, 'mine')))[0]).toBe(403);
    expect(await refused(() => give(owner, 'theirs', { organisationId: stranger.organisationId }))).toEqual([422, 'invalid']);
    const theirs = await give(bench.operator, 'theirs', { organisationId: stranger.organisationId });
    expect(theirs.statusCode).toBe(201);
    expect((await addSite(stranger, 'theirs')).statusCode).toBe(201);
    expect((await refused(() => addSite(owner, 'theirs')))[0]).toBe(403);
    expect((await refused(() => bench.send(owner, 'DELETE', `${GRANTS}/${theirs.json().id}`)))[0]).toBe(404);
    expect((await refused(() => bench.send(manager, 'DELETE', `${GRANTS}/${theirs.json().id}`)))[0]).toBe(403);
    expect((await listed(owner)).map(({ run }) => run)).not.toContain('theirs');
    expect((await listed(stranger)).map(({ run }) => run)).toEqual(['theirs']);
    expect((await listed(bench.operator)).map(({ run }) => run)).toEqual(expect.arrayContaining(['theirs', 'paper-2025']));
    expect((await bench.send(stranger, 'DELETE', `${GRANTS}/${theirs.json().id}`)).statusCode).toBe(200);
  });

  it('have one live grant a run, of a length that ends', async () => {
    expect(await refused(() => give(owner, 'paper-2025'))).toEqual([409, 'import-run-granted']);
    expect((await give(owner, 'ended')).statusCode).toBe(201);
    for (const until of [inDays(-1), inDays(400), 'soon', '2027-01-01']) {
      expect(await refused(() => give(owner, 'long', { until }))).toEqual([422, 'invalid']);
    }
    expect((await refused(() => give(owner, 'a run')))[0]).toBe(422);
    expect(await refused(() => addSite(owner, 'a run'))).toEqual([400, 'bad-header']);
  });

  it('come out the same when they are made anew from the log', async () => {
    const dataSource = await createDataSource({ url: bench.database.ownerUrl }).initialize();
    const rebuilt = await rebuild(dataSource, REGISTRY_PROJECTIONS, [], 'imports');
    await dataSource.destroy();
    const tables = rebuilt.find(({ name }) => name === 'imports')?.tables ?? [];
    expect(tables.map(({ table, rows, before, after }) => [table, rows > 0, before === after])).toEqual([['import_grant', true, true], ['import_act', true, true]]);
  });
});
