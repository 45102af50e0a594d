import { balanceDryMatter, type DryBalance, type DryingPart, dryKilograms, massResolution, type MoistureMethod } from '@daodi/herbal';
import { decimalText } from '@daodi/epcis';
import type { EntityManager } from 'typeorm';
import type { Tie } from './genealogy';

/** What of a step is dry matter, in kilograms: numbers where they are exact, else decimal text. */
export interface DryMatter {
  readonly in?: number | string;
  readonly out?: number | string;
  readonly verdict: DryBalance['verdict'];
  /** At the least, where it gained or lost: beyond what scales and stated per cents leave open. */
  readonly by?: number | string;
  readonly basis?: DryBalance['basis'];
  readonly uom: 'KGM';
}

/** Lines whose weighing is on record, by position and ordinal. */
export type MeasuredLines = ReadonlyMap<string, DryingPart>;

const keyOf = (position: string, ordinal: string | number): string => `${position} ${ordinal}`;

/** How the lines of events were weighed, as far as they say. @param positions each once */
export async function measuredLines(db: Pick<EntityManager, 'query'>, positions: readonly string[]): Promise<MeasuredLines> {
  if (positions.length === 0) return new Map();
  const rows: { position: string; ordinal: number; net: string; scale: string | null; typed: string; percent: string | null; method: MoistureMethod; uncertainty: string | null }[] = await db.query(
    'SELECT position, ordinal, net, scale, typed, percent, method, uncertainty FROM weighed WHERE position = ANY($1::bigint[])',
    [positions],
  );
  return new Map(rows.map(({ position, ordinal, net, scale, typed, percent, method, uncertainty }) => [keyOf(position, ordinal), {
    massMg: BigInt(net),
    uncertaintyMg: BigInt(scale ?? typed),
    ...(percent !== null && { moisture: { percent, method, ...(uncertainty !== null && { uncertainty }) } }),
  }]));
}

/**
 * The dry matter of a transformation; nothing where no moisture of it is on record, where something in it has no mass,
 * or where what was stated neither balances nor contradicts itself.
 *
 * @param addedMg what was added on record and stays in it
 */
export function dryMatterOf(ties: readonly Tie[], measured: MeasuredLines, addedMg: bigint): DryMatter | undefined {
  // Most transformations were never measured for it.
  if (measured.size === 0 || !ties.some((tie) => measured.get(keyOf(tie.event.position, tie.ordinal))?.moisture !== undefined)) return undefined;
  const sides = { input: [] as DryingPart[], output: [] as DryingPart[] };
  for (const tie of ties) {
    if (tie.role !== 'input' && tie.role !== 'output') continue;
    if (tie.unit !== 'mg' || tie.amount === '') {
      if (tie.isLot) return undefined;
      continue;
    }
    const massMg = BigInt(tie.amount);
    sides[tie.role].push(measured.get(keyOf(tie.event.position, tie.ordinal)) ?? { massMg, uncertaintyMg: massResolution(massMg) });
  }
  if (sides.input.length === 0 || ![...sides.input, ...sides.output].some(({ moisture }) => moisture !== undefined)) return undefined;
  const { in: into, out, verdict, by, basis } = balanceDryMatter(sides.input, sides.output, addedMg);
  if (verdict === 'undetermined') return undefined;
  const kg = (dry: bigint | undefined) => (dry === undefined ? undefined : exact(dryKilograms(dry)));
  return { in: kg(into), out: kg(out), verdict, by: kg(by), basis, uom: 'KGM' };
}

const exact = (text: string): number | string => (decimalText(Number(text)) === text ? Number(text) : text);
