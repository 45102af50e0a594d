import { rebuild } from '@daodi/log';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let nursery: Firm;
let coop: Firm;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  [nursery, coop, rival] = [await bench.firm('NURSERY'), await bench.firm('ANZE-LQ'), await bench.firm('RIVAL')];
});
afterAll(() => bench.close());

const accessionBody = (more: object = {}) => ({
  eventTime: '2019-10-12T10:00:00+08:00', number: 'SX-LQ-0033', holder: '安泽县连翘种质资源圃', herb: 'lianqiao', species: 'Forsythia suspensa (Thunb.) Vahl', source: 'wild', ...more,
});
const cropBody = (who: Firm, more: object = {}) => ({ eventTime: '2020-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [who.plot], mode: 'seedling', ...more });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const code = (answer: { batches: { code: string }[] }, i = 0): string => answer.batches[i]?.code as string;
const uriOf = (batch: string) => `https://trace.example.cn/b/${batch}`;

/** Accession, mother plants raised from it, 12.5 kg of seed, sown into a nursery bed, 30,000 seedlings lifted from it. */
async function raised() {
  const accession = code(await bench.done(nursery, '/accessions', accessionBody()));
  const mothers = code(await bench.done(nursery, '/crops', cropBody(nursery, { purpose: 'mother-plants', mothers: [accession], mode: 'cutting' })));
  const seed = code(await bench.done(nursery, '/propagations', {
    eventTime: '2024-10-06T17:00:00+08:00', way: 'seed-harvest', mothers: [mothers], outputs: [{ form: 'seed', quantity: '12.5', unit: 'kg', lotNumber: 'LQZ-2024-01' }],
  }));
  const bed = code(await bench.done(nursery, '/crops', cropBody(nursery, { eventTime: '2025-03-20T09:00:00+08:00', purpose: 'nursery', mode: 'seed', lots: [{ batch: seed, quantity: '2', unit: 'kg' }] })));
  const seedlings = code(await bench.done(nursery, '/propagations', {
    eventTime: '2025-11-01T17:00:00+08:00', way: 'lifting', mothers: [bed], outputs: [{ form: 'seedling', quantity: 30000, unit: '个', grade: '一级' }],
  }));
  return { accession, mothers, seed, bed, seedlings };
}

async function sold(seedlings: string, pieces: number) {
  const goods = { quantity: pieces, unit: '个' };
  await bench.done(nursery, '/shipments', { eventTime: '2025-11-05T08:00:00+08:00', to: { organisation: coop.code }, lines: [{ batch: seedlings, ...goods }] });
  await bench.done(coop, '/receipts', { eventTime: '2025-11-06T08:00:00+08:00', from: { organisation: nursery.code }, lines: [{ batch: seedlings, accepted: goods }] });
}

describe('propagation', () => {
  it('of another’s mother plants, lots and crops is refused like that of none', async () => {
    const { mothers, seed, bed } = await raised();
    const size = await bench.size();
    const tries: [string, object, string][] = [
      ['/propagations', { eventTime: '2025-01-01T08:00:00Z', way: 'cutting', mothers: [mothers], outputs: [{ form: 'cutting', quantity: 9, unit: '个' }] }, '/mothers/0'],
      ['/propagations', { eventTime: '2025-01-01T08:00:00Z', way: 'other', lots: [{ batch: seed, quantity: 1, unit: 'kg' }], outputs: [{ form: 'seedling', quantity: 9, unit: '个' }] }, '/lots/0/batch'],
      ['/crops', cropBody(rival, { lots: [{ batch: seed, quantity: 1, unit: 'kg' }] }), '/lots/0/batch'],
      ['/plantings', { eventTime: '2025-01-01T08:00:00Z', crop: bed, how: 'resowing', lots: [{ batch: seed, quantity: 1, unit: 'kg' }] }, '/crop'],
      ['/propagule-checks', { eventTime: '2025-01-01T08:00:00Z', of: seed, tests: { purityPercent: 90 } }, '/of'],
      ['/crop-ends', { eventTime: '2025-01-01T08:00:00Z', crop: bed, how: 'failed' }, '/crop'],
    ];
    for (const [path, body, pointer] of tries) {
      const theirs = await bench.post(rival, path, body);
      expect([path, theirs.status, pointers(theirs.body)?.[0]]).toEqual([path, 422, `${pointer} unknown-batch`]);
      const nobodys = await bench.post(rival, path, JSON.parse(JSON.stringify(body).replaceAll(mothers, '00000000000').replaceAll(seed, '00000000000').replaceAll(bed, '00000000000')));
      expect({ ...nobodys.body, instance: '' }).toEqual({ ...theirs.body, instance: '' });
    }
    expect(await bench.size()).toBe(size);
  });

  it('reaches from a harvest back to the accession, through a sale, and keeps every book', async () => {
    const { accession, mothers, seed, bed, seedlings } = await raised();
    await sold(seedlings, 3000);
    const size = await bench.size();
    const made = await bench.done(coop, '/crops', cropBody(coop, {
      eventTime: '2026-03-20T09:00:00+08:00', grade: '青翘', lots: [{ batch: seedlings, quantity: 2300, unit: '个' }], area: { quantity: '10', unit: 'mu' }, density: { min: '200', max: '260' },
    }));
    const crop = code(made);
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'event:TransformationEvent']);
    expect(entries[1]?.body).toMatchObject({
      bizStep: 'commissioning', inputQuantityList: [{ epcClass: uriOf(seedlings), quantity: 2300 }], outputEPCList: [uriOf(crop)],
      'daodi:planting': { quantity: 2300, areaMu: 10, perMu: 230, min: 200, max: 260, land: [{ id: coop.plot, version: 1 }] },
    });
    const fresh = code(await bench.done(coop, '/harvests', { eventTime: '2026-08-20T09:30:00+08:00', crop, quantity: '812.5', unit: 'kg' }));
    const { body: trace } = await bench.get(coop, `/trace?epc=${encodeURIComponent(uriOf(fresh))}&direction=back`);
    const uris: [string, string][] = [[accession, 'crop'], [mothers, 'crop'], [seed, 'batch'], [bed, 'crop'], [seedlings, 'batch'], [crop, 'crop'], [fresh, 'batch']];
    expect(trace.nodes.map(({ id, kind }: { id: string; kind: string }) => `${id} ${kind}`).sort()).toEqual(uris.map(([batch, kind]) => `${uriOf(batch)} ${kind}`).sort());
    // Who harvests may read what its seedlings came from once history has been spread; no step of it is a balance of mass.
    expect(trace.gaps.filter(({ reason }: { reason: string }) => reason !== 'pending' && reason !== 'withheld')).toEqual([]);
    expect(trace.composition).toMatchObject({ state: 'determined', parts: [{ proof: 'proven', percent: '100.0', roots: [uriOf(crop)] }] });
    for (const step of trace.steps) expect([step.eventID, typeof step.undetermined]).toEqual([step.eventID, 'string']);
    expect(await bench.book(coop, seedlings)).toMatchObject({ available: 700n, overdrawn: 0n });
    expect(await bench.book(nursery, seed)).toMatchObject({ available: 10_500_000n });
    expect((await bench.book(coop, crop)).unit).toBeUndefined();
  });

  it('planted into a crop that stands is reached as well, and over-use of a lot warns with the numbers', async () => {
    const { seedlings } = await raised();
    await sold(seedlings, 3000);
    const lots = [{ batch: seedlings, quantity: 2300, unit: '个' }];
    const crop = code(await bench.done(coop, '/crops', cropBody(coop, { lots })));
    const gaps = { eventTime: '2026-04-20T09:00:00+08:00', crop, how: 'gap-filling', lots: [{ batch: seedlings, quantity: 900, unit: '个' }] };
    const warned = await bench.post(coop, '/plantings', gaps);
    expect([warned.status, warned.body.type, warned.body.lines]).toEqual([409, 'urn:daodi:problem:overdrawn', [{ epcClass: uriOf(seedlings), wanted: 900, available: 700, missing: 200 }]]);
    await bench.done(coop, '/plantings', { ...gaps, acceptOverdrawn: true, reason: '种苗点数有误' });
    expect(await bench.book(coop, seedlings)).toMatchObject({ available: 0n, overdrawn: 200n });
    const ended = await bench.done(coop, '/crop-ends', { eventTime: '2026-10-30T16:00:00+08:00', crop, how: 'failed', reason: '冻害绝收', evidence: [{ name: '地块照片' }] });
    const [event] = (await bench.entriesFrom((await bench.size()) - 1));
    expect([event?.eventId, event?.body]).toEqual([ended.eventID, expect.objectContaining({ action: 'DELETE', bizStep: 'decommissioning', 'daodi:cropEnd': { how: 'failed', evidence: 1 } })]);
  });

  it('by weight in and by weight out is sent through a nursery bed, and so is told no balance it has not', async () => {
    const { seed } = await raised();
    const body = { eventTime: '2025-11-01T17:00:00+08:00', way: 'lifting', lots: [{ batch: seed, quantity: '1', unit: 'kg' }], outputs: [{ form: 'seedling', quantity: '320', unit: 'kg' }] };
    expect(pointers((await bench.post(nursery, '/propagations', body)).body)).toEqual(['/outputs/0/unit growth-by-mass']);
    const cleaned = { eventTime: '2024-10-20T17:00:00+08:00', step: 'cleaning', inputs: [{ batch: seed, quantity: '1', unit: 'kg' }], outputs: [{ quantity: '0.9', unit: 'kg', form: 'seed' }, { quantity: '0.1', unit: 'kg', role: 'waste' }] };
    expect((await bench.post(nursery, '/processing', cleaned)).status).toBe(201);
  });

  it('in glass counts generations, vessels and what was lost', async () => {
    const { mothers } = await raised();
    const explants = code(await bench.done(nursery, '/propagations', { eventTime: '2024-02-01T09:00:00+08:00', way: 'tissue-initiation', mothers: [mothers], outputs: [{ form: 'plantlet', quantity: 40, unit: '个' }], culture: { generation: 0, vessels: 40 } }));
    const size = await bench.size();
    await bench.done(nursery, '/propagations', {
      eventTime: '2024-03-10T09:00:00+08:00', way: 'tissue-subculture', lots: [{ batch: explants, quantity: 40, unit: '个' }], outputs: [{ form: 'plantlet', quantity: 160, unit: '个' }],
      culture: { generation: 1, vessels: 42, contaminatedVessels: 2, lostPlantlets: 8 },
    });
    const [lot, event] = await bench.entriesFrom(size);
    expect(lot?.body['new']).toMatchObject({ form: 'plantlet', generation: 1, herb: 'lianqiao' });
    expect(event?.body['daodi:culture']).toEqual({ generation: 1, vessels: 42, contaminatedVessels: 2, lostPlantlets: 8 });
    expect(await bench.book(nursery, explants)).toMatchObject({ available: 0n });
  });

  it('is tested, identified and certified; what is no percentage and an empty check are refused', async () => {
    const { seed, accession } = await raised();
    const check = { eventTime: '2024-11-06T10:00:00+08:00', of: seed };
    expect(pointers((await bench.post(nursery, '/propagule-checks', { ...check, tests: { germinationPercent: '182' } })).body)).toEqual(['/tests/germinationPercent percent']);
    expect(pointers((await bench.post(nursery, '/propagule-checks', check)).body)).toEqual([' no-check']);
    const size = await bench.size();
    const identification = { method: 'morphology', species: 'Forsythia suspensa (Thunb.) Vahl', institution: '山西省药品检验研究院', report: { name: '鉴定报告', number: 'JD-1' } };
    await bench.done(nursery, '/propagule-checks', { ...check, tests: { thousandGrainGrams: '5.62', germinationPercent: 82 }, quarantine: { number: '140000241106', validUntil: '2025-03-31' } });
    await bench.done(nursery, '/propagule-checks', { ...check, of: accession, identification });
    const [tested, identified] = await bench.entriesFrom(size);
    expect(tested?.body).toMatchObject({ quantityList: [{ epcClass: uriOf(seed) }], 'daodi:propagule': { tests: { thousandGrainGrams: 5.62, germinationPercent: 82 }, quarantine: { number: '140000241106' } } });
    expect(identified?.body).toMatchObject({ epcList: [uriOf(accession)], 'daodi:propagule': { identification } });
    expect(await bench.book(nursery, seed)).toMatchObject({ available: 10_500_000n });
  });

  it('is corrected under its codes, and rebuilding changes nothing', async () => {
    const { seed, seedlings } = await raised();
    const body = { eventTime: '2026-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [nursery.plot], mode: 'seedling', lots: [{ batch: seedlings, quantity: 5000, unit: '个' }] };
    const planted = await bench.done(nursery, '/crops', body);
    const corrected = await bench.done(nursery, `/events/${encodeURIComponent(planted.eventID)}/correction`, { reason: '点数有误', replacement: { ...body, lots: [{ batch: seedlings, quantity: 4800, unit: '个' }] } });
    expect(code(corrected)).toBe(code(planted));
    expect(await bench.book(nursery, seedlings)).toMatchObject({ available: 25_200n, overdrawn: 0n });
    const undone = await bench.done(nursery, `/events/${encodeURIComponent(corrected.eventID)}/correction`, { reason: '没有种', replacement: { ...body, lots: undefined, seedLot: '外购 2025-7' } });
    expect([code(undone), (await bench.book(nursery, seedlings)).available]).toEqual([code(planted), 30_000n]);
    const tables = (await rebuild(bench.dataSource, bench.projections, [], 'trace')).flatMap((rebuilt) => rebuilt.tables);
    for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
    expect((await bench.book(nursery, seed)).available).toBe(10_500_000n);
  });
});
