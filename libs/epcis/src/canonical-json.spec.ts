import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json';
import { readJson } from './read-json';

const folder = join(resolve(__dirname, '../../..', process.env.DAODI_VECTORS ?? '../shared/reference'), 'transparency-log/jcs-rfc8785');
const found = existsSync(folder);
if (!found && process.env.DAODI_STRICT === '1') throw new Error(`the published vectors are missing: ${folder}`);
const names = found ? readdirSync(join(folder, 'input')) : [];

(found ? describe : describe.skip)(`the RFC 8785 vectors${found ? '' : ' (not found, skipped)'}`, () => {
  it('are six', () => expect(names).toHaveLength(6));
  it.each(names)('%s', (name) => {
    const value = JSON.parse(readFileSync(join(folder, 'input', name), 'utf8')) as unknown;
    expect(canonicalJson(value)).toBe(readFileSync(join(folder, 'output', name), 'utf8').trimEnd());
  });
});

describe('canonicalJson', () => {
  it('does not depend on the order of members', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '连翘' }], a: undefined, A: 1e21 })).toBe('{"A":1e+21,"b":[1,{"c":"连翘","d":null}]}');
  });
  it('reads back as the value it came from', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });
  it('is itself strict JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const reading = readJson(new TextEncoder().encode(canonicalJson(value)));
      expect(reading.ok || reading.faults.every(({ rule }) => rule === 'json-nul' || rule === 'json-reserved-key')).toBe(true);
    }));
  });
  it.each([[{ a: '\ud800' }], [Number.NaN], [1n], [{ '\udc00': 1 }]])('refuses what JSON cannot hold', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
