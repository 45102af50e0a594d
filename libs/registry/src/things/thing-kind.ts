/** One sort of thing an organisation registers for itself: its record type, its table and its path. */
export interface ThingKind {
  readonly record: string;
  /** A table with `id`, `organisation_id`, `since_position` and `state`, the latest record's `new`. */
  readonly table: string;
  readonly path: string;
  /** Restricts a table that holds several kinds; SQL written by us. */
  readonly where?: string;
}

/** The whole state of a thing, as its latest record says it. */
export type State = Readonly<Record<string, unknown>>;
