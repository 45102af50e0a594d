import { cutEvent, eventForNamed } from './what-may-read';

const shipment = {
  type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: '2026-09-01T08:00:00+08:00',
  quantityList: [{ epcClass: 'urn:example:a', quantity: 1, uom: 'KGM' }, { epcClass: 'urn:example:b', quantity: 2, uom: 'KGM' }],
  destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:B' }],
  'daodi:step': 'x',
  'daodi:typed': { form: 'shipment', input: { carrier: '顺通物流' } },
};

it('gives a named party all that was said, and nothing of what the sayer typed for itself', () => {
  const { 'daodi:typed': _typed, ...said } = shipment;
  expect(eventForNamed(shipment)).toEqual(said);
});

it('cuts for a reader of one line: no counterparty, no free extension, how many lines are withheld', () => {
  const cut = cutEvent(shipment, new Set(['urn:example:a']), (uri) => uri, Buffer.alloc(2, 1));
  expect(cut).toEqual({
    type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: '2026-09-01T08:00:00+08:00', 'daodi:step': 'x',
    quantityList: [{ epcClass: 'urn:example:a', quantity: 1, uom: 'KGM' }], 'daodi:cut': { withheld: 1, digest: '0101' },
  });
});

it('shows a reader how much was weighed and how moist it was, of its own lines; not on which scale, nor in how many sacks', () => {
  const weighing = (epcClass: string) => ({ epcClass, of: 'input', net: 5, gross: 6, tare: 1, uom: 'KGM', packages: { count: 5, each: 1 }, readings: 1, scale: 'urn:daodi:scale:1', division: 0.1, moisture: { percent: '12.0', method: 'oven' } });
  const event = { type: 'TransformationEvent', inputQuantityList: [{ epcClass: 'urn:example:a' }], 'daodi:weighing': [weighing('urn:example:a'), weighing('urn:example:b')], 'daodi:agreement': [{ epcClass: 'urn:example:a', shipped: 5 }] };
  const cut = cutEvent(event, new Set(['urn:example:a']), (uri) => uri, Buffer.alloc(2, 1));
  expect(cut['daodi:weighing']).toEqual([{ epcClass: 'urn:example:a', of: 'input', net: 5, uom: 'KGM', moisture: { percent: '12.0', method: 'oven' } }]);
  expect(cut).not.toHaveProperty('daodi:agreement');
});
