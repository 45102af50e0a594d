import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { shareKey } from '../rules/facts';
import { groupBy } from './group-by';

type Db = Pick<EntityManager, 'query'>;

/** A share of a batch in the history of another: whose, and until when that history leans on it. */
export interface Share {
  readonly node: string;
  readonly organisation: string;
  /** Event time of the last act by which it was passed on or used here; '9' for the share asked about. */
  readonly until: string;
}

/** Why the way back is not proven, and where. Only what the asked-for share itself leans on. */
export interface Unproven {
  readonly node: string;
  readonly organisation: string;
  readonly reason: 'claimed' | 'no-origin' | 'ambiguous-identifier';
}

/** Everything a share of a batch came from, through every hand. */
export interface Custody {
  readonly shares: ReadonlyMap<string, Share>;
  readonly unproven: readonly Unproven[];
  /** Transformations and commissionings on the way. */
  readonly hubs: ReadonlySet<string>;
  /** Identifiers of all nodes, and of the claimed ones that were not followed. */
  readonly identifiers: ReadonlySet<string>;
}

interface Link {
  readonly node: string;
  readonly organisation: string;
  /** Where it came from: another hand's share, or another batch's. */
  readonly fromNode: string;
  readonly fromOrganisation: string;
  readonly fromIdentifier: string;
  readonly hub: string | null;
  readonly time: string;
  readonly until: string | null;
  readonly held: boolean;
  readonly fromHeld: boolean;
  readonly kind: 'shipped' | 'made' | 'packed';
}

/** Bounds what a container held to the time at which its contents matter. */
const ALWAYS = '9';

/**
 * Walks back from a share, a level a round: to the hands it came through and to what it was made of. Lots are divided
 * by hand, so what other buyers of a lot do with their share is no part of it; what its senders did is.
 */
export async function loadCustody(db: Db, node: string, organisation: string): Promise<Custody> {
  const shares = new Map<string, Share>([[shareKey(node, organisation), { node, organisation, until: ALWAYS }]]);
  const unproven: Unproven[] = [];
  const hubs = new Set<string>();
  const identifiers = new Set<string>();
  // Nodes for which somebody on the way says how they came to be.
  const rooted = new Set<string>();
  let frontier = [...shares.values()];
  while (frontier.length > 0) {
    const links = groupBy(await linksOf(db, frontier), (link) => shareKey(link.node, link.organisation));
    const facts = await leavesOf(db, frontier);
    const next = new Map<string, Share>();
    for (const share of frontier) {
      const key = shareKey(share.node, share.organisation);
      const own = (links.get(key) ?? []).filter((link) => isInside(link, share.until));
      const about = facts.get(key);
      if (about !== undefined) identifiers.add(about.identifier);
      if (about?.isAmbiguous) unproven.push({ ...shareOf(share), reason: 'ambiguous-identifier' });
      if (about?.hasClaims || own.some((link) => !link.held || !link.fromHeld)) unproven.push({ ...shareOf(share), reason: 'claimed' });
      if (about?.isOrigin || own.some(({ kind }) => kind !== 'shipped')) rooted.add(share.node);
      if (own.length === 0 && !about?.isOrigin) unproven.push({ ...shareOf(share), reason: 'no-origin' });
      for (const link of own) {
        if (link.hub !== null) hubs.add(link.hub);
        identifiers.add(link.fromIdentifier);
        if (!link.fromHeld) continue;
        const from = { node: link.fromNode, organisation: link.fromOrganisation, until: link.time };
        const fromKey = shareKey(from.node, from.organisation);
        const known = shares.get(fromKey);
        if (known === undefined) next.set(fromKey, from);
        if (known === undefined || known.until < from.until) shares.set(fromKey, from);
      }
    }
    frontier = [...next.keys()].map((key) => shares.get(key) as Share);
  }
  // Goods that only ever went from hand to hand in a ring came from nowhere.
  const leaves = new Set(unproven.filter(({ reason }) => reason === 'no-origin').map((u) => u.node));
  for (const share of shares.values()) {
    if (!rooted.has(share.node) && !leaves.has(share.node)) unproven.push({ ...shareOf(share), reason: 'no-origin' });
  }
  return { shares, unproven, hubs, identifiers };
}

const shareOf = ({ node, organisation }: Share): Pick<Share, 'node' | 'organisation'> => ({ node, organisation });

/** A container gives what was in it at the time; everything else gives whatever it was made of. */
const isInside = (link: Link, until: string): boolean =>
  link.kind !== 'packed' || until === ALWAYS || (link.time <= until && (link.until === null || link.until >= until));

async function linksOf(db: Db, shares: readonly Share[]): Promise<Link[]> {
  return db.query(
    `WITH asked AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS a(node, org))
     SELECT a.node, a.org AS organisation, l.node AS "fromNode", l.org AS "fromOrganisation", l.identifier AS "fromIdentifier",
            NULL::uuid AS hub, ${isoTime('l.event_time')} AS time, NULL AS until, true AS held, true AS "fromHeld", 'shipped' AS kind
       FROM asked a JOIN line l ON l.node = a.node AND l.dest_org = a.org AND l.org <> a.org
      WHERE l.role = 'ship' AND l.held AND NOT l.void
     UNION ALL
     SELECT a.node, a.org, f.node, f.org, f.identifier, n.hub, ${isoTime('f.event_time')}, NULL, n.held, f.held, 'made'
       FROM asked a JOIN line n ON n.node = a.node AND n.org = a.org AND n.hub IS NOT NULL AND NOT n.void
       JOIN line f ON f.hub = n.hub AND NOT f.void AND f.node IS NOT NULL
      WHERE (n.role = 'output' AND f.role = 'input') OR (n.role = 'serial' AND f.role = 'serial-lot')
     UNION ALL
     SELECT a.node, a.org, f.node, f.org, f.identifier, NULL, ${isoTime('n.event_time')}, ${isoTime('f.until')}, n.held, f.held, 'packed'
       FROM asked a JOIN line n ON n.node = a.node AND n.org = a.org AND n.role = 'container-pack' AND n.path = '' AND NOT n.void
       JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'packed' AND NOT f.void AND f.node IS NOT NULL`,
    [shares.map((s) => s.node), shares.map((s) => s.organisation)],
  );
}

interface Leaf {
  readonly node: string;
  readonly organisation: string;
  readonly identifier: string;
  readonly isOrigin: boolean;
  readonly isAmbiguous: boolean;
  /** It says it made this, and does not hold it. */
  readonly hasClaims: boolean;
}

async function leavesOf(db: Db, shares: readonly Share[]): Promise<Map<string, Leaf>> {
  const rows: Leaf[] = await db.query(
    `SELECT a.node, a.org AS organisation, n.identifier, n.ambiguous AS "isAmbiguous",
            EXISTS (SELECT FROM line l WHERE l.node = a.node AND l.org = a.org AND l.role = 'origin' AND l.held AND NOT l.void) AS "isOrigin",
            EXISTS (SELECT FROM line l WHERE l.node = a.node AND l.org = a.org AND l.role IN ('origin', 'output') AND NOT l.held AND NOT l.void) AS "hasClaims"
       FROM unnest($1::uuid[], $2::uuid[]) AS a(node, org) JOIN node n ON n.id = a.node`,
    [shares.map((s) => s.node), shares.map((s) => s.organisation)],
  );
  return new Map(rows.map((row) => [shareKey(row.node, row.organisation), row]));
}
