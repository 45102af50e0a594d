import { hasValidCheckDigit } from '@daodi/gs1';
import { isCreditCode, ROLES } from '@daodi/registry';
import herbs from '../../herbs.json';
import regions from '../../regions.json';
import { MEMBERS, ORGANISATIONS } from './data/organisations';
import { BASES, CERTIFICATES, PRODUCT, SITES } from './data/places';
import { season } from './data/season';
import { type Names, put, resolve } from './names';
import { seasonYear } from './season-notes';

const codes = ORGANISATIONS.map(({ code }) => code);
const regionCodes = new Set(regions.regions.map(({ code }) => code));

describe('the organisations of the demonstration', () => {
  it('have credit codes with the right check character, each its own, that no register gives out', () => {
    for (const { creditCode } of ORGANISATIONS) expect(isCreditCode(creditCode)).toBe(true);
    expect(new Set(ORGANISATIONS.map(({ creditCode }) => creditCode)).size).toBe(9);
    expect(ORGANISATIONS.every(({ creditCode }) => /MADEM000\d/.test(creditCode))).toBe(true);
  });
  it('say that they are a demonstration', () => {
    for (const { name } of ORGANISATIONS) expect(name).toContain('演示');
  });
  it('have keys under the prefix for examples, with the right check digits', () => {
    const keys = [...ORGANISATIONS.flatMap(({ gln }) => gln ?? []), ...SITES.flatMap(({ gln }) => gln ?? []), PRODUCT.gtin];
    expect(keys).toHaveLength(4);
    for (const key of keys) expect({ key, valid: hasValidCheckDigit(key), example: key.startsWith('952') }).toEqual({ key, valid: true, example: true });
    for (const { gs1Prefix, gln } of ORGANISATIONS) if (gln !== undefined) expect(gln.startsWith(gs1Prefix as string)).toBe(true);
  });
  it('are in places that exist', () => {
    const used = [...ORGANISATIONS, ...SITES, ...BASES].map(({ region }) => region);
    expect(used.filter((region) => !regionCodes.has(region))).toEqual([]);
  });
  it('have people with one login and one role each, and three different ones in the laboratory', () => {
    const people = ORGANISATIONS.flatMap((organisation) => organisation.people);
    expect(new Set(people.map(({ login }) => login)).size).toBe(people.length);
    expect(people.filter(({ role }) => !ROLES.includes(role))).toEqual([]);
    const laboratory = MEMBERS.find(({ type }) => type === 'laboratory');
    expect(laboratory?.people.map(({ role }) => role)).toEqual(expect.arrayContaining(['lab-tester', 'lab-reviewer', 'lab-approver']));
  });
  it('are every type the demonstration promises', () => {
    expect(ORGANISATIONS.map(({ type }) => type).sort()).toEqual([
      'cooperative', 'cooperative', 'decoction-piece-factory', 'laboratory', 'operator', 'pharmaceutical-firm', 'processor', 'retailer', 'supervisor',
    ]);
  });
});

describe('the places of the demonstration', () => {
  it('have outlines that close and lie in their county', () => {
    // 安泽 and 襄汾 counties lie within these degrees; a swapped longitude and latitude would not.
    const box: Record<string, readonly number[]> = { '141026': [112.05, 112.6, 35.9, 36.5], '141023': [111.15, 111.75, 35.65, 36.05] };
    for (const { region, land } of BASES) {
      const [west, east, south, north] = box[region] as readonly [number, number, number, number];
      for (const { outline } of land) {
        expect(outline.length).toBeGreaterThanOrEqual(4);
        expect(outline.at(-1)).toEqual(outline[0]);
        expect(outline.every(([lon, lat]) => lon > west && lon < east && lat > south && lat < north)).toBe(true);
      }
    }
  });
  it('belong to organisations there are', () => {
    const owners = [...BASES, ...SITES, ...CERTIFICATES, PRODUCT].map(({ organisation }) => organisation);
    expect(owners.filter((owner) => !codes.includes(owner))).toEqual([]);
  });
  it('name herbs of the catalogue', () => {
    const known = new Set(herbs.map(({ code }) => code));
    const crops = season(2026).flatMap(({ body }) => (typeof body.herb === 'string' ? [body.herb] : []));
    expect([...PRODUCT.herbs, ...crops].filter((herb) => !known.has(herb))).toEqual([]);
  });
});

