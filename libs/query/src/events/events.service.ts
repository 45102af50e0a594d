import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@daodi/epcis';
import { epcisProblem, readPaging, writeToken } from '@daodi/capture';
import { type Entry, logSize, readEntries } from '@daodi/log';
import { notFound } from '@daodi/platform';
import { type Caller, instantOf } from '@daodi/registry';
import { currentCanonicaliser, type ReadEvent, Readership } from '@daodi/trace';
import { DataSource } from 'typeorm';
import type { EventQuery } from '../domain/event-query';
import { matches } from '../domain/matches';
import { readQuery } from '../domain/read-query';
import { askerOf, findCandidates, type Place } from './find-candidates';
import { queryDocument, type QueryDocument } from './query-document';

/** A page of results. */
export interface EventPage {
  readonly document: QueryDocument;
  /** Token of the next page; absent on the last. */
  readonly next?: string;
}

/** What a page's token carries. */
interface Token extends Place {
  /** Digest of the question, so that a token of another one is refused. */
  readonly q: string;
  /** Size of the log at the first page. */
  readonly s: string;
  /** With `eventCountLimit`: how many may still come. */
  readonly n?: number;
}

const BATCH_MIN = 100;
/** Candidates looked at for one page. Nearly all are shown; a question that runs into this is one for fewer events. */
const CANDIDATES_MAX = 20_000;

/** Answers questions about events with what the asker may read, and with nothing else. */
@Injectable()
export class EventsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly readership: Readership,
  ) {}

  /** The events that match a query, a page of them. @throws Problem 400 with every fault, 413 over `maxEventCount` */
  async find(caller: Caller, parameters: Readonly<Record<string, unknown>>): Promise<EventPage> {
    const reading = readQuery(parameters);
    if (!reading.ok) throw epcisProblem('QueryParameterException', { faults: reading.faults });
    const { query } = reading;
    const digest = digestOf(caller, parameters);
    const { perPage, token } = readPaging(parameters, (value) => readToken(value, digest, query));
    const size = token?.s ?? (await logSize(this.dataSource)).toString();
    if (token === undefined && query.maxEventCount !== undefined) await this.refuseTooMany(caller, query, size, query.maxEventCount);

    const left = token?.n ?? query.eventCountLimit ?? Infinity;
    const wanted = Math.min(perPage, left);
    // One more than wanted tells whether another page follows.
    const found = await this.collect(caller, query, size, token, Math.min(wanted + 1, left));
    const page = found.slice(0, wanted);
    const last = page.at(-1);
    const hasMore = found.length > page.length && last !== undefined;
    const next = hasMore ? { ...last.place, q: digest, s: size, n: left === Infinity ? undefined : left - page.length } : undefined;
    return { document: queryDocument(page.map(({ read }) => read), instantOf(new Date())), next: next && writeToken(next satisfies Token) };
  }

  /** The event of this id with its error declarations: the caller's own, else those of others it may read. @throws Problem 404 */
  async get(caller: Caller, eventId: string): Promise<QueryDocument> {
    if (eventId.includes('\u0000')) throw notFound();
    const entries = await readEntries(
      this.dataSource,
      'e.position IN (SELECT position FROM event_index WHERE event_id = $1) ORDER BY e.position LIMIT 1000',
      [eventId],
    );
    const own = entries.filter(({ organisationId }) => organisationId === caller.organisationId);
    const read = await this.readership.read(caller.organisationId, own.length > 0 ? own : entries);
    if (read.length === 0) throw notFound();
    return queryDocument(read, instantOf(new Date()));
  }

  /** The first events, in order, that match by what the caller sees of them. */
  private async collect(caller: Caller, query: EventQuery, size: string, from: Place | undefined, wanted: number): Promise<{ place: Place; read: ReadEvent }[]> {
    const asker = await askerOf(this.dataSource, caller.organisationId);
    const canonicalise = await currentCanonicaliser(this.dataSource);
    const found: { place: Place; read: ReadEvent }[] = [];
    let after = from;
    for (let looked = 0; found.length < wanted; ) {
      const limit = Math.max(BATCH_MIN, Math.min(1_000, wanted - found.length));
      const places = await findCandidates(this.dataSource, query, asker, { after, size, limit });
      for (const { place, read } of await this.readAll(caller, places)) {
        if (found.length < wanted && matches(query, seenOf(read), canonicalise)) found.push({ place, read });
      }
      looked += places.length;
      after = places.at(-1) ?? after;
      if (places.length < limit) break;
      if (looked >= CANDIDATES_MAX && found.length < wanted) throw tooComplex();
    }
    return found;
  }

  private async readAll(caller: Caller, places: readonly Place[]): Promise<{ place: Place; read: ReadEvent }[]> {
    if (places.length === 0) return [];
    const entries = await readEntries(this.dataSource, 'e.position = ANY($1::bigint[])', [places.map(({ position }) => position)]);
    const byPosition = new Map(entries.map((entry) => [entry.position.toString(), entry]));
    const ordered = places.map(({ position }) => byPosition.get(position)).filter((entry): entry is Entry => entry !== undefined);
    const read = await this.readership.read(caller.organisationId, ordered);
    const places_ = new Map(places.map((place) => [place.position, place]));
    return read.map((event) => ({ place: places_.get(event.entry.position.toString()) as Place, read: event }));
  }

  private async refuseTooMany(caller: Caller, query: EventQuery, size: string, most: number): Promise<void> {
    const found = await this.collect(caller, query, size, undefined, most + 1);
    if (found.length <= most) return;
    throw epcisProblem('QueryTooLargeException', {
      detail: { zh: `结果多于 maxEventCount 所限的 ${most} 个事件`, en: `there are more than the ${most} events of maxEventCount` },
    });
  }
}

const seenOf = ({ event, entry }: ReadEvent): Parameters<typeof matches>[1] => ({
  event,
  context: entry.context,
  eventId: entry.eventId as string,
  type: entry.type,
  eventTime: entry.eventTime as string,
  recordTime: entry.recordTime,
  declaration: entry.declaration ?? false,
});

/** What a token is bound to: the asker and every parameter that is not about pages. */
function digestOf(caller: Caller, parameters: Readonly<Record<string, unknown>>): string {
  const { perPage: _perPage, nextPageToken: _token, ...question } = parameters;
  return createHash('sha256').update(canonicalJson([caller.organisationId, question]), 'utf8').digest('base64url').slice(0, 22);
}

function readToken({ q, s, n, key, position }: Readonly<Record<string, unknown>>, digest: string, query: EventQuery): Token | undefined {
  const isNumber = (value: unknown): value is string => typeof value === 'string' && /^\d{1,18}$/.test(value);
  if (q !== digest || !isNumber(s) || !isNumber(position)) return undefined;
  if (query.order === undefined ? key !== undefined : typeof key !== 'string' || !INSTANT.test(key) || Number.isNaN(Date.parse(key))) return undefined;
  if (query.eventCountLimit === undefined ? n !== undefined : typeof n !== 'number' || !Number.isInteger(n) || n < 1) return undefined;
  return { q, s, n: n as number | undefined, key: key as string | undefined, position };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

const tooComplex = (): Error =>
  epcisProblem('QueryTooComplexException', { detail: { zh: '请以更具体的条件查询', en: 'please ask with narrower conditions' } });
