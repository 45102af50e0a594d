import type { Passport } from '@daodi/passport';
import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** What one bag or carton holds: exact decimal text and a unit as printed. */
export interface Each {
  readonly quantity: string;
  readonly unit: string;
}

/** What is on record of a batch beside what the public page tells of it. */
export interface BatchFacts {
  readonly kind: 'crop' | 'batch' | 'retail' | 'container';
  readonly lotNumber?: string;
  readonly expiryDate?: string;
  /** Name of a formula, where several herbs went in. */
  readonly formula?: string;
  /** What one pack holds, if it is a mass. */
  readonly netContentMg?: bigint;
  /** What one pack holds as its product says, in whichever unit. */
  readonly productContent?: { readonly value: string; readonly unit: string };
}

/** A sample on record. */
export interface SampleFacts {
  readonly number: string;
  readonly kind: 'test' | 'retained';
  /** Local day on which it was drawn. */
  readonly drawnOn: string;
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
  /** Who drew it, and for which laboratory; names of organisations. */
  readonly drawnBy: string;
  readonly laboratory?: string;
}

/** Everything the text of a label is made of. */
export interface LabelFacts {
  readonly passport: Passport;
  readonly batch: BatchFacts;
  readonly each?: Each;
  readonly sample?: SampleFacts;
  /** 药材符合GAP要求, where it was asked for and may be said. */
  readonly gapStatement?: string;
  /** Local day of printing. */
  readonly today: string;
}

/** Facts of a batch by its code. The caller has made sure that the asker may know. */
export async function batchFactsOf(db: Db, code: string): Promise<BatchFacts> {
  const [row] = await db.query(
    `SELECT b.kind, b.lot_number, b.net_content_mg, b.attributes ->> 'expiryDate' AS expiry, b.attributes ->> 'formula' AS formula, p.net_content
       FROM batch b LEFT JOIN product p ON p.id = b.product_id AND p.organisation_id = b.organisation_id WHERE b.code = $1`,
    [code],
  );
  return {
    kind: row.kind,
    lotNumber: row.lot_number ?? undefined,
    expiryDate: row.expiry ?? undefined,
    formula: row.formula ?? undefined,
    netContentMg: row.net_content_mg === null ? undefined : BigInt(row.net_content_mg),
    productContent: row.net_content ?? undefined,
  };
}

/** A sample the organisation drew from a batch: by its number, else the latest. One declared in error is none. */
export async function sampleFactsOf(db: Db, organisationId: string, code: string, number: string | undefined): Promise<SampleFacts | undefined> {
  const [row] = await db.query(
    `SELECT y.body -> 'daodi:sample' ->> 'number' AS number, y.body -> 'daodi:sample' ->> 'kind' AS kind, l.amount, l.unit,
            to_char(e.event_time AT TIME ZONE 'UTC' + e.event_offset::interval, 'YYYY-MM-DD') AS drawn, o.name AS drawn_by, d.name AS laboratory
       FROM batch b JOIN line l ON l.identifier = b.identifier AND l.role = 'sample' AND NOT l.void AND l.org = $1
       JOIN entry e ON e.position = l.position JOIN entry_body y ON y.position = l.position
       JOIN organisation o ON o.id = l.org LEFT JOIN organisation d ON d.id = l.dest_org
      WHERE b.code = $2 AND y.body ? 'daodi:sample' AND ($3::text IS NULL OR y.body -> 'daodi:sample' ->> 'number' = $3)
      ORDER BY e.event_time DESC, l.position DESC LIMIT 1`,
    [organisationId, code, number ?? null],
  );
  if (row === undefined) return undefined;
  return {
    number: row.number, kind: row.kind, drawnOn: row.drawn, drawnBy: row.drawn_by, laboratory: row.laboratory ?? undefined,
    amount: row.amount === null ? undefined : BigInt(row.amount), unit: row.unit ?? undefined,
  };
}

/**
 * Serials an organisation commissioned of a batch, in the order of the log: the path below the public address by which
 * each is printed. Whoever bought ten packs prints none of the maker's: a second label of one would be a forged pack.
 */
export async function serialPathsOf(db: Db, organisationId: string, code: string): Promise<string[]> {
  const rows: { spelled: string }[] = await db.query(
    `SELECT s.spelled FROM batch b
       JOIN line lot ON lot.identifier = b.identifier AND lot.role = 'serial-lot' AND NOT lot.void AND lot.held AND lot.org = $1
       JOIN line s ON s.hub = lot.hub AND s.role = 'serial' AND s.org = $1 AND NOT s.void
      WHERE b.code = $2 ORDER BY s.position, s.ordinal`,
    [organisationId, code],
  );
  return rows.flatMap(({ spelled }) => /\/(?:b\/[^/]+\/s|01\/\d{14}\/21)\/[^/]+$/.exec(spelled)?.[0] ?? []);
}

/** How many pieces of a retail batch were made, and for how many of them an organisation had bag labels made before. */
export async function bagCount(db: Db, organisationId: string, code: string): Promise<{ readonly made?: number; readonly printed: number }> {
  const [row] = await db.query(
    `SELECT (SELECT n.made FROM batch b JOIN node n ON n.identifier = b.identifier AND n.scope IS NULL WHERE b.code = $2 AND b.kind = 'retail' AND n.unit = 'pcs') AS made,
            (SELECT COALESCE(sum(total), 0) FROM label_sheet WHERE batch = $2 AND kind = 'bag' AND organisation_id = $1) AS printed`,
    [organisationId, code],
  );
  return { made: row.made === null ? undefined : Number(row.made), printed: Number(row.printed) };
}
