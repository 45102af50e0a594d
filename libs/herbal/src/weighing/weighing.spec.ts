import fc from 'fast-check';
import { agreement, scaleUncertainty } from './agreement';
import { type Allowance, allowedMg, differenceReason, findAllowance } from './allowance';
import { readingsOf, type Weighing, weighingFaults, weighingNotes } from './check-weighing';
import { massResolution, typedMilligrams, typedResolution } from './mass-units';

const kg = (n: number): bigint => BigInt(Math.round(n * 1_000_000));
const mass = fc.bigInt({ min: 0n, max: 10n ** 14n });
const scale = { divisionMg: kg(0.1), capacityMg: kg(500), validUntil: '2026-12-31', isEnded: false };

describe('a typed mass', () => {
  it.each([['1625', '斤', kg(812.5)], [12.5, '两', 625_000n], ['1.5', 't', kg(1500)], ['0.0000001', 'kg', undefined], [3, '件', undefined]])('of %s %s is %s mg', (quantity, unit, mg) => {
    expect(typedMilligrams({ quantity, unit })).toBe(mg);
  });
  it.each([['812.5', 'kg', kg(0.1)], ['12.0', 'kg', kg(0.1)], [12, 'kg', kg(1)], [800, 'kg', kg(1)], ['1625', '斤', kg(0.5)], ['0.0000001', 'kg', 1n]])('%s %s was read to %s mg', (quantity, unit, mg) => {
    expect(typedResolution({ quantity, unit })).toBe(mg);
  });
});

it.each([[kg(812.5), kg(0.1)], [kg(800), kg(1)], [1n, 1n], [0n, kg(1)], [kg(0.25), kg(0.01)]])('%s mg were read to %s mg at least', (mg, resolution) => {
  expect(massResolution(mg)).toBe(resolution);
});

describe('a weighing', () => {
  it('is net, or says both numbers', () => {
    expect(weighingFaults({ netMg: kg(812.5), grossMg: kg(830), tareMg: kg(17.5) })).toEqual([]);
    expect(weighingFaults({ netMg: kg(812.5), grossMg: kg(830), tareMg: kg(17) })).toEqual([{ rule: 'net-of-gross', statedMg: kg(812.5), computedMg: kg(813) }]);
    expect(weighingFaults({ netMg: kg(5), tareMg: kg(1) })).toEqual([{ rule: 'tare-without-gross' }]);
  });
  it('of 32 sacks of 25 kg and an odd one of 12.5 kg is 812.5 kg', () => {
    const packages = { count: 32, eachMg: kg(25), oddMg: kg(12.5) };
    expect(weighingFaults({ netMg: kg(812.5), packages })).toEqual([]);
    expect(weighingFaults({ netMg: kg(812), packages })).toEqual([{ rule: 'net-of-packages', statedMg: kg(812), computedMg: kg(812.5) }]);
    expect([readingsOf({ packages }), readingsOf({ packages, grossMg: kg(830) }), readingsOf({ packages, weighings: 7 }), readingsOf({})]).toEqual([33, 1, 7, 1]);
  });
  it.each<[string, Partial<Weighing>, string[]]>([
    ['no scale is named', { scale: undefined }, ['no-scale']],
    ['it is finer than the scale shows', { netMg: kg(10.05) }, ['finer-than-division']],
    ['more lay on it than it carries', { netMg: kg(600) }, ['above-capacity']],
    ['as much was weighed in two goes', { netMg: kg(600), weighings: 2 }, []],
    ['its calibration had run out', { scale: { ...scale, validUntil: '2026-08-19' } }, ['calibration-expired']],
    ['the last day of its calibration', { scale: { ...scale, validUntil: '2026-08-20' } }, []],
    ['nobody calibrated it', { scale: { divisionMg: kg(0.1), isEnded: true } }, ['calibration-unknown', 'scale-ended']],
  ])('notes that %s', (_, more, notes) => {
    expect(weighingNotes({ netMg: kg(10), scale, ...more }, '2026-08-20')).toEqual(notes);
  });
});

