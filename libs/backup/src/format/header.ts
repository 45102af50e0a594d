import type { FrameKind } from './frames';

/** The first frame: what this backup is, readable without unpacking anything. Positions are decimal text. */
export interface Header {
  /** The release that wrote it. */
  readonly product: string;
  /** The installation it is of; absent where the database was never decided to be anything. */
  readonly installation: string | null;
  /** When its snapshot was taken: ISO 8601, UTC, by the database's clock. */
  readonly createdAt: string;
  /** The migrations its tables had, oldest first. */
  readonly migrations: readonly string[];
  /** First position it carries. */
  readonly from: string;
  /** Number of entries of the log it ends with: one more than its last position. */
  readonly size: string;
  /** Record time and digest (hex) of the last entry of the log; null for an empty one. */
  readonly lastRecordTime: string | null;
  readonly lastDigest: string | null;
  /** The backup it goes on from; absent in one that stands alone. */
  readonly since?: BackupName;
}

/** How a later backup names an earlier one. */
export interface BackupName {
  /** The last digest of its frames, hex. */
  readonly digest: string;
  readonly size: string;
}

/** The last frame. */
export interface Trailer {
  /** Number of lines of each kind; of rows by table. */
  readonly lines: Readonly<Record<string, number>>;
  /** Digests of the projections at the same moment, if asked for: table → rows and digest (see `digests` of the log). */
  readonly digests?: Readonly<Record<string, { readonly rows: number; readonly digest: string }>>;
}

/** JSON of a frame that holds JSON. */
export const jsonFrame = (kind: FrameKind & ('header' | 'trailer'), value: Header | Trailer): [FrameKind, Buffer] => [kind, Buffer.from(JSON.stringify(value), 'utf8')];
