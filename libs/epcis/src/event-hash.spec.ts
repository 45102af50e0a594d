import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { EPCIS_CONTEXT_URL, type EpcisEvent, eventHash, hashDocument, preHash, readDocument, readEvent } from './index';
import { byCodePoint } from './hash-values';

const folder = join(resolve(__dirname, '../../..', process.env.DAODI_VECTORS ?? '../shared/reference'), 'epcis/hash-vectors');
const found = existsSync(folder);
if (!found && process.env.DAODI_STRICT === '1') throw new Error(`the published vectors are missing: ${folder}`);

interface Vector { name: string; documents: string[]; eventIndex: number; hash: string; status: 'stable' | 'contested' }
const vectors = found ? (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { vectors: Vector[] }).vectors : [];
const jsonOf = ({ documents }: Vector) => documents.find((name) => name.endsWith('.jsonld'));
const hashOf = (vector: Vector) => {
  const reading = hashDocument(readFileSync(join(folder, jsonOf(vector) ?? '')));
  return reading.ok ? reading.hashes[vector.eventIndex] : reading.faults;
};

(found ? describe : describe.skip)(`the published event hashes${found ? '' : ' (not found, skipped)'}`, () => {
  const stable = vectors.filter(({ status }) => status === 'stable');
  it('has 21 stable ones', () => expect(stable).toHaveLength(21));
  it.each(stable)('$name, event $eventIndex', (vector) => expect(hashOf(vector)).toBe(vector.hash));

  it('agrees on every representation of one event', () => {
    const document = JSON.parse(readFileSync(join(folder, 'expected_equal/ReferenceEventHashAlgorithm.json'), 'utf8')) as unknown;
    const reading = readDocument(document);
    const hashes = reading.ok ? reading.events.map((event) => eventHash(event as EpcisEvent, reading.context)) : [];
    expect(hashes.length).toBeGreaterThan(1);
    expect(new Set(hashes).size).toBe(1);
  });
});

const context = [EPCIS_CONTEXT_URL, { ex: 'https://ns.example.com/epcis/' }];
const base = {
  '@context': context, type: 'ObjectEvent', action: 'ADD', eventTime: '2026-09-01T08:30:00+08:00', eventTimeZoneOffset: '+08:00', bizStep: 'commissioning',
  quantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 812.5, uom: 'KGM' }, { epcClass: 'https://trace.example.cn/b/7K3QX9ZD', quantity: 3 }],
  readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0', 'ex:gate': 2 },
  'ex:note': { 'ex:b': ['2.50', 'x'], 'ex:a': '007' },
};
const hash = (changed: object) => {
  const reading = readEvent({ ...base, ...changed });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return eventHash(reading.event);
};

