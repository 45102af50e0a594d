import { checkDigit } from '@daodi/gs1';
import { type Account, creditCode, PASSWORD, RegistryBench } from '../testing/registry-bench';

const gln = (body: string): string => body + checkDigit(body);

describe('organisations', () => {
  let bench: RegistryBench;
  let owner: Account;
  let n = 0;
  beforeAll(async () => {
    bench = await RegistryBench.open([], false);
    owner = await bench.organisation('ANZE', 'cooperative', { gs1Prefix: '6901234', gln: gln('690123400001') });
  });
  afterAll(() => bench.close());
  const admit = (more: object) => {
    const code = `O${++n}`;
    const body = { code, name: '某社', type: 'processor', creditCode: creditCode(1000 + n), region: '141023', owner: { name: '某', login: `o-${n}`, password: PASSWORD }, ...more };
    return bench.send(bench.operator, 'POST', '/api/v1/organisations', body);
  };
  const rulesOf = (response: { json(): { errors?: { pointer: string; rule: string }[] } }) => response.json().errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);

  it('are admitted by the operator only, with keys that check', async () => {
    const wrong = await admit({ creditCode: '91350100M000100Y44', gs1Prefix: '9521234', gln: '6901234000010' });
    expect([wrong.statusCode, rulesOf(wrong)]).toEqual([422, ['/creditCode credit-code', '/gln check-digit', '/gln own-prefix', '/gs1Prefix example-prefix']]);
    const [shape] = [await admit({ code: 'a b', region: '0410', type: 'farm', creditCode: 'x', owner: { name: ' ', login: 'UPPER', password: 'short' } })];
    expect(shape.statusCode).toBe(422);
    expect(new Set(rulesOf(shape)?.map((rule) => rule.split(' ')[0]))).toEqual(
      new Set(['/code', '/type', '/creditCode', '/region', '/owner/name', '/owner/login', '/owner/password']),
    );
  });

  it('do not share a code, a credit code, a prefix or the beginning of one, a GLN, a login', async () => {
    const size = await bench.size();
    const taken = await admit({ code: 'ANZE', creditCode: creditCode(1), gs1Prefix: '690123', gln: gln('690123400001') });
    expect([taken.statusCode, rulesOf(taken)]).toEqual([409, ['/code code-taken', '/creditCode credit-code-taken', '/gs1Prefix prefix-taken', '/gln gln-taken']]);
    expect((await admit({ gs1Prefix: '69012345' })).statusCode).toBe(409);
    expect(rulesOf(await admit({ gln: gln('690123499999') }))).toEqual(['/gln gln-taken']);
    expect((await admit({ owner: { name: '某', login: 'anze-owner', password: PASSWORD } })).statusCode).toBe(409);
    expect(await bench.size()).toBe(size);
    expect((await admit({ gs1Prefix: '6901235' })).statusCode).toBe(201);
  });

  it('are known by their URN and by the canonical link of their GLN, also of an earlier one', async () => {
    const { statusCode } = await bench.send(bench.operator, 'PATCH', `/api/v1/organisations/${owner.organisationId}`, { gln: gln('690123400002'), why: '换码' });
    expect(statusCode).toBe(200);
    const rows = await bench.dataSource.query('SELECT identifier FROM party WHERE organisation_id = $1 ORDER BY 1', [owner.organisationId]);
    expect(rows.map(({ identifier }: { identifier: string }) => identifier)).toEqual([
      `https://id.gs1.org/417/${gln('690123400001')}`, `https://id.gs1.org/417/${gln('690123400002')}`, 'urn:daodi:org:ANZE',
    ]);
    expect(rulesOf(await admit({ gln: gln('690123400001') }))).toEqual(['/gln gln-taken']);
  });

  it('change names and contact themselves, and nothing the operator checks', async () => {
    const change = (body: object) => bench.send(owner, 'PATCH', `/api/v1/organisations/${owner.organisationId}`, body);
    expect((await change({ name: '安泽连翘合作社', contact: '办公室' })).statusCode).toBe(200);
    for (const body of [{ gs1Prefix: '6909999' }, { gln: gln('690123400009') }, { region: '110101' }, { creditCode: creditCode(77) }]) {
      expect((await change(body)).statusCode).toBe(403);
    }
    expect((await change({ code: 'OTHER' })).statusCode).toBe(422);
    expect((await change({ name: null })).statusCode).toBe(422);
  });

  it('show each other public facts only', async () => {
    const other = await bench.organisation('XIANGFEN');
    const seen = (await bench.send(other, 'GET', `/api/v1/organisations/${owner.organisationId}`)).json();
    expect(Object.keys(seen).sort()).toEqual(['code', 'id', 'name', 'nameEn', 'region', 'type']);
    expect((await bench.send(owner, 'GET', '/api/v1/organisations/me')).json()).toMatchObject({ contact: '办公室', creditCode: creditCode(1) });
    const page = (await bench.send(other, 'GET', '/api/v1/organisations?limit=2')).json();
    const rest = (await bench.send(other, 'GET', `/api/v1/organisations?limit=2&cursor=${page.next}`)).json();
    expect(page.items).toHaveLength(2);
    expect(rest.items.map(({ id }: { id: string }) => id)).not.toContain(page.items[1].id);
    for (const query of ['limit=0', 'limit=x', 'cursor=x', 'limit=501', 'order=name']) {
      expect((await bench.send(other, 'GET', `/api/v1/organisations?${query}`)).statusCode).toBe(422);
    }
  });
});
