import { rankOf } from '../domain/fold';
import type { LineRow } from './rows';

const rank = ({ role }: LineRow): number =>
  role === 'container-pack' || role === 'serial' ? 0 : role === 'container-unpack' ? 9 : rankOf(role);

/**
 * A key by which lines sort in the order in which things happened: time first; at one instant what comes in before
 * what goes out; then a key of the event that has nothing to do with when it reached us.
 */
export const orderOf = (line: LineRow): string =>
  `${line.eventTime} ${rank(line)} ${line.tie} ${String(line.ordinal).padStart(6, '0')} ${line.path}`;

/** Lines in the order in which things happened. */
export function inOrder<T extends LineRow>(lines: readonly T[]): T[] {
  const keyed = lines.map((line) => ({ line, key: orderOf(line) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ line }) => line);
}
