import { type FamilyLine, judgeFamily, type Ownership } from './standing';

let position = 0n;
const line = (org: string, role: FamilyLine['role'], more: Partial<FamilyLine> = {}): FamilyLine => ({ key: `${org} ${role} ${++position}`, org, role, position, ...more });
const OWNED: Ownership = { kind: 'owned', org: 'A' };
const OPEN: Ownership = { kind: 'open' };
const heldBy = (lines: readonly FamilyLine[], ownership: Ownership): string[] => {
  const { held } = judgeFamily(lines, ownership);
  return lines.filter((l) => held.has(l.key)).map((l) => `${l.org} ${l.role}`);
};

describe('an identifier with an owner', () => {
  it('is held by the owner and by whom a held shipment names, hand to hand', () => {
    const lines = [line('A', 'origin'), line('A', 'ship', { destOrg: 'B' }), line('B', 'ship', { destOrg: 'C' }), line('C', 'input'), line('D', 'input')];
    expect(heldBy(lines, OWNED)).toEqual(['A origin', 'A ship', 'B ship', 'C input']);
  });

  it('is not made by anyone but its owner, though others may have it', () => {
    expect(heldBy([line('A', 'ship', { destOrg: 'B' }), line('B', 'origin')], OWNED)).toEqual(['A ship']);
  });

  it('is not moved by who speaks for another', () => {
    expect(heldBy([line('A', 'origin'), line('R', 'ship', { sourceOrg: 'A', destOrg: 'R' }), line('R', 'input')], OWNED)).toEqual(['A origin']);
  });

  it('gives nobody standing where it was never issued', () => {
    expect(heldBy([line('A', 'origin'), line('A', 'ship', { destOrg: 'B' }), line('B', 'input')], { kind: 'nobody' })).toEqual([]);
  });
});

describe('a name nobody owns', () => {
  const scopes = (lines: readonly FamilyLine[]): Record<string, string> => {
    const { scopeOf } = judgeFamily(lines, OPEN);
    return Object.fromEntries(lines.map((l) => [l.org, scopeOf.get(l.key) as string]));
  };

  it('is each sender’s own until a held shipment connects two', () => {
    expect(scopes([line('A', 'origin'), line('B', 'input')])).toEqual({ A: 'A', B: 'B' });
    expect(scopes([line('A', 'origin'), line('A', 'ship', { destOrg: 'B' }), line('B', 'input')])).toEqual({ A: 'A', B: 'A' });
  });

  it('stays the own of who made it, whoever ships the same name there', () => {
    expect(scopes([line('R', 'origin'), line('R', 'ship', { destOrg: 'A' }), line('A', 'origin'), line('A', 'input')])).toEqual({ R: 'R', A: 'A' });
  });

  it('is whose the receipt says where several ship the same name', () => {
    const lines = [line('A', 'origin'), line('A', 'ship', { destOrg: 'C' }), line('R', 'origin'), line('R', 'ship', { destOrg: 'C' }), line('C', 'receive', { sourceOrg: 'A' }), line('C', 'input')];
    expect(scopes(lines)).toEqual({ A: 'A', R: 'R', C: 'A' });
  });

  it('is ambiguous where the receiver does not say from whom', () => {
    const lines = [line('A', 'origin'), line('A', 'ship', { destOrg: 'C' }), line('B', 'origin'), line('B', 'ship', { destOrg: 'C' }), line('C', 'receive')];
    expect(judgeFamily(lines, OPEN).ambiguous).toEqual(new Set(['C']));
    expect(scopes(lines)['C']).toBe('C');
  });

  it('ends a ring in which everybody only passes on', () => {
    expect(scopes([line('A', 'ship', { destOrg: 'B' }), line('B', 'ship', { destOrg: 'A' })])).toEqual({ A: 'A', B: 'A' });
  });
});
