import { logSize } from '@daodi/log';
import { identifierId, ownCanonical } from '@daodi/trace';
import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** What the entries of a stretch of the log speak of. */
export interface Touched {
  readonly from: bigint;
  /** The position after the last one. */
  readonly to: bigint;
  /** Identifiers and hubs; undefined where it may be anything. */
  readonly ids?: ReadonlySet<string>;
}

/** More than this is not looked at one by one: then anything may have been touched. */
const ENTRIES_MAX = 20_000;

const BOXES = `l.role IN ('container-pack', 'container-unpack')`;
/** What moved with a container or a serial had lines of its own, which go when the move is declared in error: nothing names it then. */
const CARRIERS = `(${BOXES} OR l.kind IN ('container', 'instance'))`;

/**
 * What was touched from a position on: what lines name, what was declared in error, what records are about. Containers
 * may bring in what names nothing of it, and most records may be shown anywhere, so those touch everything: in doubt
 * a page is made anew. Without a position: nothing, from the end on.
 */
export async function touchedSince(db: Db, since?: bigint): Promise<Touched> {
  const size = await logSize(db);
  const from = since ?? size;
  if (size === from) return { from, to: size, ids: new Set() };
  if (size < from || size - from > BigInt(ENTRIES_MAX)) return { from, to: size };
  // One statement, so that the size and what came up to it are of one snapshot.
  const [row]: [{ size: string; ids: string[]; declared: string[]; boxes: boolean; records: [string, string | null, string | null][] | null }] = await db.query(
    `WITH said AS (SELECT l.identifier, l.hub, ${BOXES} AS boxes FROM line l WHERE l.position >= $1),
     wrong AS (
       SELECT l.identifier, l.hub, ${CARRIERS} FROM entry e JOIN line l ON l.org = e.organisation_id AND l.event_id = e.event_id
        WHERE e.position >= $1 AND e.declaration),
     l AS (SELECT * FROM said UNION ALL SELECT * FROM wrong)
     SELECT size, ARRAY(SELECT identifier FROM l UNION SELECT hub FROM l WHERE hub IS NOT NULL) AS ids, EXISTS (SELECT FROM l WHERE boxes) AS boxes,
            (SELECT json_agg(json_build_array(e.type, b.body ->> 'subject', COALESCE(b.body #>> '{new,canonical}', b.body #>> '{old,canonical}')))
               FROM entry e LEFT JOIN entry_body b USING (position) WHERE e.position >= $1 AND e.kind = 'record') AS records
       FROM log_head`,
    [from.toString()],
  );
  const named = (row.records ?? []).map(([type, subject, canonical]) => subjectOf(type, subject, canonical));
  const isAnything = row.boxes || named.includes(undefined);
  return { from, to: BigInt(row.size), ids: isAnything ? undefined : new Set([...row.ids, ...(named as string[])]) };
}

/** The identifier a record is about; undefined where it is about none, or its body was erased. */
function subjectOf(type: string, subject: string | null, canonical: string | null): string | undefined {
  if (type === 'batch' && subject !== null) return identifierId(ownCanonical(subject));
  return canonical === null ? undefined : identifierId(canonical);
}
