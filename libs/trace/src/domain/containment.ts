import { CARRYING_ROLES, type IdentifierKind, type LineRole, type LineUnit } from './line';

/**
 * What a container holds when, and what its movements therefore move. "A path through a container follows only what
 * was inside at that time."
 */

/** A statement about the container itself, or (packed, unpacked) about its contents in the same event. */
export interface ContainerLine {
  readonly key: string;
  /** Identifies the event: contents belong to the container line of the same event. */
  readonly event: string;
  readonly role: LineRole;
}

export interface ContentLine {
  readonly key: string;
  readonly event: string;
  readonly role: 'packed' | 'unpacked';
  readonly identifier: string;
  readonly kind: IdentifierKind;
  readonly amount?: bigint;
  readonly unit?: LineUnit;
}

/** What a movement of the container moves with it. */
export interface Carried {
  /** The movement's key. */
  readonly movement: string;
  readonly identifier: string;
  readonly kind: IdentifierKind;
  readonly amount?: bigint;
  readonly unit?: LineUnit;
}

export interface Contained {
  readonly carried: readonly Carried[];
  /** Key of a packed line → key of the container line that ended its stay. */
  readonly ended: ReadonlyMap<string, string>;
}

interface Inside {
  readonly packedKey: string;
  readonly line: ContentLine;
  left?: bigint;
}

/**
 * Goes through the statements about one container in the order in which they happened (at one instant: packing, then
 * movement, then unpacking; the caller sorts).
 */
export function contain(lines: readonly ContainerLine[], contents: readonly ContentLine[]): Contained {
  const byEvent = new Map<string, ContentLine[]>();
  for (const content of contents) {
    const known = byEvent.get(content.event);
    if (known) known.push(content);
    else byEvent.set(content.event, [content]);
  }
  let inside: Inside[] = [];
  const carried: Carried[] = [];
  const ended = new Map<string, string>();
  for (const line of lines) {
    if (line.role === 'container-pack') {
      for (const content of byEvent.get(line.event) ?? []) inside.push({ packedKey: content.key, line: content, left: content.amount });
    } else if (line.role === 'container-unpack') {
      inside = unpack(inside, byEvent.get(line.event) ?? [], (packed) => ended.set(packed.packedKey, line.key));
    } else if (CARRYING_ROLES.has(line.role)) {
      carried.push(...sumOf(line.key, inside));
    }
  }
  return { carried, ended };
}

/** DELETE without children empties the container (EPCIS 2.0 §7.4.3); with children it takes those out, oldest first. */
function unpack(inside: readonly Inside[], out: readonly ContentLine[], end: (packed: Inside) => void): Inside[] {
  if (out.length === 0) {
    inside.forEach(end);
    return [];
  }
  let rest = [...inside];
  for (const content of out) {
    let left = content.amount;
    rest = rest.filter((packed) => {
      if (packed.line.identifier !== content.identifier) return true;
      if (left === undefined || packed.left === undefined) {
        end(packed);
        return false;
      }
      const taken = packed.left < left ? packed.left : left;
      left -= taken;
      packed.left -= taken;
      if (packed.left > 0n) return true;
      end(packed);
      return false;
    });
  }
  return rest;
}

/** One line per identifier, however often it was put in. */
function sumOf(movement: string, inside: readonly Inside[]): Carried[] {
  const sums = new Map<string, Carried>();
  for (const { line, left } of inside) {
    const key = `${line.identifier} ${line.unit ?? ''}`;
    const known = sums.get(key);
    const amount = known?.amount !== undefined && left !== undefined ? known.amount + left : (left ?? known?.amount);
    sums.set(key, { movement, identifier: line.identifier, kind: line.kind, amount, unit: line.unit });
  }
  return [...sums.values()];
}
