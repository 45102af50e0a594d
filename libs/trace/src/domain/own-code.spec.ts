import { batchCode } from './batch-code';
import { canonicaliser, ownCanonical, ownCodeOf, ownSerialCanonical, ownSerialOf } from './own-code';

const code = batchCode(new Uint8Array(10).fill(7));
const canonical = canonicaliser(new Set(['trace.example.cn']));

describe('own codes', () => {
  it('are one thing under every public address, however typed', () => {
    expect(canonical(`https://trace.example.cn/b/${code}`)).toBe(ownCanonical(code));
    expect(canonical(`http://trace.example.cn/b/${code.toLowerCase()}`)).toBe(ownCanonical(code));
    expect(ownCodeOf(ownCanonical(code))).toBe(code);
  });
  it('name single packs under the code of their lot', () => {
    const serial = canonical(`https://trace.example.cn/b/${code}/s/7k2qz0abcd123`);
    expect(serial).toBe(ownSerialCanonical(code, '7K2QZ0ABCD123'));
    expect(ownSerialOf(serial)).toEqual({ code, serial: '7K2QZ0ABCD123' });
    expect(ownCodeOf(serial)).toBeUndefined();
  });
  it.each([`https://other.example.cn/b/${code}`, `https://trace.example.cn/b/${code}X`, `https://trace.example.cn/b/${code}/s/`, `https://trace.example.cn/b/${code}/x/1`, `https://trace.example.cn/b/${code}/s/a-b`])('are not %s', (uri) => {
    expect(canonical(uri)).toBe(uri);
  });
});
