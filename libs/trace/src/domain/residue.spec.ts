import { linesOfEvent } from './lines-of-event';
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

it('is the residue of itself', () => {
  expect(residueOf(residueOf(event))).toEqual(residueOf(event));
});
