import type { EntityManager } from 'typeorm';
import { readableNodes } from '../reading/readable-nodes';

/** Which nodes the asker may read on record: each asked for once. */
export class Sights {
  private readonly asked = new Set<string>();
  private readonly found = new Set<string>();

  constructor(
    private readonly db: Pick<EntityManager, 'query'>,
    private readonly asker: string,
  ) {}

  /** All of which it is known that they may be read, these included if they may. */
  async readable(nodes: Iterable<string>): Promise<ReadonlySet<string>> {
    const fresh = [...nodes].filter((node) => !this.asked.has(node));
    for (const node of fresh) this.asked.add(node);
    for (const node of await readableNodes(this.db, this.asker, fresh)) this.found.add(node);
    return this.found;
  }
}
