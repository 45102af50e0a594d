import { hasValidCheckDigit } from '@daodi/gs1';
import { isCreditCode, ROLES } from '@daodi/registry';
import herbs from '../../herbs.json';
import regions from '../../regions.json';
import { MEMBERS, ORGANISATIONS } from './data/organisations';
import type { Act } from './data/act';
import { BASES, CERTIFICATES, PRODUCTS, SITES } from './data/places';
import { ARRIVED } from './data/chapters/scale-evening';
import { chapters, season } from './data/season';
import { type Names, put, resolve } from './names';
import { seasonYear } from './season-notes';

const codes = ORGANISATIONS.map(({ code }) => code);
const regionCodes = new Set(regions.regions.map(({ code }) => code));

describe('the organisations of the demonstration', () => {
  it('have credit codes with the right check character, each its own, that no register gives out', () => {
    for (const { creditCode } of ORGANISATIONS) expect(isCreditCode(creditCode)).toBe(true);
    expect(new Set(ORGANISATIONS.map(({ creditCode }) => creditCode)).size).toBe(11);
    expect(ORGANISATIONS.every(({ creditCode }) => /MADEM00\d\d/.test(creditCode))).toBe(true);
  });
  it('say that they are a demonstration', () => {
    for (const { name } of ORGANISATIONS) expect(name).toContain('演示');
  });
  it('have keys under the prefix for examples, with the right check digits', () => {
    const keys = [...ORGANISATIONS.flatMap(({ gln }) => gln ?? []), ...SITES.flatMap(({ gln }) => gln ?? []), ...PRODUCTS.map(({ gtin }) => gtin)];
    expect(keys).toHaveLength(5);
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
      'cooperative', 'cooperative', 'cooperative', 'cooperative', 'decoction-piece-factory', 'laboratory', 'operator', 'pharmaceutical-firm', 'processor', 'retailer', 'supervisor',
    ]);
  });
});

describe('the places of the demonstration', () => {
  it('have outlines that close and lie in their county', () => {
    // The counties lie within these degrees; a swapped longitude and latitude would not.
    const box: Record<string, readonly number[]> = {
      '141026': [112.05, 112.6, 35.9, 36.5], '141023': [111.15, 111.75, 35.65, 36.05], '140826': [111.35, 111.85, 35.3, 35.65], '140425': [113.2, 113.8, 35.95, 36.45],
    };
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
    const owners = [...BASES, ...SITES, ...CERTIFICATES, ...PRODUCTS].map(({ organisation }) => organisation);
    expect(owners.filter((owner) => !codes.includes(owner))).toEqual([]);
  });
  it('name herbs of the catalogue', () => {
    const known = new Set(herbs.map(({ code }) => code));
    const crops = season(2026).flatMap(({ body }) => (typeof body.herb === 'string' ? [body.herb] : []));
    expect([...PRODUCTS.flatMap((product) => product.herbs), ...crops].filter((herb) => !known.has(herb))).toEqual([]);
  });
});

describe('the year of the season', () => {
  it('is the last one that is over', () => {
    expect(seasonYear(new Date('2026-11-30T23:59:59Z'))).toBe(2025);
    expect(seasonYear(new Date('2026-12-01T00:00:00Z'))).toBe(2026);
    expect(seasonYear(new Date('2027-01-01T00:00:00Z'))).toBe(2026);
  });
  it('has nothing in it that lies after its end', () => {
    const times = season(2026).flatMap(({ body, writtenAt }) => [body.eventTime, writtenAt]).filter((time) => time !== undefined);
    expect(times.every((time) => Date.parse(time as string) < Date.UTC(2026, 11, 1))).toBe(true);
  });
});

describe('the acts of the season', () => {
  const acts = season(2026);
  it('each have a name of their own and somebody who signs in for it', () => {
    expect(new Set(acts.map(({ step }) => step)).size).toBe(acts.length);
    const logins = new Set(ORGANISATIONS.flatMap(({ people }) => people.map(({ login }) => login)));
    expect(acts.filter(({ by }) => !logins.has(by))).toEqual([]);
  });
  it('name nothing that was not made by an act that must have come before', () => {
    const registered: Names = new Map();
    for (const { code, people } of ORGANISATIONS) {
      put(registered, 'organisation', code.toLowerCase(), 'O');
      for (const { login } of people) put(registered, 'person', login, 'P');
    }
    for (const { key } of SITES) put(registered, 'site', key, 'S');
    for (const { key: base, land } of BASES) {
      put(registered, 'base', base, 'B');
      for (const { key } of land) put(registered, 'land', key, 'L');
    }
    for (const { key } of PRODUCTS) put(registered, 'product', key, 'G');
    const earlier = earlierOf(chapters(2026));
    for (const act of acts) {
      const names: Names = new Map([...registered].map(([kind, known]) => [kind, new Map(known)]));
      for (const { makes, serials, report, event, registers } of earlier.get(act.step) ?? []) {
        for (const key of makes ?? []) put(names, 'batch', key, 'B');
        if (serials !== undefined) put(names, 'serials', serials, Array.from({ length: 12 }, () => 'N'));
        if (report !== undefined) put(names, 'report', report, 'R');
        if (event !== undefined) ['event', 'event-id'].forEach((kind) => put(names, kind, event, 'E'));
        if (registers !== undefined) put(names, ...registers, 'T');
      }
      expect(JSON.stringify([resolve(names, act.path), resolve(names, act.body)])).not.toContain('@');
    }
  });
  it('refuse a name before there is one', () => {
    expect(() => resolve(new Map(), { batch: '@batch/dried' })).toThrow('@batch/dried before there is one');
  });
});

