import type { Entry, InlineProjection } from '@daodi/log';
import { type Boundary, boxOf } from '../land/boundary';
import { bodyOf, type Latest, latestOf, upsertRows } from './latest-state';

/** The record types that are land; each is also the value of `land.kind`. */
export const LAND_KINDS = ['base', 'plot', 'tending-area'] as const;
export type LandKind = (typeof LAND_KINDS)[number];

/** What a record of land found odd about it when it was written. */
export interface LandNote {
  readonly rule: 'area-differs' | 'overlap';
  /** The land it overlaps (uuid). */
  readonly other?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Bases, plots, tending areas, and the notes their records carry. */
export const landProjection: InlineProjection = {
  name: 'land',
  tables: ['land', 'land_note'],
  async apply(tx, entries) {
    for (const kind of LAND_KINDS) await upsertRows(tx, 'land', 'id', latestOf(entries, kind).map((latest) => rowOf(kind, latest)));
    const records = entries.filter(({ kind, type }) => kind === 'record' && (LAND_KINDS as readonly string[]).includes(type));
    if (records.length === 0) return;
    const notes = lastNotes(records);
    await tx.query(`DELETE FROM land_note WHERE land_id = ANY($1::uuid[]) OR (other_id <> '' AND other_id = ANY($1::text[]))`, [
      [...new Set(records.map((entry) => bodyOf(entry).subject))],
    ]);
    if (notes.length > 0) await tx.query(`INSERT INTO land_note SELECT * FROM jsonb_populate_recordset(NULL::land_note, $1::jsonb)`, [JSON.stringify(notes)]);
  },
};

interface NoteRow {
  readonly land_id: string;
  readonly rule: string;
  readonly other_id: string;
  readonly detail: unknown;
  readonly position: string;
}

/** A land's new record replaces every note it is part of, also those another land's earlier record made about it. */
function lastNotes(records: readonly Entry[]): NoteRow[] {
  let notes: NoteRow[] = [];
  for (const entry of records) {
    const { subject, new: state } = bodyOf(entry);
    notes = notes.filter(({ land_id, other_id }) => land_id !== subject && other_id !== subject);
    for (const { rule, other, detail } of (state.notes ?? []) as LandNote[]) {
      notes.push({ land_id: subject, rule, other_id: other ?? '', detail, position: entry.position.toString() });
    }
  }
  return notes;
}

function rowOf(kind: LandKind, { subject, state, first }: Latest) {
  const boundary = state.boundary as Boundary | undefined;
  const [west, south, east, north] = boundary === undefined ? [null, null, null, null] : boxOf(boundary);
  return {
    id: subject,
    organisation_id: first.organisationId,
    kind,
    base_id: state.baseId ?? null,
    name: state.name,
    region: state.region ?? null,
    village: state.village ?? null,
    layer: state.layer ?? null,
    from_year: state.fromYear ?? null,
    to_year: state.toYear ?? null,
    declared_mu: state.declaredMu ?? null,
    area_m2: state.areaM2 ?? null,
    boundary: boundary ?? null,
    west,
    south,
    east,
    north,
    version: state.version,
    status: state.status,
    state,
    since_position: first.position.toString(),
  };
}
