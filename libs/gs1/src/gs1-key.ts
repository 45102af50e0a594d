import { encodeSegment } from './character-sets';

/** A GS1 key with the qualifiers that came with it; values are plain text, not percent-encoded. */
export interface Gs1Key {
  /** Application identifier of the key, e.g. `01`. */
  readonly ai: string;
  /** Its value, GTINs always with 14 digits. */
  readonly key: string;
  /** Values of the qualifiers by application identifier, e.g. `{ '10': 'L1' }`. */
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** Writes a key and its qualifiers as a Digital Link below the canonical domain of GS1. */
export function writeDigitalLink(key: Gs1Key): string {
  let uri = `https://id.gs1.org/${key.ai}/${encodeSegment(key.key)}`;
  for (const ai of Object.keys(key.qualifiers)) uri += `/${ai}/${encodeSegment(key.qualifiers[ai] ?? '')}`;
  return uri;
}