describe('the year of the season', () => {
  it('is the last one that is over', () => {
    expect(seasonYear(new Date('2026-10-19T23:59:59Z'))).toBe(2025);
    expect(seasonYear(new Date('2026-10-20T00:00:00Z'))).toBe(2026);
    expect(seasonYear(new Date('2027-01-01T00:00:00Z'))).toBe(2026);
  });
  it('has nothing in it that lies after its end', () => {
    const times = season(2026).flatMap(({ body, writtenAt }) => [body.eventTime, writtenAt]).filter((time) => time !== undefined);
    expect(times.every((time) => Date.parse(time as string) < Date.UTC(2026, 9, 19))).toBe(true);
  });
});

describe('the acts of the season', () => {
  const acts = season(2026);
  it('each have a name of their own and somebody who signs in for it', () => {
    expect(new Set(acts.map(({ step }) => step)).size).toBe(acts.length);
    const logins = new Set(ORGANISATIONS.flatMap(({ people }) => people.map(({ login }) => login)));
    expect(acts.filter(({ by }) => !logins.has(by))).toEqual([]);
  });
  it('name nothing that was not made before', () => {
    const names: Names = new Map();
    for (const { key } of SITES) put(names, 'site', key, 'S');
    for (const { land } of BASES) for (const { key } of land) put(names, 'land', key, 'L');
    for (const { people } of ORGANISATIONS) for (const { login } of people) put(names, 'person', login, 'P');
    put(names, 'product', PRODUCT.key, 'G');
    for (const { path, body, makes, serials, report } of acts) {
      expect(JSON.stringify([resolve(names, path), resolve(names, body)])).not.toContain('@');
      for (const key of makes ?? []) put(names, 'batch', key, 'B');
      if (serials !== undefined) put(names, 'serials', serials, Array.from({ length: 12 }, () => 'N'));
      if (report !== undefined) put(names, 'report', report, 'R');
    }
  });
  it('refuse a name before there is one', () => {
    expect(() => resolve(new Map(), { batch: '@batch/dried' })).toThrow('@batch/dried before there is one');
  });
});

describe('the mass of the season, on paper', () => {
  const acts = season(2026);
  const grams = (typed: { quantity: string | number; unit: string }): number => Math.round(Number(typed.quantity) * (typed.unit === 'kg' ? 1000 : 100));
  const sum = (typed: readonly any[] | undefined): number => (typed ?? []).reduce((total, one) => total + grams(one), 0);
  const steps = acts.filter(({ path }) => path.endsWith('/processing') || path.endsWith('/packing'));

  it('is the same before and after every step', () => {
    expect(steps.length).toBeGreaterThanOrEqual(5);
    for (const { step, body } of steps as any[]) {
      const out = sum(body.outputs) + sum(body.losses) + (body.pieces ?? 0) * 100;
      expect({ step, in: sum(body.inputs) }).toEqual({ step, in: out });
    }
  });
  it('never leaves a batch beyond what was made of it, to the gram', () => {
    const left = new Map<string, number>();
    const take = (batch: string, amount: number): void => void left.set(batch, (left.get(batch) ?? 0) - amount);
    const usage: Record<string, (body: any) => readonly any[]> = {
      processing: ({ inputs }) => inputs, packing: ({ inputs }) => inputs, samples: ({ lines }) => lines, destructions: ({ lines }) => lines, sales: ({ lines }) => lines,
    };
    for (const { path, body, makes } of acts as any[]) {
      for (const { batch, ...amount } of usage[path.slice('/api/v1/'.length)]?.(body) ?? []) take(batch, grams(amount));
      const made = body.outputs ?? (body.pieces !== undefined ? [{ quantity: body.pieces, unit: '袋' }] : body.crop !== undefined && body.quantity !== undefined ? [body] : []);
      made.forEach((output: any, i: number) => left.set(`@batch/${makes[i]}`, grams(output)));
      expect([...left].filter(([, amount]) => amount < 0)).toEqual([]);
    }
    // What is left of the harvest of 812.5 kg: 101.8 kg of pieces (0.2 kg of them fell short on the way) and 159.3 kg in packs.
    expect([left.get('@batch/fresh'), left.get('@batch/steamed'), left.get('@batch/dried')]).toEqual([0, 0, 0]);
    expect([left.get('@batch/pieces'), left.get('@batch/packs')]).toEqual([101_800, 159_300]);
  });
});
