import { DRY_PER_MU, mostFresh } from './dry-per-mu';
import { FRESH_PER_DRY } from './fresh-per-dry';

const kg = (mg: bigint | undefined): number | undefined => (mg === undefined ? undefined : Number(mg / 1_000_000n));

it.each<[string, string | undefined, bigint, number | undefined]>([
  // 10 mu are 6,667 m²: 10 × 200 kg × 3.5 × 1.25.
  ['lianqiao', 'wild-tended', 6667n, 8750], ['lianqiao', undefined, 13334n, 17500],
  ['huangqi', 'seed', 6667n, 20626], ['huangqi', 'wild-imitated', 6667n, 10313], ['huangqi', undefined, 6667n, 20626],
  ['dangshen', 'seedling', 6667n, 14438], ['lianqiao', undefined, 0n, 0],
  ['suanzaoren', undefined, 6667n, undefined], ['fuling', undefined, 6667n, undefined],
])('%s (%s) on %d m²: %d kg at most', (herb, mode, area, most) => {
  expect(kg(mostFresh(herb, mode, area)?.mostMg)).toBe(most);
});

it('knows no yield without knowing how much of it is water', () => {
  expect(DRY_PER_MU.filter(({ herb }) => !FRESH_PER_DRY.some((band) => band.herb === herb))).toEqual([]);
});
