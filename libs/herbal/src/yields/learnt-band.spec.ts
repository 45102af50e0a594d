import fc from 'fast-check';
import { isUnlike, learntBand, RUNS_TO_LEARN_FROM } from './learnt-band';

it('learns from five runs on, and one that went wrong does not widen the band', () => {
  expect(learntBand([300n, 320n])).toEqual({ runs: 2, median: 310n });
  expect(isUnlike(900n, learntBand([300n, 320n]))).toBeUndefined();
  const band = learntBand([330n, 300n, 900n, 310n, 320n, 340n, 315n]);
  expect(band).toEqual({ runs: 7, median: 320n, least: 265n, most: 385n });
  expect([900n, 265n, 385n, 264n].map((ratio) => isUnlike(ratio, band))).toEqual([true, false, false, true]);
});

it('holds half of the runs, whatever they are and in whatever order they came', () => {
  const ratios = fc.array(fc.bigInt(1n, 5000n), { minLength: RUNS_TO_LEARN_FROM, maxLength: 60 });
  fc.assert(fc.property(ratios, (all) => {
    const band = learntBand(all);
    expect(learntBand([...all].reverse())).toEqual(band);
    expect(all.filter((ratio) => !isUnlike(ratio, band)).length * 2).toBeGreaterThanOrEqual(all.length);
  }));
});
