import { createHash } from 'node:crypto';
import { canonicalIdentifier } from '@daodi/gs1';
import type { EntityManager } from 'typeorm';
import { findParty } from '../form/parties';
import type { Work } from '../form/work';
import type { IntakeSellerDto } from './intake.dto';

/** A seller as the event names it. */
export interface Seller {
  /** URI for the source list. */
  readonly uri: string;
  /** What the event says of it beside: an organisation's name and credit code, never a person. */
  readonly organisation?: { readonly name?: string; readonly creditCode?: string };
}

/**
 * The seller of goods from outside. An organisation is named; a person gets an opaque id that is drawn by chance, for a
 * digest of a name could be guessed. The same person, spelled alike, gets the same id again.
 */
export async function findSeller(work: Work, seller: IntakeSellerDto | undefined): Promise<Seller | undefined> {
  if (seller === undefined) return undefined;
  const { organisation, organisationName: name, creditCode, person } = seller;
  if (organisation !== undefined) {
    const party = await findParty(work, { organisation }, '/seller');
    return party && { uri: party.uri };
  }
  if (name !== undefined || creditCode !== undefined) {
    const { organisationId } = work.caller;
    const uri = `urn:daodi:outside:${digest(`${organisationId}\0${creditCode ?? (name as string).trim().normalize('NFKC')}`)}`;
    return { uri, organisation: { ...(name !== undefined && { name }), ...(creditCode !== undefined && { creditCode }) } };
  }
  if (person !== undefined) return { uri: (await knownPerson(work.tx, work.caller.organisationId, person)) ?? `urn:daodi:seller:${Buffer.from(work.means.random(16)).toString('hex')}` };
  work.fault('/seller', 'party', '请填写卖方单位或个人', 'name the organisation or the person who sold it');
  return undefined;
}

/** The id an organisation's event gave this person before, from what it keeps apart. */
async function knownPerson(tx: EntityManager, organisationId: string, person: string): Promise<string | undefined> {
  const [row]: { source: string }[] = await tx.query(
    `SELECT b.body #>> '{sourceList,0,source}' AS source
       FROM kept_apart k JOIN entry e ON e.organisation_id = k.organisation_id AND e.event_id = k.event_id AND NOT e.declaration
       JOIN entry_body b ON b.position = e.position
      WHERE k.organisation_id = $1 AND k.body ->> 'seller.person' = $2 AND b.body #>> '{sourceList,0,source}' LIKE 'urn:daodi:seller:%'
      ORDER BY e.position LIMIT 1`,
    [organisationId, person],
  );
  return row && canonicalIdentifier(row.source).canonical;
}

const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);
