import { Controller, Module, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import type { Caller } from '../sign-in/caller';
import { type Account, RegistryBench } from '../testing/registry-bench';
import { Acts } from './acts.service';
import { record } from './draft';

/** Lets a test hold an act while it is being decided. */
const gate: { opened: Promise<void>; entered: () => void } = { opened: Promise.resolve(), entered: () => undefined };

@Controller('api/v1/slow')
class SlowController {
  constructor(private readonly acts: Acts) {}

  @Post()
  @Permit()
  @LeavesEntries('record:slow')
  post(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest) {
    return this.acts.perform(caller, request, {
      decide: async () => {
        gate.entered();
        await gate.opened;
        return [record('slow', caller.organisationId, 'created', { new: {} })];
      },
      respond: () => ({ status: 201, location: '/here', body: { done: true } }),
    });
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

const SITE = { kind: 'warehouse', name: '一号库', region: '141026' };

describe('acts', () => {
  let bench: RegistryBench;
  let owner: Account;
  beforeAll(async () => {
    bench = await RegistryBench.open([SlowModule]);
    owner = await bench.organisation('ACTS');
  });
  afterAll(() => bench.close());
  const addSite = (headers: Record<string, string> = {}, body: object = SITE, who: Account = owner) => bench.send(who, 'POST', '/api/v1/sites', body, headers);

  it('answers a repeat under an Idempotency-Key as the first time and writes nothing', async () => {
    const first = await addSite({ 'idempotency-key': 'k1' });
    const size = await bench.size();
    const again = await addSite({ 'idempotency-key': 'k1' });
    expect([again.statusCode, again.headers.location, again.json()]).toEqual([201, first.headers.location, first.json()]);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect(await bench.size()).toBe(size);
  });

  it('refuses another body or path under a bound key, and lets another organisation use it', async () => {
    await addSite({ 'idempotency-key': 'k2' });
    const size = await bench.size();
    expect((await addSite({ 'idempotency-key': 'k2' }, { ...SITE, name: '二号库' })).statusCode).toBe(422);
    expect((await bench.send(owner, 'POST', '/api/v1/bases', SITE, { 'idempotency-key': 'k2' })).statusCode).toBe(422);
    expect(await bench.size()).toBe(size);
    const other = await bench.organisation('ACTS-2');
    expect((await addSite({ 'idempotency-key': 'k2' }, SITE, other)).headers['idempotency-replayed']).toBeUndefined();
  });

  it('does not bind a key by a refusal', async () => {
    expect((await addSite({ 'idempotency-key': 'k3' }, { ...SITE, gln: '1234567890123' })).statusCode).toBe(422);
    expect((await addSite({ 'idempotency-key': 'k3' })).statusCode).toBe(201);
  });

  it('answers 409 while the first request under the key is being decided', async () => {
    let open = (): void => undefined;
    gate.opened = new Promise((resolve) => (open = resolve));
    const entered = new Promise<void>((resolve) => (gate.entered = resolve));
    const first = bench.send(owner, 'POST', '/api/v1/slow', {}, { 'idempotency-key': 'k4' });
    await entered;
    const second = await bench.send(owner, 'POST', '/api/v1/slow', {}, { 'idempotency-key': 'k4' });
    open();
    expect([second.statusCode, second.headers['retry-after'], second.json().type]).toEqual([409, '1', 'urn:daodi:problem:idempotency-key-in-flight']);
    expect((await first).statusCode).toBe(201);
    expect((await bench.send(owner, 'POST', '/api/v1/slow', {}, { 'idempotency-key': 'k4' })).headers['idempotency-replayed']).toBe('true');
  });

  it('refuses headers it cannot read, all at once', async () => {
    const response = await addSite({ 'idempotency-key': 'x'.repeat(201), 'x-captured-time': 'yesterday', 'x-device': 'phone', 'x-on-behalf-of': 'me' });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors.map(({ rule }: { rule: string }) => rule)).toEqual([
      'header-idempotency-key', 'header-x-captured-time', 'header-x-device', 'header-x-on-behalf-of',
    ]);
  });

  it('stores who, on whose behalf, by which device and the times', async () => {
    const helper = await bench.person(owner, 'acts-farmer', ['field-worker']);
    const response = await addSite({ 'x-captured-time': '2026-08-20T09:30:00.5+08:00', 'x-device': 'phone-7;counter=41', 'x-on-behalf-of': helper.personId });
    const log = await bench.send(owner, 'GET', `/api/v1/log?requestId=${response.headers['x-request-id']}`);
    expect(log.json().items).toEqual([
      expect.objectContaining({
        kind: 'record', type: 'site', actor: { kind: 'person', id: owner.personId }, onBehalfOf: helper.personId, provenance: 'offline',
        requestId: response.headers['x-request-id'], capturedTime: '2026-08-20T01:30:00.500000Z', device: { id: 'phone-7', counter: 41 },
        body: { subject: response.json().id, change: 'created', new: expect.objectContaining({ name: '一号库' }) },
      }),
    ]);
  });

  it('writes nothing down for somebody of another organisation', async () => {
    const stranger = await bench.organisation('ACTS-3');
    const size = await bench.size();
    for (const id of [stranger.personId, '00000000-0000-4000-8000-000000000000']) {
      const response = await addSite({ 'x-on-behalf-of': id });
      expect([response.statusCode, response.json().type]).toEqual([422, 'urn:daodi:problem:unknown-person']);
    }
    expect(await bench.size()).toBe(size);
  });

  it('does not store a new key’s secret or a password with the answer it keeps', async () => {
    const make = () => bench.send(owner, 'POST', '/api/v1/api-keys', { name: 'LIMS', roles: ['machine'] }, { 'idempotency-key': 'k5' });
    const [first, again] = [await make(), await make()];
    expect(first.json().secret).toMatch(/^dk_[\w-]{43}$/);
    expect(again.json()).toEqual({ ...first.json(), secret: undefined });
    const [{ kept }] = await bench.dataSource.query(`SELECT string_agg(response::text, ' ') AS kept FROM idempotency`);
    expect(kept).not.toContain(first.json().secret);
  });
});
