import { isoTime } from '@daodi/log';
import { type InputAllowance, judgeUse, type JudgedUse, type LabelledInput } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { INPUT_BANS } from './input-bans';
import { type AppliedBy, readApplication, type RecordedUse, readUses } from './read-uses';

type Db = Pick<EntityManager, 'query'>;

/** One input used on a crop, judged by what was in force on its day. */
export interface CropUse extends JudgedUse {
  /** Identifier of the crop, and whose it is. */
  readonly crop: string;
  readonly organisation: string;
  readonly eventId: string;
  readonly position: bigint;
  /** ISO, UTC; and the day it then was in China. */
  readonly time: string;
  readonly day: string;
  readonly name: string;
  readonly lot?: string;
  readonly product?: string;
  readonly quantity?: number | string;
  readonly uom?: string;
  /** Land it was applied to; absent: all of the crop's. */
  readonly plots?: readonly string[];
  readonly appliedBy: AppliedBy;
}

/** What uses of an organisation are judged by, beside the bans. */
export interface InputBasis {
  readonly products: ReadonlyMap<string, LabelledInput>;
  readonly allowances: readonly InputAllowance[];
}

interface UseRow {
  readonly crop: string;
  readonly org: string;
  readonly event_id: string;
  readonly position: string;
  readonly time: string;
  readonly day: string;
  readonly used: unknown;
  readonly application: unknown;
  readonly step: string | null;
  readonly herb: string | null;
}

/** The day in China of a moment, in SQL. */
export const dayInChinaSql = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC' + interval '8 hours', 'YYYY-MM-DD')`;

/** Every input used on these crops, as far as its sayer holds the crop, in the order of the log. */
export async function loadUses(db: Db, crops: readonly string[]): Promise<CropUse[]> {
  if (crops.length === 0) return [];
  const rows: UseRow[] = await db.query(
    `SELECT DISTINCT l.identifier AS crop, l.org, l.event_id, l.position, ${isoTime('l.event_time')} AS time, ${dayInChinaSql('l.event_time')} AS day,
            y.body -> 'daodi:inputsUsed' AS used, y.body -> 'daodi:application' AS application, y.body ->> 'bizStep' AS step, b.herb
       FROM line l JOIN batch b ON b.identifier = l.identifier AND b.kind = 'crop' JOIN entry_body y ON y.position = l.position
      WHERE l.identifier = ANY($1::uuid[]) AND l.role = 'observe' AND l.path = '' AND l.held AND NOT l.void AND jsonb_typeof(y.body -> 'daodi:inputsUsed') = 'array'
      ORDER BY l.position`,
    [[...new Set(crops)]],
  );
  if (rows.length === 0) return [];
  const basis = await loadInputBasis(db, [...new Set(rows.map(({ org }) => org))]);
  return rows.flatMap((row) => {
    const application = readApplication(row.application);
    return readUses(row.used).map((use): CropUse => ({
      ...judgeRecorded(use, { day: row.day, herb: row.herb ?? undefined, work: wordOf(row.step) }, basis.get(row.org)),
      crop: row.crop, organisation: row.org, eventId: row.event_id, position: BigInt(row.position), time: row.time, day: row.day, name: use.name,
      ...(use.lot !== undefined && { lot: use.lot }), ...(use.product !== undefined && { product: use.product }),
      ...(use.quantity !== undefined && { quantity: use.quantity }), ...(use.uom !== undefined && { uom: use.uom }),
      ...application,
    }));
  });
}

/** Judges a use as it stands on record, or is about to. */
export function judgeRecorded(use: RecordedUse, when: { readonly day: string; readonly herb?: string; readonly work: string }, basis: InputBasis | undefined): JudgedUse {
  const product = use.product === undefined ? undefined : basis?.products.get(use.product);
  return judgeUse({ ...when, ...use, product }, basis?.allowances ?? [], INPUT_BANS);
}

const wordOf = (step: string | null): string => (step ?? '').split(/[:/]/).at(-1) ?? '';

/** Products and allowances of organisations. A product that is no longer bought still says what was used. */
export async function loadInputBasis(db: Db, organisations: readonly string[]): Promise<Map<string, InputBasis>> {
  const rows: { id: string; org: string; kind: string; state: Record<string, any> }[] = await db.query( // states are as they were put down
    `SELECT id, organisation_id AS org, kind, state FROM input_record
      WHERE organisation_id = ANY($1::uuid[]) AND (kind = 'input-product' OR (kind = 'input-allowance' AND status = 'active')) ORDER BY since_position`,
    [organisations],
  );
  return new Map(organisations.map((org) => {
    const own = rows.filter((row) => row.org === org);
    return [org, {
      products: new Map(own.filter(({ kind }) => kind === 'input-product').map(({ id, state }) => [id, {
        id, name: state['name'], kind: state['kind'], ingredients: (state['ingredients'] ?? []).map(({ name }: { name: string }) => name), crops: state['crops'] ?? [],
      }])),
      allowances: own.filter(({ kind }) => kind === 'input-allowance').map(({ state }) => state as unknown as InputAllowance),
    }];
  }));
}
