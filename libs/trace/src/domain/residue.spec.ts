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

it('is the residue of itself', () => {
  expect(residueOf(residueOf(event))).toEqual(residueOf(event));
});
