import { fateOf } from './auxiliaries';

it.each([
  ['麸皮', 'leaves'], ['蜜麸', 'leaves'], ['大米', 'leaves'], ['米醋', 'mostly-leaves'], ['黄酒', 'mostly-leaves'], ['米酒', 'mostly-leaves'], ['河砂', 'leaves'], ['油砂', 'leaves'], ['炼蜜', 'stays'],
  ['食盐', 'stays'], ['Honey', 'stays'], ['wheat BRAN', 'leaves'], ['蛤粉', 'leaves'], ['甘草汁', undefined], ['姜汁', undefined], ['水', undefined], ['', undefined],
])('%s: %s', (name, fate) => {
  expect(fateOf(name)).toBe(fate);
});
