import { canonicalOf, linesOfEvent } from './lines-of-event';
import { bookedLines, weighedLines } from './measures-of-event';
import { residueOf } from './residue';

const event = {
  type: 'TransformationEvent', eventID: 'urn:uuid:1', eventTime: '2026-08-01T00:00:00Z', eventTimeZoneOffset: '+08:00', bizStep: 'commissioning',
  inputEPCList: ['urn:crop:1'], outputQuantityList: [{ epcClass: 'urn:lot:1', quantity: 812.5, uom: 'KGM' }],
  readPoint: { id: 'urn:daodi:site:1', 'daodi:coordinates': '36.1,112.2' }, 'daodi:losses': [{ cause: 'drying', quantity: 3, uom: 'KGM', note: '老王说' }],
  ilmd: { 'cbvmda:lotNumber': 'L1', 'daodi:pickers': ['王某'] }, 'daodi:reason': '李某代录', 'daodi:auxiliaries': [{ name: '蜂蜜', quantity: 1, uom: 'KGM', stays: true }],
};

it('keeps what lines rest on and nothing else', () => {
  const residue = residueOf(event);
  expect(linesOfEvent(residue)).toEqual(linesOfEvent(event));
  expect(JSON.stringify(residue)).not.toMatch(/王|李|36\.1|蜂蜜/);
});

it('keeps of a receipt and of lists what lines rest on, not what else was written into them', () => {
  const kg = { epcClass: 'urn:lot:1', quantity: 3, uom: 'KGM', 'ex:picker': '王某' };
  const receipt = {
    type: 'ObjectEvent', eventID: 'urn:uuid:2', eventTime: '2026-08-01T00:00:00Z', action: 'OBSERVE', bizStep: 'receiving', quantityList: [kg],
    sourceList: [{ type: 'possessing_party', source: 'urn:daodi:org:A', 'ex:driver': '李某' }], bizLocation: { id: 'urn:daodi:site:2', 'ex:keeper': '王某' },
    'daodi:receipt': { accepted: [kg], rejected: [{ ...kg, reason: '李某说潮' }], note: '王某' },
  };
  expect(linesOfEvent(residueOf(receipt))).toEqual(linesOfEvent(receipt));
  expect(linesOfEvent(receipt).lines.map(({ role }) => role)).toEqual(['receive', 'reject']);
  expect(JSON.stringify(residueOf(receipt))).not.toMatch(/王|李/);
});

it('keeps how goods were weighed and why a difference was booked, in our own words only', () => {
  const lot = 'urn:lot:1';
  const weighing = { epcClass: lot, of: 'accepted', net: 199.8, uom: 'KGM', readings: 1, division: 0.2, resolution: 0.1, moisture: { percent: '12.0', method: 'oven', by: '王某' }, notes: ['no-scale', '王某说'], scale: 'urn:daodi:scale:1' };
  const agreement = { epcClass: lot, shipped: 200, received: 199.8, tolerance: 0.3, reason: 'scale-difference', driver: '李某' };
  const receipt = {
    type: 'ObjectEvent', eventID: 'urn:uuid:3', eventTime: '2026-08-01T00:00:00Z', action: 'OBSERVE', bizStep: 'receiving', quantityList: [{ epcClass: lot, quantity: 199.8, uom: 'KGM' }],
    'daodi:receipt': { accepted: [{ epcClass: lot, quantity: 199.8, uom: 'KGM' }], short: [{ epcClass: lot, quantity: 0.2, uom: 'KGM' }] },
    'daodi:weighing': [weighing, { ...weighing, of: '王某', net: '李某' }], 'daodi:agreement': [agreement, { ...agreement, reason: '李某说路上漏了' }],
  };
  const { lines } = linesOfEvent(receipt);
  const residue = residueOf(receipt);
  expect([weighedLines(residue, lines, canonicalOf), bookedLines(residue, lines, canonicalOf)]).toEqual([weighedLines(receipt, lines, canonicalOf), bookedLines(receipt, lines, canonicalOf)]);
  expect(weighedLines(receipt, lines, canonicalOf)).toEqual([{ ordinal: 0, netMg: 199_800_000n, scaleMg: 200_000n, typedMg: 100_000n, moisture: { percent: '12.0', method: 'oven' }, notes: ['no-scale'] }]);
  expect(bookedLines(receipt, lines, canonicalOf)).toEqual([{ ordinal: 1, reason: 'scale-difference', beforeMg: 200_000_000n, toleranceMg: 300_000n }]);
  expect(JSON.stringify(residue)).not.toMatch(/王|李|scale:1/);
  expect(residueOf(residue)).toEqual(residue);
});

it('is the residue of itself', () => {
  expect(residueOf(residueOf(event))).toEqual(residueOf(event));
});
