import type { EntityManager } from 'typeorm';
import type { JudgedHistory } from './judged-history';

type Db = Pick<EntityManager, 'query'>;

/** Records that change what a judgement rests on, beyond those that name one of its batches. */
const WIDE_RECORDS = ['organisation', 'product', 'erasure', 'public-url', 'rotation-plan', 'land-contract', 'input-product', 'input-allowance',
  'standard', 'standard-binding', 'standard-confirmation', 'rule-strictness', 'herb', 'gi-quota',
];
/** Those on which only rules that warn rest: they matter where an organisation made such a rule block. */
const WARNING_RECORDS = ['opening-notice', 'sop', 'input-lot', 'input-count', 'base', 'plot', 'tending-area', 'site', 'heap', 'slip'];

/**
 * Whether anything that came to the log from a position on can bear on a judged history: lines of its batches or its
 * transformations by whomever, declarations in error of such, records about its batches and about what came out of the
 * same step (its balance is judged whole). Containers may bring in what names none of them, so whatever packs or unpacks counts too, and whatever of a container or serial is declared in
 * error: the lines of what moved with it are gone by then. For an organisation that made a rule stricter any harvest counts, for
 * it may be from the same ground. In doubt yes: then it is judged again.
 *
 * Cheap enough to ask under the lock: it reads the entries since then, not the history.
 */
export async function isTouchedSince(db: Db, history: JudgedHistory, from: bigint): Promise<boolean> {
  const { custody } = history;
  const [row] = await db.query(
    `SELECT EXISTS (
       SELECT FROM line l WHERE l.position >= $1 AND (l.identifier = ANY($2::uuid[]) OR l.hub = ANY($3::uuid[])
          OR l.role IN ('container-pack', 'container-unpack'))
     ) OR EXISTS (
       SELECT FROM entry e JOIN line l ON l.org = e.organisation_id AND l.event_id = e.event_id
        WHERE e.position >= $1 AND e.declaration AND (l.identifier = ANY($2::uuid[]) OR l.hub = ANY($3::uuid[])
          OR l.role IN ('container-pack', 'container-unpack') OR l.kind IN ('container', 'instance'))
     ) OR EXISTS (
       SELECT FROM entry e WHERE e.position >= $1 AND e.kind = 'record' AND e.type = ANY($4)
     ) OR EXISTS (
       SELECT FROM entry e JOIN entry_body y USING (position) JOIN batch b ON b.code = y.body ->> 'subject'
        WHERE e.position >= $1 AND e.kind = 'record' AND e.type = 'batch' AND (b.identifier = ANY($2::uuid[])
          OR EXISTS (SELECT FROM line l WHERE l.identifier = b.identifier AND l.role = 'output' AND l.hub = ANY($3::uuid[])))
     ) OR (cardinality($6::text[]) > 0 AND EXISTS (
       SELECT FROM entry e JOIN line l ON l.org = e.organisation_id AND l.event_id = e.event_id AND l.role IN ('input', 'output')
         JOIN batch b ON b.identifier = l.identifier JOIN product p ON p.id = b.product_id
        WHERE e.position >= $1 AND e.kind = 'event' AND l.org || ' ' || (p.state ->> 'giName') = ANY($6)
     )) OR ($5 AND EXISTS (
       SELECT FROM entry e JOIN line l ON l.org = e.organisation_id AND l.event_id = e.event_id AND l.role = 'input'
         JOIN site s ON s.organisation_id = l.org AND l.site IN (s.identifier, s.sgln) AND s.daily_capacity_kg IS NOT NULL
        WHERE e.position >= $1 AND e.kind = 'event'
     )) OR EXISTS (
       SELECT FROM test_report t WHERE t.identifier = ANY($2::uuid[]) AND t.decided_position >= $1
     ) OR EXISTS (
       SELECT FROM test_commission c WHERE c.identifier = ANY($2::uuid[]) AND c.since_position >= $1
     ) OR EXISTS (
       SELECT FROM batch_record_part p WHERE p.since_position >= $1 AND EXISTS (
         SELECT FROM batch_record_part s JOIN line l ON l.org = s.organisation_id AND l.event_id = s.event_id
          WHERE s.order_id = p.order_id AND (l.identifier = ANY($2::uuid[]) OR l.hub = ANY($3::uuid[])))
     ) OR ($5 AND EXISTS (
       SELECT FROM line l JOIN batch c ON c.identifier = l.identifier AND c.kind = 'crop' WHERE l.position >= $1 AND l.role = 'input'
     )) OR ($5 AND EXISTS (
       SELECT FROM entry e JOIN line l ON l.org = e.organisation_id AND l.event_id = e.event_id AND l.role = 'input' JOIN batch c ON c.identifier = l.identifier AND c.kind = 'crop'
        WHERE e.position >= $1 AND e.declaration
     )) OR ($5 AND EXISTS (
       SELECT FROM entry e JOIN entry_body y USING (position) JOIN batch c ON c.code = y.body ->> 'subject' AND c.kind = 'crop' WHERE e.position >= $1 AND e.kind = 'record' AND e.type = 'batch'
     )) AS touched`,
    [from.toString(), [...custody.identifiers], [...custody.hubs], history.isStrict ? [...WIDE_RECORDS, ...WARNING_RECORDS] : WIDE_RECORDS, history.isStrict,
      history.shares.flatMap(({ organisation, giUses = [] }) => giUses.map(({ name }) => `${organisation} ${name}`))],
  );
  return row.touched;
}
