import { isoTime } from '@daodi/log';
import { readableNodesSql } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import type { EventQuery } from '../domain/event-query';
import { identifierTerm, wordTerm } from '../domain/event-terms';

/** A place in the order of a query's results. */
export interface Place {
  /** The value ordered by (an instant), absent in log order. */
  readonly key?: string;
  readonly position: string;
}

/** Who asks: its own events, those that name one of its parties, and those that moved what it may read, can be shown to it. */
export interface Asker {
  readonly organisationId: string;
  readonly partyTerms: readonly string[];
}

/**
 * The next events, in order, that match a query and might be shown to the asker: none that can be is missing, and some
 * may still be refused by the rule of readership, which is not decided here.
 *
 * @param size only events before this position: a query that goes through pages sees the log as it was at the first
 */
export async function findCandidates(
  db: Pick<EntityManager, 'query'>,
  query: EventQuery,
  asker: Asker,
  { after, size, limit }: { readonly after?: Place; readonly size: string; readonly limit: number },
): Promise<Place[]> {
  const sql = new Conditions();
  sql.add(`ei.position < ${sql.value(size)}::bigint`);
  addFilters(sql, query);
  const column = query.order === undefined ? undefined : query.order.by === 'eventTime' ? 'ei.event_time' : 'ei.record_time';
  const way = query.order?.descending ? 'DESC' : 'ASC';
  if (after !== undefined) {
    const compare = way === 'DESC' ? '<' : '>';
    if (column === undefined) sql.add(`ei.position > ${sql.value(after.position)}::bigint`);
    else sql.add(`(${column}, ei.position) ${compare} (${sql.value(after.key)}::timestamptz, ${sql.value(after.position)}::bigint)`);
  }
  const me = `${sql.value(asker.organisationId)}::uuid`;
  const parties = `${sql.value(asker.partyTerms)}::uuid[]`;
  const most = `${sql.value(limit)}::int`;
  const order = column === undefined ? 'position' : `key ${way}, position ${way}`;
  // Each branch reads an index of its own in the order wanted and stops early; one condition over all of them would not.
  const branches = [
    `ei.organisation_id = ${me}`,
    `ei.position IN (SELECT position FROM event_term WHERE term = ANY(${parties}))`,
    `ei.organisation_id <> ${me} AND ei.position IN (
       SELECT said.position FROM line l JOIN event_index said ON said.organisation_id = l.org AND said.event_id = l.event_id
        WHERE l.path = '' AND l.identifier IN (
          SELECT n.identifier FROM node n WHERE n.id IN (${readableNodesSql(me)})))`,
  ].map(
    (branch) => `(SELECT ei.position, ${column ?? 'NULL::timestamptz'} AS key FROM event_index ei
                   WHERE ${sql.text()} AND ${branch} ORDER BY ${order} LIMIT ${most})`,
  );
  const rows: { position: string; key: string | null }[] = await db.query(
    `SELECT position, ${isoTime('key')} AS key FROM (SELECT * FROM (${branches.join(' UNION ')}) found ORDER BY ${order} LIMIT ${most}) page ORDER BY ${column === undefined ? 'position' : `page.key ${way}, position ${way}`}`,
    sql.values,
  );
  return rows.map(({ position, key }) => ({ position, key: key ?? undefined }));
}

function addFilters(sql: Conditions, query: EventQuery): void {
  const among = (column: string, values: readonly string[] | undefined): void => {
    if (values !== undefined) sql.add(`${column} = ANY(${sql.value(values)}::text[])`);
  };
  const within = (column: string, { ge, lt }: { readonly ge?: string; readonly lt?: string }): void => {
    if (ge !== undefined) sql.add(`${column} >= ${sql.value(ge)}::timestamptz`);
    if (lt !== undefined) sql.add(`${column} < ${sql.value(lt)}::timestamptz`);
  };
  const listed = (terms: readonly string[]): void => {
    sql.add(`ei.position IN (SELECT position FROM event_term WHERE term = ANY(${sql.value([...new Set(terms)])}::uuid[]))`);
  };
  among('ei.type', query.types);
  among('ei.action', query.actions);
  among('ei.event_id', query.eventIds);
  within('ei.event_time', query.eventTime);
  within('ei.record_time', query.recordTime);
  if (query.isDeclaration !== undefined) sql.add(`ei.declaration = ${sql.value(query.isDeclaration)}::boolean`);
  for (const { field, values } of query.words) listed(values.map((word) => wordTerm(field, word)));
  for (const { field, values } of query.places) listed(values.map((uri) => identifierTerm(field, uri)));
  if (query.transformationIds !== undefined) listed(query.transformationIds.map((uri) => identifierTerm('transformationID', uri)));
  for (const { fields, values } of query.matches) listed(fields.flatMap((field) => values.map((uri) => identifierTerm(field, uri))));
}

/** The asker's parties as terms of the index. */
export async function askerOf(db: Pick<EntityManager, 'query'>, organisationId: string): Promise<Asker> {
  const rows: { identifier: string }[] = await db.query('SELECT identifier FROM party WHERE organisation_id = $1', [organisationId]);
  return { organisationId, partyTerms: rows.map(({ identifier }) => identifierTerm('party', identifier)) };
}

/** Gathers conditions and their values. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  add(part: string): void {
    this.parts.push(part);
  }

  text(): string {
    return this.parts.join(' AND ');
  }
}