describe('eventHash', () => {
  it('is made from this text', () => {
    expect(preHash(base as unknown as EpcisEvent)).toBe([
      'eventType=ObjectEvent', 'eventTime=2026-09-01T00:30:00.000Z', 'eventTimeZoneOffset=+08:00',
      'quantityList', 'quantityElementepcClass=https://id.gs1.org/01/04012345123456/10/L1quantity=812.5uom=KGM', 'quantityElementepcClass=https://trace.example.cn/b/7K3QX9ZDquantity=3',
      'action=ADD', 'bizStep=https://ref.gs1.org/cbv/BizStep-commissioning',
      'readPointid=https://id.gs1.org/414/4012345000054{https://ns.example.com/epcis/}gate=2',
      '{https://ns.example.com/epcis/}note{https://ns.example.com/epcis/}a=007{https://ns.example.com/epcis/}b=2.5{https://ns.example.com/epcis/}b=x',
    ].join(''));
  });

  it.each<[string, object]>([
    ['another order of list members', { quantityList: [...base.quantityList].reverse() }],
    ['another spelling of the step', { bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning' }],
    ['a compact URI for the step', { bizStep: 'cbv:BizStep-commissioning' }],
    ['the lot as a Digital Link of its owner', { quantityList: [{ quantity: 812.5, uom: 'KGM', epcClass: 'https://shop.example/01/4012345123456/10/L1?x=1' }, base.quantityList[1]] }],
    ['the same instant elsewhere', { eventTime: '2026-08-31T20:30:00.0000-04:00' }],
    ['an event ID and a record time', { eventID: 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8', recordTime: '2026-09-02T00:00:00Z' }],
    ['a declaration of error', { errorDeclaration: { declarationTime: '2026-09-02T00:00:00Z' } }],
    ['empty optional fields', { epcList: [], disposition: '', bizTransactionList: [], ilmd: {} }],
    ['another prefix', { '@context': [EPCIS_CONTEXT_URL, { y: 'https://ns.example.com/epcis/' }], readPoint: { id: base.readPoint.id, 'y:gate': 2 }, 'ex:note': undefined, 'y:note': { 'y:a': '007', 'y:b': ['x', 2.5] } }],
    ['no prefix', { 'ex:note': undefined, 'https://ns.example.com/epcis/note': { 'https://ns.example.com/epcis/a': '007', 'ex:b': ['x', 2.5] } }],
  ])('does not change with %s', (_, changed) => {
    const clean = Object.fromEntries(Object.entries({ ...base, ...changed }).filter(([, value]) => value !== undefined));
    const reading = readEvent(clean);
    expect(reading.ok && eventHash(reading.event)).toBe(hash({}));
  });

  it.each<[string, object]>([
    ['a gram more', { quantityList: [{ ...base.quantityList[0], quantity: 812.501 }, base.quantityList[1]] }],
    ['another unit', { quantityList: [{ ...base.quantityList[0], uom: 'GRM' }, base.quantityList[1]] }],
    ['another offset', { eventTimeZoneOffset: '+09:00' }],
    ['a leading zero in a code', { 'ex:note': { 'ex:b': ['2.50', 'x'], 'ex:a': '7' } }],
    ['another namespace', { 'ex:note': undefined, '@context': [...context, { z: 'https://z.example/' }], 'z:note': base['ex:note'] }],
    ['a disposition', { disposition: 'active' }],
    ['a field of the read point', { readPoint: { id: base.readPoint.id } }],
  ])('changes with %s', (_, changed) => {
    const clean = Object.fromEntries(Object.entries({ ...base, ...changed }).filter(([, value]) => value !== undefined));
    const reading = readEvent(clean);
    expect(reading.ok && eventHash(reading.event)).not.toBe(hash({}));
    expect(reading.ok).toBe(true);
  });

  it('does not depend on the order of fields, inside transactions neither', () => {
    const one = { bizTransactionList: [{ type: 'po', bizTransaction: 'urn:x:1' }, { bizTransaction: 'urn:x:2' }] };
    const two = { bizTransactionList: [{ bizTransaction: 'urn:x:2' }, { bizTransaction: 'urn:x:1', type: 'po' }] };
    expect(hash(one)).toBe(hash(two));
    expect(preHash({ ...base, ...one } as unknown as EpcisEvent)).toContain('bizTransactionListbizTransaction=urn:x:2type=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:x:1');
  });
});

describe('byCodePoint', () => {
  it('orders as UTF-8 bytes do', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(byCodePoint(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }));
    expect(byCodePoint('𠮿', '\uffee')).toBeGreaterThan(0);
  });
});

describe('hashDocument', () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const document = (...eventList: unknown[]) => ({ '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-09-01T00:00:00Z', epcisBody: { eventList } });
  const { '@context': _, ...inDocument } = base;

  it('gives one hash for each event, the same for a bare event', () => {
    expect(hashDocument(bytes(document(inDocument, { ...inDocument, action: 'OBSERVE' })))).toEqual({ ok: true, hashes: [hash({}), hash({ action: 'OBSERVE' })] });
    expect(hashDocument(bytes(base))).toEqual({ ok: true, hashes: [hash({})] });
  });
  it('says where a document is wrong', () => {
    expect(hashDocument(bytes(document(inDocument, { ...inDocument, action: 'MOVE' })))).toMatchObject({ ok: false, faults: [{ pointer: '/epcisBody/eventList/1/action', rule: 'epcis-word' }] });
    expect(hashDocument(bytes([]))).toMatchObject({ ok: false, faults: [{ rule: 'epcis-document-type' }] });
    expect(hashDocument(new TextEncoder().encode('{'))).toMatchObject({ ok: false, faults: [{ rule: 'json-syntax' }] });
    expect(hashDocument(new TextEncoder().encode('\ufeff <?xml version="1.0"?><x/>'))).toMatchObject({ ok: false, faults: [{ rule: 'epcis-xml' }] });
  });
});
