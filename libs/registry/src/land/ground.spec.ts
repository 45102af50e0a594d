import { groundM2, sharesLayer } from './ground';
import { LAYERS } from './land.dto';

describe('ground', () => {
  it('makes of 866 mu in projection 1,000 on a slope of 30 degrees, and of flat land what it is', () => {
    expect(groundM2(866_000, 30)).toBe(999_971);
    expect(groundM2(866_000, 0)).toBe(866_000);
    expect(groundM2(100, 60)).toBe(200);
  });
  it('holds trees, shrubs and herbs apart, and takes under trees for either below them', () => {
    const shared = LAYERS.flatMap((a) => LAYERS.filter((b) => a < b && sharesLayer(a, b)).map((b) => `${a} ${b}`));
    expect(shared.sort()).toEqual(['herb understorey', 'shrub understorey']);
    for (const layer of LAYERS) expect([layer, sharesLayer(layer, layer)]).toEqual([layer, true]);
  });
});
