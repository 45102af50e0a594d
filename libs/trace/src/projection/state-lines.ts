import type { EntityManager } from 'typeorm';
import type { Entry } from '@daodi/log';
import { hubId, identifierId, tieOf } from '../domain/identifier-id';
import { FROM_ROLES, type IdentifierKind, TO_ROLES } from '../domain/line';
import { linesOfEvent } from '../domain/lines-of-event';
import { canonicaliser } from '../domain/own-code';
import { insertMeasures } from './insert-measures';
import { type BatchFacts, KIND_OF_BATCH } from './project-records';
import { PendingLines } from './pending-lines';
import { insertIdentifiers, type LineRow } from './rows';

/** What stating events came to. */
export interface Stated {
  /** Families from which lines were taken out. */
  readonly anew: Set<string>;
  /** Families to which some were added, with those. */
  readonly added: Map<string, LineRow[]>;
  /** The lines stated, still to be written. */
  readonly pending: PendingLines;
}

/** Finds out what events state, line by line, and takes out what their sayers declared in error. */
export async function stateLines(tx: EntityManager, entries: readonly Entry[]): Promise<Stated> {
  const events = entries.filter((entry) => entry.kind === 'event');
  const changed = { anew: new Set<string>(), added: new Map<string, LineRow[]>(), pending: new PendingLines() };
  if (events.length === 0) return changed;
  await declareInError(tx, events.filter((e) => e.declaration), changed.anew);
  const stated = events.filter((e) => !e.declaration);
  if (stated.length === 0) return changed;

  const hosts = await publicHosts(tx);
  const facts = stated.map((entry) => {
    const canonicalise = canonicaliser(new Set(hosts.filter((h) => h.position < entry.position).map((h) => h.host)));
    return { entry, canonicalise, ...linesOfEvent(entry.body, canonicalise) };
  });
  const parties = await registeredParties(tx, facts.flatMap((f) => [...f.sourceParties, ...f.destinationParties]));
  const voided = await alreadyDeclared(tx, stated);
  const idOf = new Map([...new Set(facts.flatMap((f) => f.lines.map(({ identifier }) => identifier)))].map((canonical) => [canonical, identifierId(canonical)]));
  const identifiers = new Map([...idOf].map(([canonical, id]) => [id, canonical]));
  const pending = new PendingLines(await insertIdentifiers(tx, identifiers));
  const issued = await issuedKinds(tx, pending.known([...identifiers.keys()]));
  const lines: (LineRow & { void: boolean })[] = [];
  for (const { entry, lines: statedLines, sourceParties, destinationParties, site, fromSite, transformationId } of facts) {
    const eventId = entry.eventId as string;
    const org = entry.organisationId;
    const common = {
      position: entry.position,
      path: '',
      org,
      eventId,
      eventTime: toMicroseconds(entry.eventTime as string),
      tie: tieOf(org, eventId),
      site,
      fromSite,
      sourceOrg: firstRegistered(parties, sourceParties, entry.position),
      sourceNamed: sourceParties.length > 0,
      destOrg: firstRegistered(parties, destinationParties, entry.position),
      held: false,
      void: voided.has(`${org} ${eventId}`),
    };
    for (const line of statedLines) {
      const id = idOf.get(line.identifier) as string;
      const ties = FROM_ROLES.has(line.role) || TO_ROLES.has(line.role);
      lines.push({
        ...common,
        ordinal: line.ordinal,
        identifier: id,
        kind: issued.get(id) ?? line.kind,
        role: line.role,
        hub: ties ? hubId(org, transformationId ?? eventId) : undefined,
        amount: line.amount,
        unit: line.unit,
        unreadable: line.unreadable,
        spelled: line.spelled,
      });
    }
  }
  const losses = facts.filter((f) => f.lostMg > 0n || f.addedMg > 0n);
  if (losses.length > 0) await tx.query('INSERT INTO step_loss (position, lost, added) SELECT * FROM unnest($1::bigint[], $2::numeric[], $3::numeric[])', [
    losses.map((f) => f.entry.position.toString()),
    losses.map((f) => f.lostMg.toString()),
    losses.map((f) => f.addedMg.toString()),
  ]);
  await insertMeasures(tx, facts);
  pending.add(lines);
  for (const line of lines) {
    if (line.void) continue;
    const added = changed.added.get(line.identifier);
    if (added) added.push(line);
    else changed.added.set(line.identifier, [line]);
  }
  return { ...changed, pending };
}

