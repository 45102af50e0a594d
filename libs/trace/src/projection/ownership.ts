import type { EntityManager } from 'typeorm';
import { companyPrefixMatches, gs1KeyOf } from '@daodi/gs1';
import { ownCodeOf, ownSerialOf } from '../domain/own-code';
import type { Ownership } from '../domain/standing';
import type { PendingLines } from './pending-lines';

/** Who owns each identifier: to whom we issued it, or under whose GS1 prefix it stands. */
export async function ownershipOf(tx: EntityManager, identifiers: readonly string[], pending: PendingLines): Promise<Map<string, Ownership>> {
  if (identifiers.length === 0) return new Map();
  const known = pending.known(identifiers);
  const rows: { id: string; canonical: string; organisation_id: string | null }[] = known.length === 0 ? [] : await tx.query(
    `SELECT i.id, i.canonical, b.organisation_id
       FROM identifier i LEFT JOIN batch b ON b.identifier = i.id WHERE i.id = ANY($1::uuid[])`,
    [known],
  );
  // What nobody spoke of before was not issued by us either.
  for (const id of identifiers) {
    const canonical = pending.spellingOfFresh(id);
    if (canonical !== undefined) rows.push({ id, canonical, organisation_id: null });
  }
  const prefixes = await prefixOwners(tx);
  const issuers = await issuersOf(tx, rows.flatMap((row) => ownSerialOf(row.canonical)?.code ?? []));
  return new Map(
    rows.map((row) => {
      const lot = ownSerialOf(row.canonical)?.code;
      return [row.id, ownership(row.canonical, lot === undefined ? row.organisation_id : (issuers.get(lot) ?? null), prefixes)];
    }),
  );
}

/** To whom the codes were issued of which there are single packs: a pack is its lot's issuer's. */
async function issuersOf(tx: EntityManager, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows: { code: string; organisation_id: string }[] = await tx.query(
    'SELECT code, organisation_id FROM batch WHERE code = ANY($1)',
    [[...new Set(codes)]],
  );
  return new Map(rows.map((row) => [row.code, row.organisation_id]));
}

type PrefixOwner = { readonly org: string; readonly prefix: string };

async function prefixOwners(tx: EntityManager): Promise<PrefixOwner[]> {
  return tx.query('SELECT id AS org, gs1_prefix AS prefix FROM organisation WHERE gs1_prefix IS NOT NULL');
}

function ownership(canonical: string, issuedTo: string | null, prefixes: readonly PrefixOwner[]): Ownership {
  if (issuedTo !== null) return { kind: 'owned', org: issuedTo };
  if (ownCodeOf(canonical) !== undefined || ownSerialOf(canonical) !== undefined) return { kind: 'nobody' };
  if (gs1KeyOf(canonical) === undefined) return { kind: 'open' };
  const owner = prefixes.find(({ prefix }) => companyPrefixMatches(canonical, prefix));
  return owner ? { kind: 'owned', org: owner.org } : { kind: 'open' };
}

/** Identifiers already spoken of that stand under a prefix: to be judged again when somebody registers it. */
export async function identifiersUnder(tx: EntityManager, prefix: string): Promise<string[]> {
  const rows: { id: string; canonical: string }[] = await tx.query(
    `SELECT id, canonical FROM identifier WHERE canonical LIKE 'https://id.gs1.org/%'`,
  );
  return rows.filter(({ canonical }) => companyPrefixMatches(canonical, prefix)).map(({ id }) => id);
}
