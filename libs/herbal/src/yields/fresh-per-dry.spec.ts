import { findFreshPerDry, FRESH_PER_DRY, unusualRatio } from './fresh-per-dry';

const kg = (n: number): bigint => BigInt(n) * 1_000_000n;
const qingqiao = findFreshPerDry('lianqiao', '青翘');

it('finds the band of a grade, and none where the grade is not known', () => {
  expect([qingqiao?.least, findFreshPerDry('lianqiao', '老翘')?.least, findFreshPerDry('lianqiao', undefined), findFreshPerDry('dihuang', '任意')?.most, findFreshPerDry('sanqi', undefined)])
    .toEqual([250n, 120n, undefined, 550n, undefined]);
  expect(FRESH_PER_DRY.filter(({ verified, least, most }) => verified || least >= most)).toEqual([]);
});

it.each([
  [250, 100, undefined], [350, 100, undefined], [100, 0, undefined], [249, 100, { ratio: 249n, isFar: false }], [351, 100, { ratio: 351n, isFar: false }],
  [167, 100, { ratio: 167n, isFar: false }], [166, 100, { ratio: 166n, isFar: true }], [525, 100, { ratio: 525n, isFar: false }], [526, 100, { ratio: 526n, isFar: true }],
])('%s kg of green forsythia to %s kg', (fresh, dry, found) => {
  expect(unusualRatio(kg(fresh), kg(dry), qingqiao as NonNullable<typeof qingqiao>)).toEqual(found);
});
