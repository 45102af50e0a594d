import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { canonicalIdentifier, checkDigit, companyPrefixMatches, digitalLinkForHash, digitalLinkToUrn, explainNote, gs1KeyOf, hasValidCheckDigit, urnToDigitalLink } from './index';

const vectors = resolve(__dirname, '../../..', process.env.DAODI_VECTORS ?? '../shared/reference');
const pairsFile = join(vectors, 'epcis/hash-vectors/dl-normaliser-vectors.json');
const havePairs = existsSync(pairsFile);
if (!havePairs && process.env.DAODI_STRICT === '1') throw new Error(`the published vectors are missing: ${pairsFile}`);

interface Pair { input: unknown; canonicalDigitalLink: string | null }
const pairs: Pair[] = havePairs ? (JSON.parse(readFileSync(pairsFile, 'utf8')) as { pairs: Pair[] }).pairs : [];

(havePairs ? describe : describe.skip)(`the published pairs of URN or Digital Link and canonical form${havePairs ? '' : ' (not found, skipped)'}`, () => {
  it('are 43', () => expect(pairs).toHaveLength(43));

  it.each(pairs)('for the event hash: $input', ({ input, canonicalDigitalLink }) => {
    expect(digitalLinkForHash(input) ?? null).toBe(canonicalDigitalLink);
  });

  // Two of the published GTINs carry a wrong check digit, which the reference does not verify.
  const wrong = ['http://example.de/gtin-8/01/97803111', 'http://example.de/01/040123451234/cpv/344/lot/ABD'];
  it.each(pairs.filter(({ input }) => typeof input === 'string'))('for identity: $input', ({ input, canonicalDigitalLink }) => {
    const found = canonicalIdentifier(input as string);
    if (wrong.includes(input as string)) expect(found).toMatchObject({ canonical: input, note: 'gs1-check-digit' });
    else expect(found.canonical).toBe(canonicalDigitalLink ?? input);
  });
});

