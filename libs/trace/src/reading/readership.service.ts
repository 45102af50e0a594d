import { Injectable } from '@nestjs/common';
import type { Entry } from '@daodi/log';
import { DataSource, type EntityManager } from 'typeorm';
import { currentCanonicaliser } from '../book';
import { nodeId } from '../domain/identifier-id';
import { linesOfEvent } from '../domain/lines-of-event';
import { cutEvent, eventForNamed, whatMayRead } from './what-may-read';
import { readableNodes } from './readable-nodes';

/** An event as an organisation may read it. */
export interface ReadEvent {
  readonly entry: Entry;
  readonly sight: 'whole' | 'cut';
  readonly event: Readonly<Record<string, unknown>>;
}

interface LineRow {
  readonly position: string;
  readonly org: string;
  readonly identifier: string;
  readonly canonical: string;
  readonly node: string | null;
  readonly held: boolean;
}

const had = (line: string): string => `EXISTS (
  SELECT FROM node n JOIN reader_direct r ON r.node = n.id AND r.organisation_id = ${line}.org
   WHERE n.identifier = ${line}.identifier AND (${line}.role NOT IN ('origin', 'take-in', 'output', 'serial') OR n.owner = ${line}.org))`;

/**
 * What was declared in error is no longer held, but was, if its sayer has the thing and spoke of its own act: then it
 * stays readable to those who could read it. A claim that is taken back was never theirs to read.
 */
const WAS_HELD = `
  ${had('l')}
  AND NOT (l.role IN ('ship', 'void-ship', 'sell') AND l.source_org <> l.org IS TRUE)
  AND NOT (l.role IN ('receive', 'reject', 'short', 'take-in', 'return', 'sample-return') AND l.dest_org <> l.org IS TRUE)
  AND NOT (l.role = 'output' AND EXISTS (SELECT FROM line f WHERE f.hub = l.hub AND f.role = 'input' AND f.position = l.position AND NOT ${had('f')}))`;

/** Applies the rule of readership to entries of the log. The one place through which events leave for an organisation. */
@Injectable()
export class Readership {
  constructor(private readonly dataSource: DataSource) {}

  /** Of these event entries, in their order, those the organisation may read, whole or cut. */
  async read(organisationId: string, entries: readonly Entry[], db: Pick<EntityManager, 'query'> = this.dataSource): Promise<ReadEvent[]> {
    const events = entries.filter((entry) => entry.kind === 'event');
    if (events.length === 0) return [];
    const lines = await this.linesOf(db, events);
    const readable = await readableNodes(db, organisationId, [...new Set(lines.flatMap(nodesOfLine))]);
    const canonicalise = await currentCanonicaliser(db);
    const parties = await this.partiesOf(db, organisationId);
    const read: ReadEvent[] = [];
    for (const entry of events) {
      const own = lines.filter((line) => line.position === entry.position.toString()).map((line) => ({
        canonical: line.canonical,
        held: line.held,
        readable: nodesOfLine(line).some((node) => readable.has(node)),
      }));
      const { sourceParties, destinationParties } = linesOfEvent(entry.body, canonicalise);
      const isNamed = [...sourceParties, ...destinationParties].some((party) => parties.has(party));
      const sight = whatMayRead({
        asker: organisationId, sayer: entry.organisationId, namedParties: isNamed ? [organisationId] : [], lines: own,
      });
      if (sight === 'whole') read.push({ entry, sight, event: entry.organisationId === organisationId ? entry.body : eventForNamed(entry.body) });
      if (sight === 'cut') {
        const mayRead = new Set(own.filter((line) => line.held && line.readable).map((line) => line.canonical));
        read.push({ entry, sight, event: cutEvent(entry.body, mayRead, canonicalise, entry.digest) });
      }
    }
    return read;
  }

  /** Lines of these events; an error declaration has those of the event it repeats. */
  private async linesOf(db: Pick<EntityManager, 'query'>, events: readonly Entry[]): Promise<LineRow[]> {
    return db.query(
      `SELECT e.position, l.org, l.identifier, i.canonical, l.node, (l.held OR (l.void AND ${WAS_HELD})) AS held
         FROM unnest($1::bigint[], $2::uuid[], $3::text[]) AS e(position, org, event_id)
         JOIN line l ON l.org = e.org AND l.event_id = e.event_id AND l.path = ''
         JOIN identifier i ON i.id = l.identifier`,
      [events.map((e) => e.position.toString()), events.map((e) => e.organisationId), events.map((e) => e.eventId)],
    );
  }

  private async partiesOf(db: Pick<EntityManager, 'query'>, organisationId: string): Promise<Set<string>> {
    const rows: { identifier: string }[] = await db.query('SELECT identifier FROM party WHERE organisation_id = $1', [organisationId]);
    return new Set(rows.map(({ identifier }) => identifier));
  }
}

/** The node a line speaks of; of a line declared in error, those it can have spoken of. */
const nodesOfLine = (line: LineRow): string[] =>
  line.node !== null ? [line.node] : [nodeId(line.identifier, ''), nodeId(line.identifier, line.org)];
