import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** Which time a pack was given out with this content. */
export interface PackIssue {
  readonly issue: number;
  /** When it was first given out with just this content. */
  readonly madeAt: Date;
  readonly firstAt: Date;
}

/** Number of the pack of a shipment: the same whoever asks, and whenever. */
export function packNumber(shipperId: string, eventId: string): string {
  const bytes = createHash('sha256').update(`${shipperId}\0${eventId}`, 'utf8').digest();
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return `SH-${[...bytes.subarray(0, 10)].map((byte) => letters[byte & 31]).join('')}`;
}

/** Digest of everything a pack says but its issue. */
export const contentDigest = (content: unknown): Buffer => createHash('sha256').update(JSON.stringify(content), 'utf8').digest();

/**
 * Notes that a pack is given out, or finds that it was before. The same content again is the same issue, so that the
 * same question gets the same file; anything else is the next.
 */
export function issueOf(dataSource: DataSource, asker: string, shipperId: string, eventId: string, digest: Buffer): Promise<PackIssue> {
  return dataSource.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`paper-issue ${asker} ${shipperId} ${eventId}`]);
    const read = async (): Promise<{ issue: number; digest: Buffer; made_at: Date; first_at: Date } | undefined> => {
      const [row] = await tx.query(
        `SELECT issue, digest, made_at, min(made_at) OVER () AS first_at FROM paper_issue
          WHERE organisation_id = $1 AND shipper_id = $2 AND event_id = $3 ORDER BY issue DESC LIMIT 1`,
        [asker, shipperId, eventId],
      );
      return row;
    };
    const last = await read();
    if (last === undefined || !last.digest.equals(digest)) {
      await tx.query('INSERT INTO paper_issue (organisation_id, shipper_id, event_id, issue, digest) VALUES ($1, $2, $3, $4, $5)', [asker, shipperId, eventId, (last?.issue ?? 0) + 1, digest]);
    }
    const now = (await read()) as NonNullable<Awaited<ReturnType<typeof read>>>;
    return { issue: now.issue, madeAt: now.made_at, firstAt: now.first_at };
  });
}

/** `2026-09-01 09:30` in China. */
const inChina = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** The issue in words: a changed pack says as of when, and that it was given out otherwise before. */
export function issueText({ issue, madeAt, firstAt }: PackIssue): string {
  if (issue === 1) return `第 1 次出具，资料截至 ${inChina(madeAt)}`;
  return `第 ${issue} 次出具，资料截至 ${inChina(madeAt)}（首次出具于 ${inChina(firstAt)}，其后记录或模板有变化）`;
}
