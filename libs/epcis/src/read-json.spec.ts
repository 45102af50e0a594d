import fc from 'fast-check';
import { readJson } from './read-json';

const read = (text: string) => readJson(new TextEncoder().encode(text));
const rules = (text: string) => {
  const reading = read(text);
  return reading.ok ? [] : reading.faults.map(({ pointer, rule }) => `${pointer} ${rule}`);
};

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom('', ' ', '\n\t'), (text, space) => {
      const exact = !/(?<![\w"])-0(?![\d.])|__proto__/.test(text);
      const reading = read(space + text + space);
      if (exact && reading.ok) expect(reading.value).toEqual(JSON.parse(text));
      if (exact && !reading.ok) expect(reading.faults.every(({ rule }) => /number|surrogate|nul|key/.test(rule))).toBe(true);
    }), { numRuns: 2000 });
  });

  it('refuses exactly what JSON.parse refuses, besides its own rules', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b"', '1', '-', '0', '.5', 'e3', 'true', 'null', ' ', '\\', '"', '"\\u00', 'x');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }).map((all) => all.join('')), (text) => {
      let parses = true;
      try { JSON.parse(text); } catch { parses = false; }
      const faults = rules(text);
      expect(faults.some((fault) => fault.endsWith(' json-syntax'))).toBe(!parses);
    }), { numRuns: 5000 });
  });

  it('skips a byte order mark', () => expect(read('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } }));

  it.each([
    ['{"a":1,"b":{"c":1,"\\u0063":2}}', ['/b/c json-duplicate-key']],
    ['[{"a/b":1,"a/b":2},{"a":1,"a":1}]', ['/0/a~1b json-duplicate-key', '/1/a json-duplicate-key']],
    ['{"q":9007199254740993}', ['/q json-number']],
    ['[1,2,0.1000000000000000055511151231257827]', ['/2 json-number']],
    ['[1e400,-1e400,1e-400,-0,-0.0]', ['/0 json-number', '/1 json-number', '/2 json-number', '/3 json-number', '/4 json-number']],
    ['{"a":"x\\u0000y"}', ['/a json-nul']],
    ['{"a":["\\ud83d","\\ude00","\\ud83dx","\\ud83d\\ud83d\\ude00"]}', ['/a/0 json-surrogate', '/a/1 json-surrogate', '/a/2 json-surrogate', '/a/3 json-surrogate']],
    ['{"a":{"\\u0000":1}}', ['/a json-nul']],
    ['{"__proto__":{"admin":true}}', ['/__proto__ json-reserved-key']],
    ['{"a":1} x', [' json-syntax']],
    ['{"a":1,}', ['/a json-syntax']],
    ['{"a":"line\nbreak"}', ['/a json-syntax']],
    ['[01]', ['/0 json-syntax']],
    ['', [' json-syntax']],
    ['{"a":tru', ['/a json-syntax']],
    ['"open', [' json-syntax']],
  ])('names what is wrong with %s', (text, faults) => expect(rules(text)).toEqual(faults));

  it.each(['[1000.0,1e3,1E+3,0.50,-12.5e-1,0,0.0,0e9,9007199254740992,1.7976931348623157e308,5e-324]', '["\\ud83d\\ude00","𠮿"]'])('takes %s', (text) => {
    expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it('takes a number of 18 digits only where a double holds it', () => {
    expect(rules('123456789012345680')).toEqual([]);
    expect(rules('123456789012345678')).toEqual([' json-number']);
  });

  it('agrees with the shortest text of every double', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
      expect(rules(JSON.stringify(double))).toEqual([]);
    }));
  });

  it('refuses bytes that are not UTF-8', () => {
    for (const bytes of [[0x22, 0xff, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xc0, 0x80, 0x22], [0xfe, 0xff, 0x00, 0x31]]) {
      expect(readJson(Uint8Array.from(bytes))).toMatchObject({ ok: false, faults: [{ pointer: '', rule: 'json-utf8' }] });
    }
  });

  it('takes 64 levels and refuses the 65th, or whatever is set', () => {
    expect(rules('['.repeat(64) + ']'.repeat(64))).toEqual([]);
    expect(rules('['.repeat(65) + ']'.repeat(65))).toEqual([`${'/0'.repeat(64)} json-depth`]);
    expect(readJson(new TextEncoder().encode('[[1]]'), { depthMax: 1 }).ok).toBe(false);
  });

  it('survives millions of brackets, names, digits and quotes', () => {
    const million = 1_000_000;
    expect(rules('['.repeat(million))).toHaveLength(1);
    expect(rules('{"a":'.repeat(million))).toHaveLength(1);
    expect(rules('1'.repeat(million))).toEqual([' json-number']);
    expect(rules(`0.${'0'.repeat(million)}1e${million}`)).toEqual([]);
    expect(rules(`1e${'9'.repeat(million)}`)).toEqual([' json-number']);
    expect(rules(`"${'\\"'.repeat(million)}"`)).toEqual([]);
    expect(rules(`[${'-'.repeat(million)}]`)).toHaveLength(1);
    expect(rules(`{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":0`).join()}}`)).toEqual([]);
  });

  it('stops after a hundred faults', () => {
    expect(rules(`[${Array(500).fill('-0').join()}]`)).toHaveLength(100);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const reading = readJson(bytes);
      expect(reading.ok || reading.faults.length > 0).toBe(true);
    }), { numRuns: 3000 });
  });
});