describe('canonicalIdentifier', () => {
  it.each([
    ['urn:epc:id:sgtin:4012345.011111.98', 'sgtin', 'instance'],
    ['urn:epc:class:lgtin:4012345.012345.Lot987', 'lgtin', 'class'],
    ['urn:epc:idpat:sgtin:4012345.012345.*', 'gtin', 'class'],
    ['urn:epc:id:upui:4012345.012345.51qIgY)%3C%26Jp3*j7SDB', 'upui', 'instance'],
    ['urn:epc:id:sscc:4012345.0000000011', 'sscc', 'instance'],
    ['urn:epc:id:sgln:4012345.00005.122', 'sgln', 'location'],
    ['urn:epc:id:sgln:401234512345..0', 'gln', 'location'],
    ['urn:epc:id:pgln:401234512345.', 'pgln', 'party'],
    ['urn:epc:id:grai:4012345.00077.8765', 'grai', 'instance'],
    ['urn:epc:idpat:grai:4012345.00077.*', 'grai', 'class'],
    ['urn:epc:id:giai:4012345.A.B-c', 'giai', 'instance'],
    ['urn:epc:id:gsrn:4012345.0000098765', 'gsrn', 'relation'],
    ['urn:epc:id:gsrnp:4012345.0000098765', 'gsrnp', 'relation'],
    ['urn:epc:id:gdti:401234512345..7', 'gdti', 'instance'],
    ['urn:epc:id:sgcn:4012345.67890.04711', 'gcn', 'instance'],
    ['urn:epc:id:ginc:4012345.xyz3311cba', 'ginc', 'shipment'],
    ['urn:epc:id:gsin:4012345.222333444', 'gsin', 'shipment'],
    ['urn:epc:id:cpi:0614141.5PQ7%2FZ43.12345', 'cpi', 'instance'],
    ['urn:epc:id:itip:4012345.011111.01.02.987', 'itip', 'instance'],
  ])('%s is a %s', (uri, kind, level) => {
    const found = canonicalIdentifier(uri);
    expect(found).toMatchObject({ kind, level });
    expect(found.canonical).toMatch(/^https:\/\/id\.gs1\.org\/\d+\//);
    expect(canonicalIdentifier(found.canonical)).toEqual(found);
  });

  it('knows one lot however it is written', () => {
    const spellings = [
      'urn:epc:class:lgtin:4012345.012345.A%2F1',
      'https://id.gs1.org/01/04012345123456/10/A%2F1',
      'https://shop.example/de/gtin/4012345123456/lot/A%2f1?linkType=all#top',
      'HTTPS://Example.com:8443/x/01/04012345123456/22/v2/10/%41%2F1/',
    ];
    expect(new Set(spellings.map((uri) => canonicalIdentifier(uri).canonical))).toEqual(new Set(['https://id.gs1.org/01/04012345123456/10/A%2F1']));
  });

  it.each([
    ['urn:epc:id:sscc:08600031303.0003', 'gs1-length'],
    ['urn:epc:id:sgtin:4012345.01111.98', 'gs1-length'],
    ['urn:epc:id:sgtin:4012345.011111.', 'gs1-length'],
    ['urn:epc:id:sgtin:4012345.011111.123456789012345678901', 'gs1-length'],
    ['urn:epc:id:sgtin:40123.01111111.98', 'gs1-company-prefix'],
    ['urn:epc:id:sgtin:4012345.011111.连翘', 'gs1-characters'],
    ['urn:epc:id:sgtin:4012345.011111.a/b', 'gs1-characters'],
    ['urn:epc:id:cpi:0614141.abc.1', 'gs1-characters'],
    ['urn:epc:id:cpi:0614141.ABC.01', 'gs1-serial'],
    ['urn:epc:id:itip:4012345.011111.03.02.987', 'gs1-piece-of-total'],
    ['urn:epc:idpat:sgtin:4012345.*.*', 'gs1-pattern'],
    ['https://id.gs1.org/01/04012345123457', 'gs1-check-digit'],
    ['https://id.gs1.org/00/040123450000000116', 'gs1-check-digit'],
    ['https://id.gs1.org/01/401234512345', 'gs1-check-digit'],
    ['https://id.gs1.org/01/04012345123456/10/%E8%BF%9E', 'gs1-characters'],
    ['https://id.gs1.org/01/04012345123456/10/A%2', 'gs1-characters'],
    ['https://id.gs1.org/01/04012345123456/21/1/10/A', 'gs1-qualifier'],
    ['https://id.gs1.org/01/04012345123456/10/A/10/B', 'gs1-qualifier'],
    ['https://id.gs1.org/01/04012345123456/254/B', 'gs1-qualifier'],
    ['https://id.gs1.org/01/04012345123456?10=A', 'gs1-qualifier-in-query'],
    ['https://id.gs1.org/8003/14012345000771', 'gs1-check-digit'],
    ['https://id.gs1.org/8003/94012345000774x', 'gs1-filler'],
  ])('leaves %s as it is: %s', (uri, note) => {
    expect(canonicalIdentifier(uri)).toEqual({ canonical: uri, kind: 'opaque', level: 'unknown', note });
  });

  it.each([
    'https://trace.example.cn/b/7K3QX9ZD', 'urn:gdst:example.org:product:class:processor.2u', 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
    'urn:epc:id:gid:95100000.12345.400', 'urn:epc:tag:sgtin-96:1.4012345.011111.98', 'geo:35.1,111.2', 'urn:epc:id:constructor:4012345.1', '', '连翘', 'https://x',
  ])('does not mistake %s for a GS1 key', (uri) => {
    expect(canonicalIdentifier(uri)).toEqual({ canonical: uri, kind: 'opaque', level: 'unknown' });
  });

  it('gives the same for its own result, whatever it is given', () => {
    const piece = fc.constantFrom('01', '00', '10', '21', '414', 'gtin', '04012345123456', '%2F', 'a', '连', '*', '.', 'urn:epc:id:sgtin:', 'https://a.b/', '/', '?10=', '4012345.', '#');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(piece, { maxLength: 9 }).map((all) => all.join(''))), (uri) => {
      const once = canonicalIdentifier(uri);
      expect(canonicalIdentifier(once.canonical)).toEqual(once);
      if (once.kind === 'opaque') expect(once.canonical).toBe(uri);
    }), { numRuns: 2000 });
  });

  it('reads a long hostile URI at once', () => {
    const uri = `https://x/${'01/'.repeat(100_000)}`;
    expect(canonicalIdentifier(uri).canonical).toBe(uri);
  });
});

