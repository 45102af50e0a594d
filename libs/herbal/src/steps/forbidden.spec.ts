import { forbiddenBy } from './forbidden';

it.each([
  ['硫磺', 'sulphur-smoking'], ['食用硫黄', 'sulphur-smoking'], ['Sulfur', 'sulphur-smoking'], ['金胺O', 'dyeing'], ['七水硫酸镁', 'weighting'], ['双氧水', 'bleaching'], ['焦亚硫酸钠', 'bleaching'],
  ['炼蜜', undefined], ['白矾', undefined], ['食盐', undefined], ['水', undefined], ['米醋', undefined], ['甘草汁', undefined],
])('%s', (name, practice) => expect(forbiddenBy(name)?.practice).toBe(practice));
