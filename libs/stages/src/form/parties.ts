import { createHash } from 'node:crypto';
import { canonicalIdentifier } from '@daodi/gs1';
import { organisationUrn, Pattern, Text } from '@daodi/registry';
import type { Steps, Work } from './work';

/** The other side: an organisation registered here by its code, or anybody else by name or URI. */
export class PartyDto {
  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { optional: true, description: 'Code of an organisation registered here. 平台内组织代码', example: 'HUAIHE-YP' })
  organisation?: string;

  @Pattern(/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]{1,200}$/, { optional: true, description: 'URI of a party that is not registered here, such as its GLN. 平台外一方的 URI', example: 'urn:epc:id:pgln:9520002.00000' })
  uri?: string;

  @Text(200, { optional: true, description: 'Name of a party that is not registered here; stays with your organisation. 平台外一方的名称', example: '亳州某药行' })
  name?: string;
}

/** A party as events name it. */
export interface Party {
  readonly uri: string;
  /** Set where it is registered here. */
  readonly organisationId?: string;
}

/**
 * Reads a party. One known by name only gets a URN made of that name and the caller: the same each time, and telling
 * nobody else the name.
 */
export async function findParty(work: Work, party: PartyDto, pointer: Steps): Promise<Party | undefined> {
  if (party.organisation !== undefined) {
    const uri = organisationUrn(party.organisation);
    const organisationId = await registered(work, uri);
    if (organisationId === undefined) {
      work.fault(`${pointer}/organisation`, 'unknown-organisation', '平台上没有这个组织代码', 'no organisation has this code');
      return undefined;
    }
    return { uri, organisationId };
  }
  if (party.uri !== undefined) return { uri: party.uri, organisationId: await registered(work, canonicalIdentifier(party.uri).canonical) };
  if (party.name !== undefined) {
    const hash = createHash('sha256').update(`${work.caller.organisationId}\0${party.name.trim().normalize('NFKC')}`, 'utf8').digest('hex');
    return { uri: `urn:daodi:outside:${hash.slice(0, 32)}` };
  }
  work.fault(pointer, 'party', '请填写组织代码、URI 或名称之一', 'give the code of an organisation, a URI, or a name');
  return undefined;
}

async function registered(work: Work, identifier: string): Promise<string | undefined> {
  const [row] = await work.tx.query('SELECT organisation_id FROM party WHERE identifier = $1', [identifier]);
  return row?.organisation_id;
}

/** Who had it before and who has it after, as EPCIS source and destination lists. */
export const fromTo = (from: string, to: string | undefined) => ({
  sourceList: [{ type: 'possessing_party', source: from }],
  destinationList: to === undefined ? undefined : [{ type: 'possessing_party', destination: to }],
});
