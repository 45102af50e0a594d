import type { Entry } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import type { Canonicalise, StatedLine } from '../domain/line';
import { bookedLines, weighedLines } from '../domain/measures-of-event';

/** An event with the lines it states. */
interface Facts {
  readonly entry: Entry;
  readonly lines: readonly StatedLine[];
  readonly canonicalise: Canonicalise;
}

const STATES_WEIGHTS = ['daodi:weighing', 'daodi:agreement', 'daodi:counts'] as const;

/** Writes how the lines of events were weighed, and which of them book a difference; most events state neither. */
export async function insertMeasures(tx: EntityManager, facts: readonly Facts[]): Promise<void> {
  const stating = facts.filter(({ entry }) => STATES_WEIGHTS.some((field) => entry.body[field] !== undefined));
  if (stating.length === 0) return;
  const weighed = stating.flatMap(({ entry, lines, canonicalise }) => weighedLines(entry.body, lines, canonicalise).map((line) => ({
    position: entry.position.toString(), ordinal: line.ordinal, net: line.netMg.toString(), scale: line.scaleMg?.toString(), typed: line.typedMg.toString(),
    percent: line.moisture?.percent, method: line.moisture?.method, uncertainty: line.moisture?.uncertainty, notes: line.notes,
  })));
  const booked = stating.flatMap(({ entry, lines, canonicalise }) => bookedLines(entry.body, lines, canonicalise).map((line) => ({
    position: entry.position.toString(), ordinal: line.ordinal, reason: line.reason, before: line.beforeMg?.toString(), tolerance: line.toleranceMg?.toString(),
  })));
  if (weighed.length > 0) await tx.query('INSERT INTO weighed SELECT * FROM jsonb_populate_recordset(NULL::weighed, $1::jsonb)', [JSON.stringify(weighed)]);
  if (booked.length > 0) {
    await tx.query('INSERT INTO booked_difference SELECT * FROM jsonb_populate_recordset(NULL::booked_difference, $1::jsonb)', [JSON.stringify(booked)]);
  }
}
