import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import type { EntityManager } from 'typeorm';
import { inSlices } from '../run/in-slices';
import type { CaptureDocument, ErrorBehaviour } from './capture-document';

/** Events in a chunk: one act of the log with `proceed`. */
export const CHUNK_EVENTS = 200;
/** Chunks in one INSERT, so that no statement carries a whole large document. */
const INSERT_CHUNKS = 16;

/** A document as it is stored, and the digest that tells a repeat of it from another one. */
export interface PackedDocument {
  readonly envelope: string;
  readonly eventsPointer: string;
  readonly eventCount: number;
  /** JSON texts of the chunks. */
  readonly chunks: readonly string[];
  readonly digest: Buffer;
}

/** Takes a document apart into its envelope and chunks of its events, a slice of time at a time. */
export async function packDocument(
  document: Readonly<Record<string, unknown>>,
  events: readonly unknown[],
  eventsPointer: string,
  behaviour: ErrorBehaviour,
): Promise<PackedDocument> {
  const envelope = canonicalJson(withoutEvents(document));
  const texts = await inSlices(events, canonicalJson);
  const hash = createHash('sha256').update(`capture\n${behaviour}\n${envelope}`, 'utf8');
  const starts = Array.from({ length: Math.ceil(texts.length / CHUNK_EVENTS) }, (_, i) => i * CHUNK_EVENTS);
  const chunks = await inSlices(starts, (start) => {
    const chunk = `[${texts.slice(start, start + CHUNK_EVENTS).join(',')}]`;
    hash.update(`\n${chunk}`, 'utf8');
    return chunk;
  });
  return { envelope, eventsPointer, eventCount: events.length, chunks, digest: hash.digest() };
}

/** Writes a document that waits for its job. */
export async function storeDocument(
  tx: EntityManager,
  document: Pick<CaptureDocument, 'id' | 'organisationId' | 'actor' | 'requestId' | 'errorBehaviour' | 'importRun' | 'writtenAt'>,
  packed: PackedDocument,
): Promise<void> {
  const { id, organisationId, actor, requestId, errorBehaviour, importRun, writtenAt } = document;
  await tx.query(
    `INSERT INTO capture_document (id, organisation_id, actor_kind, actor_id, request_id, error_behaviour, envelope, events_pointer, event_count, chunk_count, import_run, written_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [id, organisationId, actor.kind, actor.id, requestId, errorBehaviour, packed.envelope, packed.eventsPointer, packed.eventCount, packed.chunks.length, importRun ?? null, writtenAt ?? null],
  );
  for (let first = 0; first < packed.chunks.length; first += INSERT_CHUNKS) {
    const texts = packed.chunks.slice(first, first + INSERT_CHUNKS);
    await tx.query(
      `INSERT INTO capture_chunk (capture_id, ordinal, first_event, events)
       SELECT $1, $2::int + n - 1, ($2::int + n - 1) * $3::int, text FROM unnest($4::text[]) WITH ORDINALITY AS u(text, n)`,
      [id, first, CHUNK_EVENTS, texts],
    );
  }
}

/** The document with an empty list where its events stood. */
function withoutEvents(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const body = document.epcisBody as Readonly<Record<string, unknown>>;
  if (document.type === 'EPCISDocument') return { ...document, epcisBody: { ...body, eventList: [] } };
  const results = body.queryResults as Readonly<Record<string, unknown>>;
  const resultsBody = results.resultsBody as Readonly<Record<string, unknown>>;
  return { ...document, epcisBody: { ...body, queryResults: { ...results, resultsBody: { ...resultsBody, eventList: [] } } } };
}