describe('two weighings', () => {
  const platform = (massMg: bigint, readings = 1) => ({ massMg, uncertaintyMg: scaleUncertainty(kg(0.1), readings) });
  const bridge = (massMg: bigint) => ({ massMg, uncertaintyMg: scaleUncertainty(kg(20), 1) });

  it('agree within both divisions, to the milligram', () => {
    expect(agreement(platform(kg(200)), platform(kg(199.8)), 0n)).toMatchObject({ agrees: true, differenceMg: -kg(0.2), toleranceMg: kg(0.2) });
    expect(agreement(platform(kg(200)), platform(kg(199.8) - 1n), 0n).agrees).toBe(false);
  });
  it('of 40 sacks one by one and of the lorry agree within 4 kg + 20 kg', () => {
    expect(agreement(platform(kg(1000), 40), bridge(kg(1020)), 0n)).toMatchObject({ agrees: true, divisionsMg: kg(24) });
  });
  it('without a scale agree only to the milligram, or within what is allowed', () => {
    const bare = (massMg: bigint) => ({ massMg, uncertaintyMg: scaleUncertainty(undefined, 5) });
    expect(agreement(bare(kg(5)), bare(kg(5) + 1n), 0n).agrees).toBe(false);
    expect(agreement(bare(kg(5)), bare(kg(4)), kg(1)).agrees).toBe(true);
  });
  it('agree whichever of them came first, and with themselves', () => {
    const side = fc.record({ massMg: mass, uncertaintyMg: mass });
    fc.assert(fc.property(side, side, mass, (a, b, allowance) => {
      const [there, back] = [agreement(a, b, allowance), agreement(b, a, allowance)];
      expect([back.agrees, back.differenceMg, back.toleranceMg]).toEqual([there.agrees, -there.differenceMg, there.toleranceMg]);
      expect(agreement(a, a, 0n).agrees).toBe(true);
    }));
  });
  it('that agree still agree where more is allowed', () => {
    fc.assert(fc.property(mass, mass, mass, mass, (a, b, allowance, more) => {
      const within = (allowed: bigint) => agreement({ massMg: a, uncertaintyMg: 0n }, { massMg: b, uncertaintyMg: 0n }, allowed).agrees;
      expect(within(allowance) && !within(allowance + more)).toBe(false);
    }));
  });
});

describe('an allowance', () => {
  const known: Allowance[] = [
    { id: 'any', step: 'transport', direction: 'loss', percent: '0.5' },
    { id: 'herb', step: 'transport', direction: 'loss', percent: '0.8', herb: 'lianqiao' },
    { id: 'herb-narrow', step: 'transport', direction: 'loss', percent: '0.30', herb: 'lianqiao' },
    { id: 'rain', step: 'transport', direction: 'gain', percent: '1', months: [7, 8] },
  ];
  const find = (more: object) => findAllowance(known, { step: 'transport', direction: 'loss', herb: 'lianqiao', month: 8, ...more })?.id;

  it('is the herb’s own, of the season, and of two the smaller; or there is none', () => {
    expect([find({}), find({ herb: 'dangshen' }), find({ direction: 'gain' }), find({ direction: 'gain', month: 11 }), find({ step: 'storage' })])
      .toEqual(['herb-narrow', 'any', 'rain', undefined, undefined]);
  });
  it('of 0.3 % of 200 kg is 600 g; of what is left over in a milligram nothing', () => {
    expect([allowedMg({ percent: '0.30' }, kg(200)), allowedMg({ percent: '0.3' }, 333n)]).toEqual([600_000n, 0n]);
  });
  it('books what the scales cannot tell apart as theirs, the rest by direction and step', () => {
    expect([differenceReason(-5n, 5n, 'transport'), differenceReason(-6n, 5n, 'transport'), differenceReason(-6n, 5n, 'storage'), differenceReason(6n, 5n, 'transport')])
      .toEqual(['scale-difference', 'transit-loss', 'drying-loss', 'moisture-regain']);
  });
});
