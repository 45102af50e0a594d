import { isOutsideOwnLimit } from './own-limit';

it.each<[string | readonly string[], string | undefined, string | undefined, boolean]>([
  ['620', 'mg/kg', '不得过 400 mg/kg', true],
  ['620', 'mg/kg', '不得过 400', true],
  ['400', 'mg/kg', '不得过 400 mg/kg', false],
  ['0.062', '%', '不得过 400 mg/kg', true],
  ['10.04', '%', '不得过10.0%', false],
  ['10.06', '%', '≤10.0%', true],
  ['3.4', '%', '不得少于 3.5%', true],
  ['3.5', '%', '不得少于 3.5%', false],
  [['3.4', '3.6'], '%', '不得少于 3.5%', false],
  ['9', '%', '10~13%', true],
  ['11', '%', '10~13%', false],
  ['<0.01', 'mg/kg', '≤0.05 mg/kg', false],
  ['未检出', 'mg/kg', '不得过 0.05 mg/kg', false],
  // What cannot be read contradicts nothing.
  ['合格?', undefined, '不得过 400 mg/kg', false],
  ['620', undefined, '不得过 400 mg/kg', false],
  ['620', 'mg/kg', '400', false],
  ['620', 'mg/kg', '应符合规定', false],
  ['620', 'mg/kg', undefined, false],
])('%j %s against %s: %s', (value, unit, limit, isOutside) => {
  expect(isOutsideOwnLimit({ test: '二氧化硫残留量', value, unit }, limit)).toBe(isOutside);
});
