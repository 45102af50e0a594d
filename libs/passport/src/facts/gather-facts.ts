import { composeOnRecord } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { custodiansOf, type End, lineageOf } from '../domain/lineage';
import type { CertificateFact, NodeFact, OrganisationFact, PassportFacts, ReportFact } from '../domain/passport-facts';
import { balancesOf, correctionsOf, linesOf } from './line-query';
import { endsAbove, passingsOf, scopesOf } from './lineage-query';
import { nodesOf } from './node-query';
import type { QualitySource } from './quality-source';
import type { FoundTarget } from './target';

type Db = Pick<EntityManager, 'query'>;

/** What does not stand in the database. */
export interface Asking {
  readonly isDemo: boolean;
  /** The day of asking in China, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Everything on record that a thing's page is made of, in a fixed number of questions whatever the length of its
 * story. All of one snapshot: the caller opens the transaction.
 */
export async function gatherFacts(db: Db, target: FoundTarget, quality: QualitySource, { isDemo, today }: Asking): Promise<PassportFacts> {
  const common = { today, isDemo, subject: target.subject, isReserved: target.isReserved };
  const { node: root } = target;
  const untold: PassportFacts = { ...common, nodes: [], lines: [], balances: [], corrections: [], reports: [], releases: [], findings: [], certificates: [], organisations: [] };
  if (root === undefined) return untold;
  const ends = await endsAbove(db, root);
  const lineage = lineageOf(root, ends);
  const nodeIds = lineage.ancestors.map(({ node }) => node);
  const passings = await passingsOf(db, nodeIds);
  const scopes = scopesOf(lineage.ancestors, (ancestor) => custodiansOf(ancestor, passings));
  const lines = await linesOf(db, root, scopes);
  // A thing of which there are claims only has no story.
  if (lineage.ends.length === 0 && !lines.some(({ node }) => node === root)) return untold;
  const nodes = await nodesOf(db, nodeIds, scopes);
  const composition = await compositionOf(db, target, root, ends, nodes);
  const made = lines.filter(({ role }) => role === 'output').flatMap(({ position }) => position ?? []);
  const about = [root, ...lineage.ends.filter(({ near, kind }) => near === root && kind === 'commissioning').map(({ far }) => far)];
  const inScope = (one: { readonly node: string; readonly holder: string }): boolean =>
    scopes.some(({ node, org }) => node === one.node && (org === undefined || org === one.holder));
  const reports = once((await quality.reports(db, nodeIds)).filter(inScope));
  const releases = await quality.releases(db, [...new Set(about)]);
  const owners = [...new Set(nodes.map(({ owner }) => owner))];
  const orgs = [...new Set([...owners, ...lines.map(({ org }) => org), ...reports.map(({ org }) => org), ...releases.flatMap(({ org }) => org ?? [])])];
  return {
    ...common,
    lineage,
    composition,
    plants: composition === undefined ? [] : await quality.plants(db, nodes.filter(({ kind }) => kind === 'crop').map(({ id }) => id)),
    nodes,
    lines,
    reports,
    releases,
    balances: await balancesOf(db, [...new Set(made)]),
    corrections: await correctionsOf(db, scopes),
    findings: (await quality.findings(db, [...new Set(about)])).filter(inScope),
    certificates: await certificatesOf(db, owners, nodes.flatMap(({ land }) => land), nodeIds),
    organisations: await organisationsOf(db, orgs),
  };
}

/** What a thing consists of. A crop consists of nothing, and what is inside a container is no mixture. */
async function compositionOf(db: Db, { subject }: FoundTarget, root: string, ends: readonly End[], nodes: readonly NodeFact[]): Promise<PassportFacts['composition']> {
  if (subject.kind === 'crop' || subject.kind === 'container') return undefined;
  const inLineage = new Set(nodes.map(({ id }) => id));
  const blemished = nodes.flatMap(({ id, overdrawn, mixed, ambiguous }) => {
    const because = overdrawn > 0n ? 'overdrawn' : mixed ? 'mixed-units' : ambiguous ? 'ambiguous-identifier' : undefined;
    return because === undefined ? [] : [[id, because] as const];
  });
  return composeOnRecord(db, root, ends.filter(({ near }) => inLineage.has(near)), new Map(blemished));
}

/** A report may count for several shares of one thing; it is still one report. */
const once = (reports: readonly ReportFact[]): ReportFact[] => [...new Map(reports.map((one) => [`${one.org} ${one.number}`, one])).values()];

async function organisationsOf(db: Db, ids: readonly string[]): Promise<OrganisationFact[]> {
  const rows: { id: string; name: string; name_en: string | null; type: string; region: string }[] = await db.query(
    'SELECT id, name, name_en, type, region FROM organisation WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return rows.map(({ name_en, ...row }) => ({ ...row, nameEn: name_en ?? undefined }));
}

/** Certificates of those who made the things, on themselves, on the land of the crops and on the products. Never on people. */
async function certificatesOf(db: Db, owners: readonly string[], land: readonly string[], nodes: readonly string[]): Promise<CertificateFact[]> {
  const rows: CertificateRow[] = await db.query(
    `SELECT id, organisation_id AS org, kind, number, issuer, subject_type AS about, valid_from::text, valid_to::text, verified FROM certificate
      WHERE status = 'active' AND organisation_id = ANY($1::uuid[])
        AND (subject_type = 'organisation'
             OR (subject_type = 'base' AND subject_id = ANY($2::uuid[]))
             OR (subject_type = 'product' AND subject_id IN (
                  SELECT b.product_id FROM node n JOIN batch b ON b.identifier = n.identifier WHERE n.id = ANY($3::uuid[]) AND b.product_id IS NOT NULL)))
      ORDER BY organisation_id, kind, number`,
    [owners, land, nodes],
  );
  return rows.map(({ valid_from, valid_to, ...row }) => ({ ...row, validFrom: valid_from, validTo: valid_to ?? undefined }));
}

interface CertificateRow extends Omit<CertificateFact, 'validFrom' | 'validTo'> {
  readonly valid_from: string;
  readonly valid_to: string | null;
}
