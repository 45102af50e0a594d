import type { Measure } from './fit-text';
import { frameOf } from './frame';
import type { LabelFormat } from './label-format';
import type { LabelField, LabelPiece, LabelText } from './label-text';
import { layOutFacts } from './lay-out-facts';
import { layOutIdentity } from './lay-out-identity';
import type { Placed } from './placed';

/** Labels of one sheet: what they have in common is laid out once. */
export interface LaidOut {
  readonly common: readonly Placed[];
  /** Nothing where a piece does not fit. */
  of(piece: LabelPiece): readonly Placed[] | undefined;
}

/**
 * Lays out the labels of a sheet.
 *
 * @returns nothing where the format is too small for what the labels must say: a larger one has to be chosen
 */
export function layOut(text: LabelText, format: LabelFormat, measure: Measure): LaidOut | undefined {
  const both = attempt(text, text.notes.map(({ zh, en }) => `${zh} ${en}`), format, measure);
  if (both !== undefined && both.leftOut.length === 0) return both.laidOut;
  const notes = text.notes.map(({ zh }) => zh);
  // What finds no room is named, so that nobody takes the label for all there is; naming it takes room itself.
  for (let leftOut: readonly LabelField[] = []; ; ) {
    const told = leftOut.length === 0 ? notes : [...notes, `未印：${leftOut.map(({ zh }) => zh).join('、')}，请扫码`];
    const kept = text.fields.filter((field) => !leftOut.includes(field));
    const tried = attempt({ ...text, fields: kept }, [told.join('；')], format, measure);
    if (tried === undefined || tried.leftOut.length === 0) return tried?.laidOut;
    leftOut = text.fields.filter((field) => leftOut.includes(field) || tried.leftOut.includes(field));
  }
}

interface Attempt {
  readonly laidOut: LaidOut;
  readonly leftOut: readonly LabelField[];
}

function attempt(text: LabelText, notes: readonly string[], format: LabelFormat, measure: Measure): Attempt | undefined {
  const frame = frameOf(text, notes, format, measure);
  const facts = layOutFacts(text, frame.facts, format, measure);
  if (facts === undefined) return undefined;
  const laidOut: LaidOut = {
    common: [...frame.placed, ...facts.placed],
    of: (piece) => layOutIdentity(piece, text.status, frame.identity, format, measure),
  };
  return { laidOut, leftOut: facts.leftOut };
}
