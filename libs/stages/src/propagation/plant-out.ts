import { findLand } from '@daodi/registry';
import type { AreaDto } from '../harvest.stage';
import type { BatchLineDto } from '../form/form-body';
import { type Acceptance, acceptShortfalls, shortfalls } from '../form/overdraw';
import { findPortions, findThings, type Portion, type Reference, references, type Thing } from '../form/things';
import { quantityElement, quantityOf } from '../form/units';
import { withoutAbsent, type Work } from '../form/work';

/** What is planted: amounts of lots, and living things that are not counted (accessions, mother plants). */
export interface Planted {
  readonly lots: readonly Portion[];
  readonly mothers: readonly Thing[];
  /** What was known to be missing of the lots, for the event. */
  readonly accepted: Readonly<Record<string, unknown>>;
}

/** A mu of 1959 in square metres is 2000/3. */
const MU_PER_M2 = 3 / 2000;
/** Units of area people type, in mu each. */
const MU_OF: Readonly<Record<string, number>> = { mu: 1, 亩: 1, m2: MU_PER_M2, ha: 15 };

/** Finds what is planted; warns of lots that hold less, like every form that takes out of a batch. */
export async function findPlanted(work: Work, body: Acceptance & { readonly lots?: BatchLineDto[]; readonly mothers?: string[] }): Promise<Planted> {
  const mothers = await findGrowing(work, references(body.mothers, '/mothers'));
  const lots = await findPortions(work, body.lots ?? [], '/lots');
  const accepted = acceptShortfalls(work, shortfalls(lots, ({ book }) => book.available), body, 'overdrawn');
  return { lots, mothers, accepted };
}

/** Living things without an amount: crops, mother plants, accessions. Notes a fault where something is a lot. */
export async function findGrowing(work: Work, wanted: readonly Reference[]): Promise<Thing[]> {
  const found = await findThings(work, wanted);
  return wanted.flatMap(({ text, pointer: at }) => {
    const thing = found.get(text);
    if (thing === undefined) return [];
    if (thing.facts?.kind === 'crop') return [thing];
    work.fault(at, 'no-crop', '这不是种植批、母本或种质', 'this is no crop, no mother plants and no accession');
    return [];
  });
}

/** The lists of a TransformationEvent that turns what is planted into a crop, which has no amount. */
export const plantedInto = ({ lots, mothers, accepted }: Planted, crop: string): Readonly<Record<string, unknown>> => ({
  inputEPCList: mothers.length === 0 ? undefined : mothers.map(({ uri }) => uri),
  inputQuantityList: lots.length === 0 ? undefined : lots.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
  outputEPCList: [crop],
  ...accepted,
});

/** How much was planted on how much ground, as the event and the crop's record say it. */
export interface Planting {
  /** Pieces, or kilograms with uom KGM; absent where lots of both kinds were planted together. */
  readonly quantity?: number;
  readonly uom?: 'KGM';
  /** Mu in projection, and the versions of the land they were taken from. */
  readonly areaMu?: number;
  readonly land: readonly { readonly id: string; readonly version: number }[];
  /** Pieces or kilograms for each mu, to a thousandth. */
  readonly perMu?: number;
}

/**
 * How dense the planting is: what was planted against the area typed, or against the plots' own. The area is the one
 * seen from above: of land with a boundary what the boundary encloses, else the mu declared. An area out of a boundary
 * is a measurement in floating point, and a density is told to a thousandth and only ever warned of: what was planted
 * stays exact in the event's quantities.
 *
 * @param plots ids of plots or tending areas that were checked already
 */
export async function plantingOf(work: Work, { lots }: Planted, plots: readonly string[], area?: AreaDto): Promise<Planting> {
  const land = (await Promise.all(plots.filter(isUuid).map((id) => findLand(work.tx, id)))).filter((found) => found?.organisationId === work.caller.organisationId);
  const [typed, own] = [area && Number(area.quantity) * (MU_OF[area.unit] as number), land.map((plot) => muOf(plot))];
  const areaMu = typed ?? (own.length > 0 && own.every((mu) => mu !== undefined) ? own.reduce((sum: number, mu) => sum + (mu as number), 0) : undefined);
  const unit = new Set(lots.map(({ measured }) => measured.unit)).size === 1 ? lots[0]?.measured.unit : undefined;
  const total = unit && quantityOf({ amount: lots.reduce((sum, { measured }) => sum + measured.amount, 0n), unit });
  return withoutAbsent({
    ...total,
    areaMu: areaMu && round(areaMu),
    land: land.flatMap((plot) => (plot === undefined ? [] : [{ id: plot.id, version: plot.version }])),
    perMu: total && areaMu ? round(total.quantity / areaMu) : undefined,
  }) as unknown as Planting;
}

function muOf(land: Awaited<ReturnType<typeof findLand>>): number | undefined {
  if (land?.areaM2 !== undefined) return Number(land.areaM2) * MU_PER_M2;
  return land?.declaredMu === undefined ? undefined : Number(land.declaredMu);
}

const round = (number: number): number => Math.round(number * 1000) / 1000;

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
