import type { Client } from 'pg';

/**
 * One hand-written query for the nodes and edges of everything a lot was made of: recursive `UNION` on the id alone,
 * then the edges and the nodes joined once. It asks nobody who may read what, trusts every line, knows no containers or
 * serials, and says nothing of gaps, balances and steps.
 *
 * A row is `[0, from, to, event id, milligrams]` for an edge, `[1, first spelling, canonical, kind, milligrams]` for a
 * node with who asks where that has some of it.
 */
const QUERY = `
  WITH RECURSIVE up(node) AS (
    SELECT $1::uuid
    UNION SELECT f.node FROM up JOIN line n ON n.node = up.node AND n.role = 'output' AND NOT n.void JOIN line f ON f.hub = n.hub AND f.role = 'input' AND NOT f.void)
  SELECT 0 AS sort, f.spelled AS a, n.spelled AS b, n.event_id AS c, f.amount::text AS amount, NULL AS herb, NULL AS grade, NULL AS holder
    FROM up JOIN line n ON n.node = up.node AND n.role = 'output' AND NOT n.void JOIN line f ON f.hub = n.hub AND f.role = 'input' AND NOT f.void
  UNION ALL
  SELECT 1, (SELECT min(l.spelled) FROM line l WHERE l.node = n.id AND NOT l.void), i.canonical, n.kind, (n.made + n.gained)::text, b.herb, b.grade,
         (SELECT o.code FROM holding h JOIN organisation o ON o.id = h.org WHERE h.node = n.id AND h.org = $2 AND h.quantity > 0 LIMIT 1)
    FROM up JOIN node n ON n.id = up.node JOIN identifier i ON i.id = n.identifier LEFT JOIN batch b ON b.identifier = n.identifier`;

/** What the query says, as text to compare: a line for each node and edge, sorted. */
export interface Genealogy {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** Asks the query over a connection of its own. */
export class TraceQuery {
  constructor(
    private readonly client: Client,
    private readonly root: string,
    private readonly asker: string,
  ) {}

  /** Asks once and reads all rows. */
  async ask(): Promise<readonly unknown[][]> {
    const { rows } = await this.client.query<unknown[]>({ name: 'trace', text: QUERY, values: [this.root, this.asker], rowMode: 'array' });
    return rows;
  }

  async genealogy(): Promise<Genealogy> {
    const rows = await this.ask();
    const kilograms = (milligrams: unknown): string => String(Number(milligrams) / 1_000_000);
    return {
      edges: rows.filter(([sort]) => sort === 0).map(([, from, to, event, amount]) => `${from} ${to} ${event} ${kilograms(amount)}`).sort(),
      nodes: rows.filter(([sort]) => sort === 1).map(([, spelled, canonical, , amount, herb, grade, holder]) => `${spelled} ${canonical} ${kilograms(amount)} ${herb} ${grade} ${holder}`).sort(),
    };
  }
}
