import { custodiansOf, type End, lineageOf } from './lineage';

const end = (near: string, far: string, more: Partial<End> = {}): End => ({
  near, far, kind: 'transformation', org: 'o', time: '2026-09-01', farHeld: true, farIsContainer: false, position: `${near}${far}`, ...more,
});
const nodesOf = (root: string, ends: readonly End[]) => lineageOf(root, ends).ancestors.map(({ node }) => node).sort();

describe('lineageOf', () => {
  it('follows what a thing was made of, however deep, each thing once', () => {
    expect(nodesOf('pack', [end('pack', 'a'), end('pack', 'b'), end('a', 'field'), end('b', 'field')])).toEqual(['a', 'b', 'field', 'pack']);
  });
  it('ends where a ring closes', () => {
    expect(nodesOf('a', [end('a', 'b'), end('b', 'a')])).toEqual(['a', 'b']);
  });
  it('does not follow what the maker does not hold, and says that it did not', () => {
    const lineage = lineageOf('pack', [end('pack', 'mine'), end('pack', 'yours', { farHeld: false }), end('yours', 'field')]);
    expect(lineage.ancestors.map(({ node }) => node)).toEqual(['pack', 'mine']);
    expect(lineage.claimedInto).toEqual(['pack']);
  });
  it('goes through a container only to what was inside when it was used', () => {
    const packed = (far: string, time: string, until?: string) => end('box', far, { kind: 'aggregation', time, until });
    const use = end('soup', 'box', { farIsContainer: true, time: '2026-09-05' });
    expect(nodesOf('box', [packed('early', '2026-09-01', '2026-09-02'), packed('late', '2026-09-03')])).toEqual(['box', 'early', 'late']);
    const nested = [end('pallet', 'box', { kind: 'aggregation', time: '2026-09-03', farIsContainer: true }), packed('early', '2026-09-01', '2026-09-02'), packed('late', '2026-09-03')];
    expect(nodesOf('pallet', nested)).toEqual(['box', 'late', 'pallet']);
    expect(nodesOf('soup', [use])).toEqual(['box', 'soup']);
  });
  it('tells until when a thing was used last, and by whom', () => {
    const { ancestors } = lineageOf('p', [end('p', 'a', { time: '2026-09-02', org: 'x' }), end('p', 'b'), end('b', 'a', { time: '2026-09-01', org: 'y' })]);
    expect(ancestors.find(({ node }) => node === 'a')).toEqual({ node: 'a', usedUntil: '2026-09-02', usedBy: ['x', 'y'] });
    expect(ancestors[0]).toEqual({ node: 'p', usedUntil: undefined, usedBy: [] });
  });
});

describe('custodiansOf', () => {
  it('goes back from the user along shipments, and leaves out who got another share', () => {
    const passings = [{ node: 'a', from: 'coop', to: 'trader' }, { node: 'a', from: 'trader', to: 'factory' }, { node: 'a', from: 'coop', to: 'rival' }, { node: 'b', from: 'z', to: 'factory' }];
    expect(custodiansOf({ node: 'a', usedUntil: '2026', usedBy: ['factory'] }, passings)).toEqual(['coop', 'factory', 'trader']);
  });
});
