import fc from 'fast-check';
import { balanceDryMatter, type DryingPart, dryKilograms } from './balance';
import { dryPartOf, isPercent, type MoistureMethod, percentText, WHOLE } from './moisture';

const kg = (n: number): bigint => BigInt(Math.round(n * 1_000_000));
const part = (kilograms: number, percent?: string, method: MoistureMethod = 'oven', uncertaintyMg = 0n): DryingPart =>
  ({ massMg: kg(kilograms), uncertaintyMg, ...(percent !== undefined && { moisture: { percent, method } }) });

describe('a moisture', () => {
  it('stands for half a unit of its last digit, as typed', () => {
    expect(dryPartOf({ percent: '12.0' })).toEqual({ stated: 880_000_000_000n, least: 879_500_000_000n, most: 880_500_000_000n });
    expect(dryPartOf({ percent: '12' })).toMatchObject({ least: 875_000_000_000n, most: 885_000_000_000n });
    expect(dryPartOf({ percent: '12.0', uncertainty: '0.5' })).toMatchObject({ least: 874_500_000_000n, most: 885_500_000_000n });
    expect([percentText('12.0'), percentText(12.0), percentText('7')]).toEqual(['12.0', '12', '7']);
  });
  it('never leaves less than nothing nor more than all', () => {
    expect([dryPartOf({ percent: '0' }).most, dryPartOf({ percent: '100' }).least]).toEqual([WHOLE, 0n]);
    expect(['100', '0.00000001', '100.1', '-1', '1e1', '101', '.5', '0.000000001'].map(isPercent)).toEqual([true, true, false, false, false, false, false, false]);
  });
});

describe('a balance on dry matter', () => {
  it('of 812.5 kg at 65.0 % dried to 320 kg at 11.0 % agrees to 300 g', () => {
    const balance = balanceDryMatter([part(812.5, '65.0')], [part(320, '11.0')]);
    expect([dryKilograms(balance.in as bigint), dryKilograms(balance.out as bigint), balance.verdict]).toEqual(['284.375', '284.8', 'agrees']);
  });
  it('names what cannot have come from what went in, at the least', () => {
    const balance = balanceDryMatter([part(812.5, '65.0')], [part(340, '11.0')]);
    expect(balance).toMatchObject({ verdict: 'gained', basis: 'measured' });
    // 340 kg at most 11.05 % water, less 812.5 kg at least 64.95 %.
    expect(dryKilograms(balance.by as bigint)).toBe('17.64875');
  });
  it('leaves to the scales what they cannot tell apart', () => {
    expect(balanceDryMatter([part(100, '10.00')], [part(100.2, '10.00')]).verdict).toBe('gained');
    expect(balanceDryMatter([part(100, '10.00', 'oven', kg(0.1))], [part(100.2, '10.00', 'oven', kg(0.1))]).verdict).toBe('agrees');
  });
  it('is physics only by measured moistures: a table, or a meter that does not say how far it is out, only states', () => {
    for (const method of ['table', 'estimate', 'meter'] as const) {
      expect(balanceDryMatter([part(812.5, '65.0', method)], [part(340, '11.0')])).toMatchObject({ verdict: 'gained', basis: 'stated' });
    }
    const meter: DryingPart = { ...part(812.5), moisture: { percent: '65.0', method: 'meter', uncertainty: '1' } };
    expect(balanceDryMatter([meter], [part(340, '11.0')])).toMatchObject({ verdict: 'gained', basis: 'measured' });
  });
  it('takes what nobody measured for all dry going in and for all water coming out', () => {
    expect(balanceDryMatter([part(100)], [part(90, '10.0'), part(5)])).toMatchObject({ verdict: 'undetermined' });
    expect(balanceDryMatter([part(100)], [part(120, '10.0')])).toMatchObject({ verdict: 'gained', basis: 'measured' });
  });
  it('counts honey that stays', () => {
    expect(balanceDryMatter([part(100, '10.0')], [part(120, '10.0')], kg(25)).verdict).not.toBe('gained');
  });
  it('says what was lost on the way, where both sides were measured', () => {
    expect(balanceDryMatter([part(100, '10.0')], [part(95, '10.0')])).toMatchObject({ verdict: 'lost' });
  });

  const dryings = fc.array(
    fc.record({ dry: fc.integer({ min: 1, max: 10 ** 9 }), before: fc.integer({ min: 0, max: 899 }), after: fc.integer({ min: 0, max: 899 }) }),
    { minLength: 1, maxLength: 6 },
  );
  it('never finds a gain in honest drying, however its moistures were rounded', () => {
    fc.assert(fc.property(dryings, fc.constantFrom(0, 1, 2), (parts, decimals) => {
      // Dry matter stays, water leaves; masses are known to the milligram, moisture is stated rounded.
      const stated = (dry: number, permille: number): DryingPart => {
        const massMg = BigInt(Math.floor((dry * 1000) / (1000 - permille)));
        const water = (100 * Number(massMg - BigInt(dry))) / Number(massMg);
        return { massMg, uncertaintyMg: 1n, moisture: { percent: Math.max(0, water).toFixed(decimals), method: 'oven' } };
      };
      const balance = balanceDryMatter(parts.map(({ dry, before }) => stated(dry, before)), parts.map(({ dry, after }) => stated(dry, after)));
      expect(balance.verdict).not.toBe('gained');
    }));
  });
  it('conserves: a step and the way back cannot both gain', () => {
    const side = fc.array(fc.record({ massMg: fc.bigInt({ min: 0n, max: 10n ** 12n }), uncertaintyMg: fc.constant(0n), moisture: fc.record({ percent: fc.integer({ min: 0, max: 999 }).map((n) => (n / 10).toFixed(1)), method: fc.constant<MoistureMethod>('oven') }) }), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(side, side, (a, b) => {
      const [there, back] = [balanceDryMatter(a, b), balanceDryMatter(b, a)];
      expect(there.verdict === 'gained' && back.verdict === 'gained').toBe(false);
      expect((there.out ?? 0n) - (there.in ?? 0n)).toBe((back.in ?? 0n) - (back.out ?? 0n));
      expect(back.verdict === 'lost').toBe(there.verdict === 'gained');
    }));
  });
});
