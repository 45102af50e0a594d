import register from '../../../../seeds/regions.json';
import { placeName } from './region';

describe('placeName', () => {
  it.each([
    ['141026', '山西省临汾市安泽县', 'Anze County, Linfen, Shanxi'],
    ['141023', '山西省临汾市襄汾县', 'Xiangfen County, Linfen, Shanxi'],
    ['141099', '山西省临汾市', 'Linfen, Shanxi'],
    ['411024', '河南省', 'Henan'],
    ['110105', '北京市', 'Beijing'],
    ['990000', '行政区划代码 990000', 'area code 990000'],
  ])('names %s to the level known', (code, zh, en) => {
    expect(placeName(code)).toEqual({ zh, en });
  });
  it('has codes of six digits, each once, and says whether it was verified', () => {
    const codes = register.regions.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => /^[1-9]\d{5}$/.test(code))).toBe(true);
    expect(typeof register.verified).toBe('boolean');
    expect(register.source).toMatch(/GB\/T 2260/);
  });
});
