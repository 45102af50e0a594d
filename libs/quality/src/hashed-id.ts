import { createHash } from 'node:crypto';

/** An id that follows from what it names: the same parts give the same, in any process and after a rebuild. In the form of a UUID. */
export function hashedId(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\0'), 'utf8').digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