/** What kind of thing the codes we issued stand for: our record decides, not the list an event names them in. */
async function issuedKinds(tx: EntityManager, identifiers: readonly string[]): Promise<Map<string, IdentifierKind>> {
  if (identifiers.length === 0) return new Map();
  const rows: { identifier: string; kind: BatchFacts['kind'] }[] = await tx.query(
    'SELECT identifier, kind FROM batch WHERE identifier = ANY($1::uuid[])',
    [identifiers],
  );
  return new Map(rows.map(({ identifier, kind }) => [identifier, KIND_OF_BATCH[kind]]));
}

/** Only who said an event may declare it in error: the declaration is looked up under its own sayer. */
async function declareInError(tx: EntityManager, declarations: readonly Entry[], changed: Set<string>): Promise<void> {
  if (declarations.length === 0) return;
  const orgs = declarations.map((d) => d.organisationId);
  const ids = declarations.map((d) => d.eventId);
  await tx.query(
    `INSERT INTO declared (org, event_id, position)
     SELECT org, event_id, min(position) FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS d(org, event_id, position)
      GROUP BY 1, 2 ON CONFLICT DO NOTHING`,
    [orgs, ids, declarations.map((d) => d.position.toString())],
  );
  const touched: { identifier: string }[] = await tx.query(
    `WITH d AS (SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS d(org, event_id)),
          carried AS (DELETE FROM line l USING d WHERE l.org = d.org AND l.event_id = d.event_id AND l.path <> '' RETURNING identifier),
          stated AS (UPDATE line l SET void = true, held = false, node = NULL, moved = NULL, until = NULL FROM d
                      WHERE l.org = d.org AND l.event_id = d.event_id AND l.path = '' AND NOT l.void RETURNING identifier, hub)
     SELECT identifier FROM carried UNION SELECT identifier FROM stated
     UNION SELECT o.identifier FROM stated s JOIN line o ON o.hub = s.hub`,
    [orgs, ids],
  );
  for (const { identifier } of touched) changed.add(identifier);
}

async function alreadyDeclared(tx: EntityManager, events: readonly Entry[]): Promise<Set<string>> {
  const rows: { org: string; event_id: string }[] = await tx.query(
    `SELECT d.org, d.event_id FROM declared d JOIN unnest($1::uuid[], $2::text[]) AS e(org, event_id) USING (org, event_id)`,
    [events.map((e) => e.organisationId), events.map((e) => e.eventId)],
  );
  return new Set(rows.map((row) => `${row.org} ${row.event_id}`));
}

type Parties = ReadonlyMap<string, { readonly org: string; readonly since: bigint }>;

async function registeredParties(tx: EntityManager, identifiers: readonly string[]): Promise<Parties> {
  if (identifiers.length === 0) return new Map();
  const rows: { identifier: string; organisation_id: string; since_position: string }[] = await tx.query(
    'SELECT identifier, organisation_id, since_position FROM party WHERE identifier = ANY($1)',
    [[...new Set(identifiers)]],
  );
  return new Map(rows.map((r) => [r.identifier, { org: r.organisation_id, since: BigInt(r.since_position) }]));
}

/** The registered organisation a party list names: registered before this entry, for what was said then stays said. */
const firstRegistered = (parties: Parties, named: readonly string[], position: bigint): string | undefined => {
  for (const identifier of named) {
    const party = parties.get(identifier);
    if (party && party.since < position) return party.org;
  }
  return undefined;
};

/** ISO time in UTC with six decimals, as the database writes it, so that times sort as text. */
const toMicroseconds = (time: string): string => time.replace(/(?:\.(\d+))?Z$/, (_, decimals: string | undefined) => `.${(decimals ?? '').padEnd(6, '0')}Z`);

/** Every public address this deployment has or had, and since when. */
export async function publicHosts(
  db: Pick<EntityManager, 'query'>,
): Promise<{ readonly host: string; readonly position: bigint }[]> {
  const rows: { host: string; position: string }[] = await db.query('SELECT host, position FROM public_host ORDER BY host');
  return rows.map(({ host, position }) => ({ host, position: BigInt(position) }));
}