describe('URN and Digital Link', () => {
  const digits = (n: number) => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));
  const serial = fc.stringMatching(/^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,16}$/).filter((text) => text !== '0');
  const escape = (text: string) => text.replace(/["%&/<>?]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const urn = fc.tuple(fc.integer({ min: 6, max: 12 }), digits(17), serial).chain(([prefixLength, all, text]) => {
    const cut = (total: number) => `${all.slice(0, prefixLength)}.${all.slice(prefixLength, total)}`;
    return fc.constantFrom(
      `urn:epc:id:sgtin:${cut(13)}.${escape(text)}`, `urn:epc:class:lgtin:${cut(13)}.${escape(text)}`, `urn:epc:idpat:sgtin:${cut(13)}.*`,
      `urn:epc:id:upui:${cut(13)}.${escape(text)}`, `urn:epc:id:sscc:${cut(17)}`, `urn:epc:id:sgln:${cut(12)}.${escape(text)}`,
      `urn:epc:id:sgln:${cut(12)}.0`, `urn:epc:id:pgln:${cut(12)}`, `urn:epc:id:grai:${cut(12)}.${escape(text)}`, `urn:epc:idpat:grai:${cut(12)}.*`,
      `urn:epc:id:gdti:${cut(12)}.${escape(text)}`, `urn:epc:id:sgcn:${cut(12)}.4711`, `urn:epc:id:gsrn:${cut(17)}`, `urn:epc:id:gsrnp:${cut(17)}`,
      `urn:epc:id:gsin:${cut(16)}`, `urn:epc:id:giai:${all.slice(0, prefixLength)}.${escape(text)}`, `urn:epc:id:ginc:${all.slice(0, prefixLength)}.${escape(text)}`,
      `urn:epc:id:cpi:${all.slice(0, prefixLength)}.A%23%2F9.7`, `urn:epc:id:itip:${cut(13)}.01.02.${escape(text)}`,
    ).map((uri) => ({ uri, prefixLength }));
  });

  it('lose nothing on the way there and back', () => {
    fc.assert(fc.property(urn, ({ uri, prefixLength }) => {
      const link = urnToDigitalLink(uri);
      expect(link).toBe(canonicalIdentifier(uri).canonical);
      expect(canonicalIdentifier(link ?? '').canonical).toBe(link);
      expect(digitalLinkToUrn(link ?? '', prefixLength)).toBe(uri);
      expect(companyPrefixMatches(uri, /:(\d+)\./.exec(uri)?.[1] ?? '')).toBe(!/^https:..id.gs1.org.01.000000/.test(link ?? ''));
    }), { numRuns: 3000 });
  });

  it('give no URN without a prefix length, or where EPC has none', () => {
    expect(digitalLinkToUrn('https://id.gs1.org/01/04012345123456/10/A')).toBeUndefined();
    expect(digitalLinkToUrn('https://id.gs1.org/01/04012345123456/10/A', 5)).toBeUndefined();
    expect(digitalLinkToUrn('https://id.gs1.org/8006/040123451234560102/10/A', 7)).toBeUndefined();
    expect(digitalLinkToUrn('https://id.gs1.org/8004/401234ABC', 9)).toBeUndefined();
    expect(digitalLinkToUrn('urn:x:y', 7)).toBeUndefined();
    expect(urnToDigitalLink('urn:epc:id:sscc:08600031303.0003')).toBeUndefined();
  });
});

describe('companyPrefixMatches', () => {
  it('looks behind the indicator digit of a GTIN and the extension digit of an SSCC', () => {
    expect(companyPrefixMatches('https://id.gs1.org/01/94012345123459/10/A', '4012345')).toBe(true);
    expect(companyPrefixMatches('urn:epc:id:sscc:4012345.9000000011', '4012345')).toBe(true);
    expect(companyPrefixMatches('urn:epc:id:grai:4012345.00077.8765', '4012345')).toBe(true);
    expect(companyPrefixMatches('urn:epc:id:sgln:4012345.00005.0', '4012345')).toBe(true);
  });
  it('refuses another prefix, an opaque identifier, a GTIN-8 and a prefix that is none', () => {
    expect(companyPrefixMatches('urn:epc:id:sgln:4012345.00005.0', '4012346')).toBe(false);
    expect(companyPrefixMatches('https://trace.example.cn/b/4012345', '4012345')).toBe(false);
    expect(companyPrefixMatches('https://x/01/00000097803114', '00000')).toBe(false);
    expect(companyPrefixMatches('urn:epc:id:sgln:4012345.00005.0', '')).toBe(false);
  });
});

describe('gs1KeyOf', () => {
  it('gives plain values at the finest level', () => {
    expect(gs1KeyOf('https://x/01/4012345123456/22/2/10/A%2F1')).toEqual({ ai: '01', key: '04012345123456', qualifiers: { '10': 'A/1' } });
    expect(gs1KeyOf('urn:gdst:x')).toBeUndefined();
  });
});

describe('check digits', () => {
  it('are those of the GS1 General Specifications', () => {
    expect(checkDigit('629104150021')).toBe('3');
    expect(hasValidCheckDigit('6291041500213')).toBe(true);
    expect(hasValidCheckDigit('6291041500214')).toBe(false);
    expect(hasValidCheckDigit('629104150021x')).toBe(false);
    expect(() => checkDigit('')).toThrow(RangeError);
  });
});

it('every note has a sentence in both languages', () => {
  expect(explainNote('gs1-check-digit').zh).toContain('校验位');
  expect(explainNote('gs1-check-digit').en).toContain('check digit');
});
