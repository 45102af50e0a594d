import type { InlineProjection } from '@daodi/log';
import { type Latest, latestOf, upsertRows } from './latest-state';

/** How one record type becomes rows of one table. */
interface Mapping {
  readonly type: string;
  readonly table: string;
  readonly key: string;
  row(latest: Latest): Record<string, unknown>;
}

const own = ({ subject, state, first }: Latest) => ({
  id: subject,
  organisation_id: first.organisationId,
  status: state.status,
  state,
  since_position: first.position.toString(),
});

const MAPPINGS: readonly Mapping[] = [
  {
    type: 'site',
    table: 'site',
    key: 'id',
    row: (latest) => ({
      ...own(latest),
      identifier: siteUrn(latest.subject),
      sgln: latest.state.sgln ?? null,
      kind: latest.state.kind,
      name: latest.state.name,
      region: latest.state.region,
    }),
  },
  {
    type: 'herb',
    table: 'herb',
    key: 'code',
    row: ({ subject, state, first }) => ({
      code: subject,
      name: state.name,
      pinyin: state.pinyin,
      latin: state.latin,
      part: state.part,
      grades: state.grades ?? [],
      verified: state.verified,
      source: state.source,
      state,
      since_position: first.position.toString(),
    }),
  },
  {
    type: 'product',
    table: 'product',
    key: 'id',
    row: (latest) => ({
      ...own(latest),
      name: latest.state.name,
      herbs: latest.state.herbs,
      form: latest.state.form,
      gtin: latest.state.gtin ?? null,
      net_content: latest.state.netContent ?? null,
      specification: latest.state.specification ?? null,
    }),
  },
  {
    type: 'certificate',
    table: 'certificate',
    key: 'id',
    row: (latest) => {
      const subject = latest.state.subject as { type: string; id: string };
      return {
        ...own(latest),
        kind: latest.state.kind,
        number: latest.state.number,
        issuer: latest.state.issuer,
        subject_type: subject.type,
        subject_id: subject.id,
        valid_from: latest.state.validFrom,
        valid_to: latest.state.validTo ?? null,
        verified: latest.state.verified,
      };
    },
  },
  {
    type: 'gi-quota',
    table: 'gi_quota',
    key: 'id',
    row: (latest) => ({ ...own(latest), holder_id: latest.state.holderId, name: latest.state.name, year: latest.state.year, registered_kg: latest.state.registeredKg }),
  },
  {
    type: 'digital-link',
    table: 'digital_link',
    key: 'id',
    row: (latest) => {
      const { status: _s, ...link } = latest.state;
      return { ...own(latest), level: latest.state.level, link };
    },
  },
  {
    type: 'accreditation',
    table: 'accreditation',
    key: 'id',
    row: (latest) => {
      const { laboratoryId, scheme, validFrom, validTo, scope, signatories } = latest.state as Record<string, unknown>;
      return { ...own(latest), laboratory_id: laboratoryId, covers: { scheme, from: validFrom, until: validTo, scope, ...(signatories !== undefined && { signatories }) } };
    },
  },
  { type: 'instrument-template', table: 'instrument_template', key: 'id', row: own },
  { type: 'allowance', table: 'allowance', key: 'id', row: own },
  {
    type: 'jurisdiction',
    table: 'jurisdiction',
    key: 'id',
    // The operator says it; the supervisor has it.
    row: (latest) => ({
      ...own(latest),
      organisation_id: latest.state.organisationId,
      region_prefix: latest.state.regionPrefix,
      stage: latest.state.stage,
      herb: latest.state.herb,
    }),
  },
];

/** Sites, herbs, products, certificates, what may be put under geographical indications, where codes lead, and jurisdictions. */
export const thingsProjection: InlineProjection = {
  name: 'things',
  tables: MAPPINGS.map(({ table }) => table),
  async apply(tx, entries) {
    for (const { type, table, key, row } of MAPPINGS) await upsertRows(tx, table, key, latestOf(entries, type).map(row));
  },
};

/** The URN by which events name a site. */
export const siteUrn = (id: string): string => `urn:daodi:site:${id}`;
