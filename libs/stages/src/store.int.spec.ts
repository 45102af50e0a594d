import { type Firm, FormsBench, leftBy } from './testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let lab: Firm;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, lab, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('JIN-LAB', { type: 'laboratory' }), await bench.firm('RIVAL')];
});
afterAll(() => bench.close());

const AT = '2026-09-05T09:00:00+08:00';
const kg = (batch: string, quantity: string | number) => ({ batch, quantity, unit: 'kg' });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const left = async (run: () => Promise<unknown>) => {
  const size = await bench.size();
  await run();
  const entries = await bench.entriesFrom(size);
  return { kinds: leftBy(entries), bodies: entries.map(({ body }) => body) };
};

describe('field work', () => {
  it('stands on one’s own crop only, inputs as an extension and never as master data', async () => {
    const crop = (await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'huangqin', plots: [coop.plot], mode: 'seed' })).batches[0].code;
    const spray = { eventTime: '2026-06-10T07:00:00+08:00', crop, work: 'plant-protection', inputsUsed: [{ product: '氯虫苯甲酰胺', registrationNumber: 'PD20100677', quantity: '0.5', unit: 'L', safetyIntervalDays: 14 }] };
    expect(pointers((await bench.post(rival, '/field-work', spray)).body)).toEqual(['/crop unknown-batch']);
    const { kinds, bodies } = await left(() => bench.done(coop, '/field-work', spray));
    expect(kinds).toEqual(['event:ObjectEvent']);
    expect(bodies[0]).toMatchObject({ action: 'OBSERVE', bizStep: 'urn:daodi:bizstep:plant-protection', 'daodi:inputsUsed': [{ name: '氯虫苯甲酰胺', registrationNumber: 'PD20100677', quantity: 0.5, uom: 'LTR', safetyIntervalDays: 14 }] });
    expect(bodies[0]).not.toHaveProperty('ilmd');
    const harvest = await bench.harvested(coop, '5');
    expect(pointers((await bench.post(coop, '/field-work', { ...spray, crop: harvest })).body)).toEqual(['/crop no-crop']);
  });
});

describe('a sample', () => {
  it('leaves the batch, has a number and names the laboratory', async () => {
    const batch = await bench.harvested(coop, '10');
    expect(pointers((await bench.post(rival, '/samples', { eventTime: AT, lines: [kg(batch, '0.5')] })).body)).toEqual(['/lines/0/batch unknown-batch']);
    const { kinds, bodies } = await left(async () => {
      const answer = await bench.done(coop, '/samples', { eventTime: AT, lines: [kg(batch, '0.5')], laboratory: { organisation: lab.code } });
      expect(answer.sampleNumber).toMatch(/^S-[0-9A-Z]{11}$/);
    });
    expect(kinds).toEqual(['event:ObjectEvent']);
    expect(bodies[0]).toMatchObject({ bizStep: 'sampling', destinationList: [{ destination: 'urn:daodi:org:JIN-LAB' }], 'daodi:sample': { kind: 'test' } });
    expect((await bench.book(coop, batch)).available).toBe(9_500_000n);
    expect((await bench.post(coop, '/samples', { eventTime: AT, lines: [kg(batch, '9.6')] })).body.type).toBe('urn:daodi:problem:overdrawn');
  });
});

describe('storage', () => {
  it('puts goods at a site of one’s own', async () => {
    const batch = await bench.harvested(coop, '10');
    expect(pointers((await bench.post(coop, '/storage', { eventTime: AT, site: rival.site, lines: [kg(batch, '4')] })).body)).toEqual(['/site unknown-site']);
    const { kinds } = await left(() => bench.done(coop, '/storage', { eventTime: AT, site: coop.site, lines: [kg(batch, '4')] }));
    expect(kinds).toEqual(['event:ObjectEvent']);
    expect((await bench.book(coop, batch)).availableAt).toEqual(new Map([['', 6_000_000n], [`urn:daodi:site:${coop.site}`, 4_000_000n]]));
  });
});

describe('a destruction', () => {
  it('needs a witness of the house, a reason and a role that answers for it', async () => {
    const batch = await bench.harvested(coop, '10');
    const body = { eventTime: AT, lines: [kg(batch, '2')], witness: rival.person, reason: '霉变' };
    expect((await bench.post({ token: await bench.key(coop.organisationId, ['warehouse']) }, '/destructions', body)).status).toBe(403);
    expect(pointers((await bench.post(coop, '/destructions', body)).body)).toEqual(['/witness unknown-person']);
    const { kinds, bodies } = await left(() => bench.done(coop, '/destructions', { ...body, witness: coop.person }));
    expect(kinds).toEqual(['event:ObjectEvent']);
    expect(bodies[0]).toMatchObject({ bizStep: 'destroying', 'daodi:witness': coop.person, 'daodi:reason': '霉变' });
    expect((await bench.book(coop, batch)).available).toBe(8_000_000n);
  });
});