/** The acts that must have been played before each: those before it in its chapter, those it waits for, and theirs. */
function earlierOf(all: readonly (readonly Act[])[]): Map<string, ReadonlySet<Act>> {
  const closure = new Map<string, Set<Act>>();
  const byStep = new Map(all.flat().map((act) => [act.step, act]));
  for (const chapter of all) {
    chapter.forEach((act, i) => {
      const direct = [...(i > 0 ? [chapter[i - 1] as Act] : []), ...(act.after ?? []).map((step) => byStep.get(step) as Act)];
      closure.set(act.step, new Set(direct.flatMap((one) => [one, ...(closure.get(one.step) ?? [])])));
    });
  }
  return closure;
}

describe('the mass of the season, on paper', () => {
  const acts = season(2026);
  const PIECE: Record<string, number> = { 袋: 100, 盒: 90 };
  const gramsOf = ({ quantity, unit }: { quantity: string | number; unit: string }): number => Math.round(Number(quantity) * (unit === 'kg' ? 1000 : (PIECE[unit] as number)));
  const sum = (typed: readonly any[] | undefined): number => (typed ?? []).reduce((total, one) => total + gramsOf(one), 0);
  const ofProduct = (body: any): string => (body.product === '@product/siwei-90g' ? '盒' : '袋');
  const steps = acts.filter(({ path }) => path.endsWith('/processing') || path.endsWith('/packing'));

  it('is the same before and after every step', () => {
    expect(steps.length).toBeGreaterThanOrEqual(45);
    for (const { step, body } of steps as any[]) {
      const out = sum(body.outputs) + sum(body.losses) + (body.pieces ?? 0) * (PIECE[ofProduct(body)] as number);
      expect({ step, in: sum(body.inputs) + sum(body.auxiliaries) }).toEqual({ step, in: out });
    }
  });
  it('never leaves a batch beyond what was made of it, to the gram', () => {
    const left = new Map<string, number>();
    const take = (batch: string, amount: number): void => void left.set(batch, (left.get(batch) ?? 0) - amount);
    const usage: Record<string, (body: any) => readonly any[]> = {
      processing: ({ inputs }) => inputs, packing: ({ inputs }) => inputs, samples: ({ lines }) => lines, destructions: ({ lines }) => lines, sales: ({ lines }) => lines,
      mixtures: ({ inputs }) => inputs, splits: ({ batch, parts }) => parts.map((part: any) => ({ batch, ...part })),
      returns: ({ lines }) => lines.map(({ batch, quantity, unit }: any) => ({ batch, quantity: -Number(quantity), unit })),
    };
    const given: Record<string, (body: any) => readonly any[]> = {
      heaps: () => [{ quantity: ARRIVED / 1000, unit: 'kg' }], intakes: (body) => [body], mixtures: ({ inputs }) => [{ quantity: sum(inputs) / 1000, unit: 'kg' }], splits: ({ parts }) => parts,
    };
    const corrected = new Map(acts.flatMap(({ path, body }) => (path.endsWith('/correction') ? [[path.split('/').at(-2), body.replacement]] : [])));
    for (const { path, body: typed, makes, event } of acts as any[]) {
      const body = event === undefined ? typed : (corrected.get(event) ?? typed);
      for (const { batch, ...amount } of usage[path.slice('/api/v1/'.length)]?.(body) ?? []) take(batch, gramsOf(amount));
      const made = given[path.slice('/api/v1/'.length)]?.(body) ?? body.outputs ?? (body.pieces !== undefined ? [{ quantity: body.pieces, unit: ofProduct(body) }] : body.crop !== undefined && body.quantity !== undefined ? [body] : []);
      made.forEach((output: any, i: number) => left.set(`@batch/${makes[i]}`, gramsOf(output)));
      expect([...left].filter(([, amount]) => amount < 0)).toEqual([]);
    }
    // What is left of the harvest of 812.5 kg: 101.8 kg of pieces (0.2 kg of them fell short on the way) and 159.3 kg in packs.
    expect([left.get('@batch/fresh'), left.get('@batch/steamed'), left.get('@batch/dried')]).toEqual([0, 0, 0]);
    expect([left.get('@batch/pieces'), left.get('@batch/packs')]).toEqual([101_800, 159_300]);
    // Of the evening's heap 44 kg; of the lot from outside what the stock-take found more is not counted here.
    expect(['evening-dried', 'outside', 'mixture', 'mixture-1', 'mixture-2'].map((key) => left.get(`@batch/${key}`))).toEqual([44_000, 259_500, 50_000, 5_000, 25_000]);
    // 4,750 boxes of 90 g, ten for the laboratory, two over the counter beside the one with a serial.
    expect([left.get('@batch/granules'), left.get('@batch/boxes')]).toEqual([0, (4750 - 12) * 90]);
    const fresh = [...left.keys()].filter((key) => /^@batch\/(slope|fen|jiang|zhang)-.*-\d$/.test(key));
    expect(fresh.length).toBe(24 + 8 + 8 + 8 + 8);
    expect(fresh.filter((key) => left.get(key) !== 0)).toEqual([]);
  });
  it('is one of a size worth a demonstration', () => {
    expect(acts.length).toBeGreaterThanOrEqual(300);
    expect(acts.length).toBeLessThanOrEqual(600);
    expect(BASES.flatMap(({ land }) => land).length).toBeGreaterThanOrEqual(48);
  });
});
