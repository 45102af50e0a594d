import { inputAmount, inputDifference, type InputOut } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import type { InputLotUse } from '../rules/facts';
import { type CropUse, dayInChinaSql } from './load-uses';

type Db = Pick<EntityManager, 'query'>;

interface StockRow {
  readonly kind: 'lot' | 'left' | 'returned' | 'gone';
  readonly lot: string;
  readonly day: string;
  readonly quantity: string;
  readonly uom: string;
  readonly position: string;
}

interface UsedRow {
  readonly lot: string;
  readonly day: string;
  readonly quantity: unknown;
  readonly uom: unknown;
}

/** The lots used on crops, each with whether what is on record about it adds up. @param uses on these crops */
export async function loadInputLots(db: Db, uses: readonly CropUse[]): Promise<Map<string, InputLotUse[]>> {
  const lots = [...new Set(uses.flatMap(({ lot }) => lot ?? []))];
  if (lots.length === 0) return new Map();
  const stock: StockRow[] = await db.query(
    `SELECT kind, lot_id AS lot, on_day::text AS day, quantity, uom, since_position AS position FROM input_stock
      WHERE lot_id = ANY($1::uuid[]) AND status = 'active' ORDER BY on_day, since_position`,
    [lots.filter((lot) => /^[0-9a-f-]{36}$/.test(lot))],
  );
  // All uses of the lot count, on whichever crop of its organisation.
  const used: UsedRow[] = await db.query(
    `SELECT DISTINCT l.position, u.ordinality, u.element ->> 'lot' AS lot, ${dayInChinaSql('l.event_time')} AS day, u.element -> 'quantity' AS quantity, u.element ->> 'uom' AS uom
       FROM batch b JOIN line l ON l.identifier = b.identifier AND l.role = 'observe' AND l.path = '' AND l.held AND NOT l.void JOIN entry_body y ON y.position = l.position
      CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(y.body -> 'daodi:inputsUsed') WHEN 'array' THEN y.body -> 'daodi:inputsUsed' ELSE '[]' END) WITH ORDINALITY AS u(element, ordinality)
      WHERE b.kind = 'crop' AND b.organisation_id = ANY($1::uuid[]) AND u.element ->> 'lot' = ANY($2)`,
    [[...new Set(uses.map(({ organisation }) => organisation))], lots],
  );
  const byCrop = new Map<string, InputLotUse[]>();
  for (const lot of lots.sort()) {
    const about = balanceOf(stock.filter((row) => row.lot === lot), used.filter((row) => row.lot === lot));
    if (about === undefined) continue;
    for (const [crop, own] of cropsOf(uses.filter((use) => use.lot === lot))) {
      const early = own.filter(({ day }) => day < about.boughtOn);
      byCrop.set(crop, [...(byCrop.get(crop) ?? []), {
        lot, name: own[0]?.name ?? '', ...about, eventIds: [...new Set(own.map(({ eventId }) => eventId))],
        firstPosition: own.reduce((min, { position }) => (position < min ? position : min), own[0]?.position ?? 0n),
        early: early.map(({ eventId, day, position }) => ({ eventId, day, position })),
      }]);
    }
  }
  return byCrop;
}

const cropsOf = (uses: readonly CropUse[]): [string, CropUse[]][] => [...new Set(uses.map(({ crop }) => crop))].map((crop) => [crop, uses.filter((use) => use.crop === crop)]);

/** Nothing where the lot is not on record, or an amount cannot be read or compared with it. */
function balanceOf(stock: readonly StockRow[], used: readonly UsedRow[]): Pick<InputLotUse, 'boughtOn' | 'bought' | 'used' | 'dimension' | 'difference'> | undefined {
  const bought = stock.find(({ kind }) => kind === 'lot');
  const whole = bought === undefined ? undefined : inputAmount(bought.quantity, bought.uom);
  if (bought === undefined || whole === undefined) return undefined;
  const outOf = (row: Pick<UsedRow, 'day' | 'quantity' | 'uom'>): InputOut | undefined => {
    const read = inputAmount(row.quantity, row.uom);
    return read?.dimension === whole.dimension ? { day: row.day, amount: read.amount } : undefined;
  };
  const [uses, outs, counts] = [used.map(outOf), stock.filter(({ kind }) => kind === 'returned' || kind === 'gone').map(outOf), stock.filter(({ kind }) => kind === 'left').map(outOf)];
  if ([...uses, ...outs, ...counts].includes(undefined)) return undefined;
  const sum = (uses as InputOut[]).reduce((total, { amount }) => total + amount, 0n);
  return {
    boughtOn: bought.day, bought: whole.amount, used: sum, dimension: whole.dimension,
    difference: inputDifference(whole.amount, [...(uses as InputOut[]), ...(outs as InputOut[])], (counts as InputOut[]).at(-1)),
  };
}
