import { isoTime, type Actor } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { CAPTURE_ERRORS_MAX, type CaptureError } from '../domain/capture-error';

/** What happens to the good events of a document that has bad ones (header `GS1-Capture-Error-Behaviour`). */
export type ErrorBehaviour = 'rollback' | 'proceed';

/** A captured document and how far it is. */
export interface CaptureDocument {
  readonly id: string;
  readonly organisationId: string;
  readonly actor: Actor;
  readonly requestId: string;
  readonly errorBehaviour: ErrorBehaviour;
  readonly receivedAt: string;
  /** The run of imports it belongs to, and when its paper was written where that was said. */
  readonly importRun?: string;
  readonly writtenAt?: string;
  /** The `@context` of the document. */
  readonly context: unknown;
  readonly eventsPointer: string;
  readonly chunkCount: number;
  readonly state: 'queued' | 'running' | 'done';
  readonly nextChunk: number;
  readonly failed: boolean;
  readonly errors: readonly CaptureError[];
  readonly errorCount: number;
  readonly finishedAt?: string;
}

/** A part of a document's events, small enough to be handled between two requests of others. */
export interface CaptureChunk {
  readonly firstEvent: number;
  readonly events: readonly unknown[];
}

type Db = Pick<EntityManager, 'query'>;

const COLUMNS = `
  id, organisation_id, actor_kind, actor_id, request_id, error_behaviour, ${isoTime('received_at')} AS received_at,
  import_run, ${isoTime('written_at')} AS written_at,
  envelope -> '@context' AS context, events_pointer, chunk_count, state, next_chunk, failed, errors, error_count,
  ${isoTime('finished_at')} AS finished_at`;

interface Row {
  id: string;
  organisation_id: string;
  actor_kind: Actor['kind'];
  actor_id: string;
  request_id: string;
  error_behaviour: ErrorBehaviour;
  received_at: string;
  import_run: string | null;
  written_at: string | null;
  context: unknown;
  events_pointer: string;
  chunk_count: number;
  state: CaptureDocument['state'];
  next_chunk: number;
  failed: boolean;
  errors: CaptureError[];
  error_count: number;
  finished_at: string | null;
}

/** One document, of whichever organisation: the caller of this decides who may know. */
export async function findCapture(db: Db, id: string): Promise<CaptureDocument | undefined> {
  const [row]: Row[] = await db.query(`SELECT ${COLUMNS} FROM capture_document WHERE id = $1`, [id]);
  return row && documentOf(row);
}

/** Where a page of an organisation's documents begins: behind this one. */
export interface CaptureCursor {
  readonly receivedAt: string;
  readonly id: string;
}

/** An organisation's documents, newest first. */
export async function listCaptures(db: Db, organisationId: string, before: CaptureCursor | undefined, limit: number): Promise<CaptureDocument[]> {
  const rows: Row[] = await db.query(
    `SELECT ${COLUMNS} FROM capture_document
      WHERE organisation_id = $1 AND ($2::timestamptz IS NULL OR (capture_document.received_at, id) < ($2::timestamptz, $3::uuid))
      ORDER BY capture_document.received_at DESC, id DESC LIMIT $4`,
    [organisationId, before?.receivedAt ?? null, before?.id ?? null, limit],
  );
  return rows.map(documentOf);
}

/** Documents that are not done, oldest first. */
export async function pendingCaptures(db: Db, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    `SELECT id FROM capture_document WHERE state <> 'done' ORDER BY received_at LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** A chunk of a document's events. */
export async function readChunk(db: Db, id: string, ordinal: number): Promise<CaptureChunk> {
  const [row]: { first_event: number; events: string }[] = await db.query(
    'SELECT first_event, events FROM capture_chunk WHERE capture_id = $1 AND ordinal = $2',
    [id, ordinal],
  );
  if (row === undefined) throw new Error(`capture ${id} has lost its chunk ${ordinal}`);
  return { firstEvent: row.first_event, events: JSON.parse(row.events) as unknown[] };
}

/** Says that a document is being worked on, and whether something is wrong with it already. */
export async function markRunning(db: Db, id: string, failed: boolean): Promise<void> {
  await db.query(`UPDATE capture_document SET state = 'running', failed = failed OR $2 WHERE id = $1 AND state <> 'done'`, [id, failed]);
}

/** Notes what came of one chunk, and that the next one follows. */
export async function markChunk(db: Db, document: CaptureDocument, nextChunk: number, errors: readonly CaptureError[]): Promise<void> {
  await db.query(
    `UPDATE capture_document
        SET state = 'running', next_chunk = $2, failed = failed OR $3::int > 0, error_count = error_count + $3::int,
            errors = (SELECT COALESCE(jsonb_agg(e ORDER BY n), '[]') FROM jsonb_array_elements(errors || $4::jsonb) WITH ORDINALITY AS l(e, n) WHERE n <= $5)
      WHERE id = $1 AND state <> 'done' AND next_chunk < $2`,
    [document.id, nextChunk, errors.length, JSON.stringify(errors.slice(0, CAPTURE_ERRORS_MAX)), CAPTURE_ERRORS_MAX],
  );
}

/** Ends a document. The log has its events now, or they were refused: the waiting copies go. */
export async function finish(tx: EntityManager, id: string): Promise<void> {
  await tx.query(`UPDATE capture_document SET state = 'done', finished_at = clock_timestamp() WHERE id = $1 AND state <> 'done'`, [id]);
  await tx.query('DELETE FROM capture_chunk WHERE capture_id = $1', [id]);
}

function documentOf(row: Row): CaptureDocument {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    actor: { kind: row.actor_kind, id: row.actor_id },
    requestId: row.request_id,
    errorBehaviour: row.error_behaviour,
    receivedAt: row.received_at,
    importRun: row.import_run ?? undefined,
    writtenAt: row.written_at ?? undefined,
    context: row.context ?? undefined,
    eventsPointer: row.events_pointer,
    chunkCount: row.chunk_count,
    state: row.state,
    nextChunk: row.next_chunk,
    failed: row.failed,
    errors: row.errors,
    errorCount: row.error_count,
    finishedAt: row.finished_at ?? undefined,
  };
}