describe('a stock-take', () => {
  it('writes gains, losses and what agreed apart', async () => {
    const [more, less, same] = [await bench.harvested(coop, '10'), await bench.harvested(coop, '10'), await bench.harvested(coop, '10')];
    const { kinds, bodies } = await left(() => bench.done(coop, '/stock-takes', {
      eventTime: AT, lines: [{ ...kg(more, '10.4'), reason: 'count-surplus' }, { ...kg(less, '9.75'), reason: 'drying-loss' }, kg(same, '10')],
    }));
    expect(kinds).toEqual(['event:ObjectEvent', 'event:ObjectEvent', 'event:ObjectEvent']);
    expect(bodies.map((body) => [body['daodi:adjustment'], (body['quantityList'] as { quantity: number }[])[0]?.quantity, body['daodi:counts']])).toEqual([
      ['gain', 0.4, [expect.objectContaining({ counted: 10.4, book: 10, reason: 'count-surplus' })]],
      ['loss', 0.25, [expect.objectContaining({ counted: 9.75, book: 10, reason: 'drying-loss' })]],
      [undefined, 10, [expect.objectContaining({ counted: 10, book: 10 })]],
    ]);
    expect((await bench.book(coop, more)).available).toBe(10_400_000n);
    expect((await bench.book(coop, less)).available).toBe(9_750_000n);
  });

  it('down to nothing is a count like any other, and one above an overdraw pays it', async () => {
    const batch = await bench.harvested(coop, '10');
    await bench.done(coop, '/sales', { eventTime: AT, lines: [kg(batch, '12')], acceptOverdrawn: true, reason: '秤差' });
    await bench.done(coop, '/stock-takes', { eventTime: '2026-09-06T09:00:00+08:00', lines: [kg(batch, '5')], surplusReason: 'count-surplus' });
    expect(await bench.book(coop, batch)).toMatchObject({ available: 5_000_000n, overdrawn: 0n });
    await bench.done(coop, '/stock-takes', { eventTime: '2026-09-07T09:00:00+08:00', lines: [kg(batch, 0)], shortageReason: 'count-shortage' });
    expect((await bench.book(coop, batch)).available).toBe(0n);
    expect(pointers((await bench.post(coop, '/stock-takes', { eventTime: AT, lines: [kg(batch, 0), kg(`https://trace.example.cn/b/${batch}`, 0)] })).body)).toEqual(['/lines/1/batch batch-twice']);
    expect(pointers((await bench.post(rival, '/stock-takes', { eventTime: AT, lines: [kg(batch, 1)] })).body)).toEqual(['/lines/0/batch unknown-batch']);
  });

  it('at one site compares with what the book has there', async () => {
    const batch = await bench.harvested(coop, '10');
    await bench.done(coop, '/storage', { eventTime: AT, site: coop.site, lines: [kg(batch, '4')] });
    await bench.done(coop, '/stock-takes', { eventTime: '2026-09-06T09:00:00+08:00', site: coop.site, lines: [kg(batch, '3.5')], shortageReason: 'count-shortage' });
    expect((await bench.book(coop, batch)).available).toBe(9_500_000n);
  });
});

describe('a withdrawn shipment', () => {
  const shipment = async (batch: string) => (await bench.done(coop, '/shipments', { eventTime: AT, to: { organisation: lab.code }, lines: [kg(batch, '6')] })).eventID as string;
  const withdraw = (who: Firm, id: string) => bench.post(who, `/shipments/${encodeURIComponent(id)}/void`, { eventTime: '2026-09-05T12:00:00+08:00', reason: '未出库' });

  it('comes back once, and only its sender may withdraw it', async () => {
    const batch = await bench.harvested(coop, '10');
    const id = await shipment(batch);
    expect((await withdraw(rival, id)).status).toBe(404);
    expect((await withdraw(coop, 'urn:uuid:00000000-0000-4000-8000-000000000000')).status).toBe(404);
    const { kinds } = await left(async () => expect((await withdraw(coop, id)).status).toBe(201));
    expect(kinds).toEqual(['event:ObjectEvent']);
    expect(await bench.book(coop, batch)).toMatchObject({ available: 10_000_000n });
    const again = await withdraw(coop, id);
    expect([again.status, again.body.type]).toEqual([409, 'urn:daodi:problem:already-voided']);
    expect((await withdraw(coop, await shipment(batch))).status).toBe(201);
  });

  it('leaves with the other side what that side has received', async () => {
    const batch = await bench.harvested(coop, '10');
    const id = await shipment(batch);
    await bench.done(lab, '/receipts', { eventTime: '2026-09-05T10:00:00+08:00', from: { organisation: coop.code }, lines: [{ batch, accepted: { quantity: '2', unit: 'kg' } }] });
    await withdraw(coop, id);
    expect((await bench.book(coop, batch)).available).toBe(8_000_000n);
    expect((await bench.book(lab, batch)).available).toBe(2_000_000n);
  });

  it('is no withdrawal of a harvest', async () => {
    const harvest = (await bench.entriesFrom(0)).find(({ type }) => type === 'TransformationEvent');
    expect((await withdraw(coop, harvest?.eventId as string)).status).toBe(404);
  });
});
