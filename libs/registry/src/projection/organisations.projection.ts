import { canonicalIdentifier } from '@daodi/gs1';
import type { InlineProjection } from '@daodi/log';
import { type Latest, latestOf, upsertRows } from './latest-state';

/** Organisations, and every identifier under which they are known. */
export const organisationsProjection: InlineProjection = {
  name: 'organisations',
  tables: ['organisation', 'party'],
  async apply(tx, entries) {
    const latest = latestOf(entries, 'organisation');
    if (latest.length === 0) return;
    await upsertRows(tx, 'organisation', 'id', latest.map(rowOf));
    // An identifier once given to an organisation stays its own, also after its GLN has changed. Two records of one
    // organisation within these entries may name two GLNs, so all of them count and not the latest only.
    const named = entries.filter(({ kind, type }) => kind === 'record' && type === 'organisation');
    const parties = named.flatMap(({ position, body }) => {
      const { subject, new: state } = body as { subject: string; new: { code: string; gln?: string } };
      return identifiersOf(state).map((identifier) => ({ identifier, organisation_id: subject, since_position: position.toString() }));
    });
    await tx.query(
      `INSERT INTO party SELECT DISTINCT ON (identifier) * FROM jsonb_populate_recordset(NULL::party, $1::jsonb)
        ORDER BY identifier, since_position ON CONFLICT DO NOTHING`,
      [JSON.stringify(parties)],
    );
  },
};

/** How events name an organisation: our own URN always, and with a GLN its canonical party link. */
export function identifiersOf({ code, gln }: { readonly code: string; readonly gln?: string }): string[] {
  const own = organisationUrn(code);
  return gln === undefined ? [own] : [own, canonicalIdentifier(`https://id.gs1.org/417/${gln}`).canonical];
}

/** The URN by which an organisation is named where it has no GLN. */
export const organisationUrn = (code: string): string => `urn:daodi:org:${code}`;

const rowOf = ({ subject, state, first }: Latest) => ({
  id: subject,
  code: state.code,
  name: state.name,
  name_en: state.nameEn ?? null,
  type: state.type,
  credit_code: state.creditCode ?? null,
  gs1_prefix: state.gs1Prefix ?? null,
  gln: state.gln ?? null,
  region: state.region,
  contact: state.contact ?? null,
  since_position: first.position.toString(),
});
