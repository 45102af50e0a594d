import type { EntityManager } from 'typeorm';
import { PendingLines } from './pending-lines';
import { keyOf, type LineRow } from './rows';

const line = (more: Partial<LineRow> & { readonly void?: boolean }): LineRow & { readonly void?: boolean } => ({
  position: 1n, ordinal: 0, path: '', org: 'us', eventId: 'e', identifier: 'lot', kind: 'class', role: 'observe', eventTime: '2026-09-01T00:00:00.000000Z',
  tie: 't', sourceNamed: false, spelled: 'lot', held: false, ...more,
});

describe('PendingLines', () => {
  it('finds lines by identifier, entry and transformation, without those declared in error', () => {
    const pending = new PendingLines();
    pending.add([line({ hub: 'h' }), line({ ordinal: 1, identifier: 'other' }), line({ ordinal: 2, void: true, hub: 'h' })]);
    expect([pending.ofIdentifiers(['lot', 'lot']).length, pending.atPositions([1n]).length, pending.ofHubs(['h', 'none']).length]).toEqual([1, 2, 1]);
  });

  it('gives a line as it was last found to be', () => {
    const pending = new PendingLines();
    pending.add([line({})]);
    expect(pending.note(keyOf(line({})), { node: 'n', held: true })).toBe(true);
    expect(pending.ofIdentifiers(['lot'])).toMatchObject([{ node: 'n', held: true }]);
    expect(pending.note(keyOf(line({ ordinal: 9 })), { held: true })).toBe(false);
  });

  it('forgets a carried line with what it carried in turn, and nothing beside it', () => {
    const pending = new PendingLines();
    pending.add([line({}), line({ path: '/box', identifier: 'in box' }), line({ path: '/box/lot', identifier: 'in lot' }), line({ path: '/box2', identifier: 'in other' })]);
    expect(pending.forget(line({ path: '/box' })).sort()).toEqual(['in box', 'in lot']);
    expect(pending.atPositions([1n]).map(({ path }) => path)).toEqual(['', '/box2']);
  });

  it('has nothing left to tell once it is written', async () => {
    const written: unknown[][] = [];
    const tx = { query: async (_sql: string, values: unknown[]) => void written.push(values) } as unknown as EntityManager;
    const pending = new PendingLines(new Map([['lot', 'urn:lot']]));
    expect([pending.known(['lot', 'old']), pending.spellingOfFresh('lot')]).toEqual([['old'], 'urn:lot']);
    pending.add([line({}), line({ ordinal: 1, void: true })]);
    await pending.write(tx);
    await pending.write(tx);
    expect(written.map(([positions]) => positions)).toEqual([['1', '1']]);
    expect([pending.known(['lot']), pending.ofIdentifiers(['lot']), pending.note(keyOf(line({})), {})]).toEqual([['lot'], [], false]);
  });
});
