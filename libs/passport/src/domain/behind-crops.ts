import type { PassportFacts } from './passport-facts';

/**
 * The things a crop of this lineage was raised from: its seed, the nursery, mother plants, the accession. They are part
 * of the story, but the herb did not grow where they did.
 */
export function behindCrops({ lineage, nodes }: Pick<PassportFacts, 'lineage' | 'nodes'>): Set<string> {
  const crops = new Set(nodes.filter(({ kind }) => kind === 'crop').map(({ id }) => id));
  const behind = new Set<string>();
  const queue = [...crops];
  for (const near of queue) {
    for (const { near: made, far } of lineage?.ends ?? []) {
      if (made !== near || behind.has(far)) continue;
      behind.add(far);
      queue.push(far);
    }
  }
  return behind;
}
