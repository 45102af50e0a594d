import { behindCrops } from './behind-crops';
import type { Passport, PassportCertificate, PassportRelease, PassportReport, Standing } from './passport';
import type { NodeFact, OrganisationFact, PassportFacts, ReleaseFact } from './passport-facts';
import { nameOf, notProven, publicOrganisation } from './public-words';
import { publicAuthentic } from './public-authentic';
import { publicClaims, publicComposition } from './public-composition';
import { placeName } from './region';
import { quantityOf } from './quantity';
import { isIndependent, timelineOf } from './timeline';
import { unknownOf } from './unknowns';

/**
 * Reduces what is known of a thing to what the public is told. Pure: the same facts give the same passport, so a
 * follower may store it. What is not in `Passport` cannot reach the page.
 */
export function passportOf(facts: PassportFacts): Passport {
  const organisations = new Map(facts.organisations.map((one) => [one.id, one]));
  const about = aboutOf(facts);
  const named = new Set([
    ...facts.nodes.map(({ owner }) => owner), ...facts.reports.map(({ org }) => org), ...facts.releases.flatMap(({ org }) => org ?? []),
  ]);
  const root = facts.nodes.find(({ id }) => id === facts.lineage?.root);
  const release = releaseOf(facts.releases.find(({ node }) => about.has(node) && node !== root?.id) ?? facts.releases.find(({ node }) => about.has(node)), root?.id, organisations);
  const reports = reportsOf(facts, organisations, about);
  const openProblems = {
    blocking: facts.findings.filter(({ node, severity }) => about.has(node) && severity === 'blocking').length,
    warning: facts.findings.filter(({ node, severity }) => about.has(node) && severity === 'warning').length,
  };
  const { steps, withdrawn, leftOut } = timelineOf(facts, organisations, named);
  return {
    state: facts.lineage !== undefined ? 'known' : facts.isReserved ? 'reserved' : 'no-records',
    demo: facts.isDemo,
    subject: facts.subject,
    standing: standingOf(release, reports, openProblems.blocking),
    ...describe(facts, about, root),
    maker: root && publicOrganisation(organisations.get(root.owner), true),
    origins: originsOf(facts),
    composition: publicComposition(facts),
    claims: publicClaims(facts),
    authentic: publicAuthentic(facts),
    release,
    reports,
    openProblems,
    steps,
    withdrawn,
    certificates: facts.certificates.filter((one) => coversAll(one, facts)).map((one) => certificateOf(one, facts.today, organisations)).sort(byHolder),
    unknown: unknownOf(facts, organisations, leftOut),
    notProven: notProven(facts.subject.kind === 'serial' ? 'serial' : 'batch'),
  };
}

/** The things a decision about the subject is made on: itself, and the lot a serial is a piece of. */
function aboutOf({ lineage }: PassportFacts): Set<string> {
  if (lineage === undefined) return new Set();
  const lots = lineage.ends.filter(({ near, kind }) => near === lineage.root && kind === 'commissioning').map(({ far }) => far);
  return new Set([lineage.root, ...lots]);
}

type Description = Pick<Passport, 'herb' | 'grade' | 'product' | 'quantity'>;

/** Herb, grade and product: as stated of the thing itself, else as all that went into it agree. */
function describe(facts: PassportFacts, about: ReadonlySet<string>, root: NodeFact | undefined): Description {
  const lot = facts.nodes.find(({ id }) => about.has(id) && id !== root?.id) ?? root;
  const herbs = new Map(facts.nodes.flatMap(({ herb }) => (herb === undefined ? [] : [[herb.code, herb] as const])));
  const herb = lot?.herb ?? (herbs.size === 1 ? [...herbs.values()][0] : undefined);
  return {
    herb: herb && isOfOneHerb(herb.code, facts) && { name: herb.name, pinyin: herb.pinyin, latin: herb.latin, part: herb.part, verified: herb.verified },
    grade: facts.composition === undefined ? lot?.grade : facts.composition.claims.grade,
    product: lot?.product,
    quantity: lot !== undefined && lot.made > 0n && lot.kind !== 'crop' ? quantityOf(lot.made, lot.unit) : undefined,
  };
}

/** Whatever it is called, it is not that herb where part of it is known to be another. */
const isOfOneHerb = (code: string, { composition }: PassportFacts): true | undefined =>
  composition?.composition.parts.some(({ herb }) => herb !== undefined && herb !== code) === true ? undefined : true;

/** A certificate of land is one of the goods only where all of them grew on that land. */
const coversAll = ({ about, id }: PassportFacts['certificates'][number], { composition }: PassportFacts): boolean =>
  about !== 'base' || composition === undefined || composition.claims.certificates.includes(id);

/** Where the herb grew: the counties of the crops themselves, not of what they were raised from. */
function originsOf(facts: PassportFacts): Passport['origins'] {
  const behind = behindCrops(facts);
  return [...new Set(facts.nodes.filter(({ id, kind }) => kind === 'crop' && !behind.has(id)).flatMap(({ regions }) => regions))].sort().map(placeName);
}

/** @param root what the page is about: of a partial release only the packages it names are released */
function releaseOf(fact: ReleaseFact | undefined, root: string | undefined, organisations: ReadonlyMap<string, OrganisationFact>): PassportRelease {
  if (fact === undefined) return { state: 'not-released', reasons: [], isHeld: false };
  const { day, org, reasons, isHeld, isBeyondStatute, unconfirmedSince, packages = [] } = fact;
  const state = fact.state === 'partly-released' && root !== undefined && packages.includes(root) ? 'released' : fact.state;
  if (state === 'none') return { state: 'not-released', reasons: [], isHeld };
  return { state, on: day, by: org === undefined ? undefined : publicOrganisation(organisations.get(org), true), reasons, isHeld, ...(isBeyondStatute === true && { isBeyondStatute }), unconfirmedSince };
}

function reportsOf(facts: PassportFacts, organisations: ReadonlyMap<string, OrganisationFact>, about: ReadonlySet<string>): PassportReport[] {
  const sorted = [...facts.reports].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.number < b.number ? -1 : 1));
  return sorted.map((report) => {
    const organisation = organisations.get(report.org);
    return {
      laboratory: organisation === undefined ? { zh: '未注明', en: 'not stated' } : nameOf(organisation),
      isIndependent: isIndependent(report, organisations, facts),
      number: report.number,
      on: report.day,
      verdict: report.verdict,
      standard: report.standard,
      ...(report.sampleHow !== undefined && { sampleHow: report.sampleHow }),
      ...(report.speaksFor !== undefined && { speaksFor: report.speaksFor }),
      items: report.items.map(({ name: item, result, limit, verdict }) => ({ name: item, result, limit, verdict })),
      isOfMaterial: !about.has(report.node),
    };
  });
}

/** What the whole comes to. A decision never outshines a failed test or an open problem. */
function standingOf(release: PassportRelease, reports: readonly PassportReport[], blocking: number): Standing {
  const own = reports.filter(({ isOfMaterial }) => !isOfMaterial);
  const isReleased = release.state === 'released';
  if (own[0]?.verdict === 'fail' || (!isReleased && own.some(({ verdict }) => verdict === 'fail'))) return 'failed';
  if (release.state === 'rejected') return 'rejected';
  if (release.isHeld) return 'held';
  if (release.state === 'suspended') return 'suspended';
  if (blocking > 0) return 'problem';
  if (isReleased) return 'released';
  if (release.state === 'partly-released') return 'partly-released';
  return own[0]?.verdict === 'undetermined' ? 'undetermined' : 'not-released';
}

function certificateOf(fact: PassportFacts['certificates'][number], today: string, organisations: ReadonlyMap<string, OrganisationFact>): PassportCertificate {
  const organisation = organisations.get(fact.org);
  return {
    holder: organisation === undefined ? { zh: '未注明', en: 'not stated' } : nameOf(organisation),
    kind: fact.kind,
    number: fact.number,
    issuer: fact.issuer,
    validFrom: fact.validFrom,
    validTo: fact.validTo,
    validity: fact.validTo !== undefined && fact.validTo < today ? 'expired' : fact.validFrom > today ? 'not-yet' : 'valid',
    verified: fact.verified,
  };
}

const byHolder = (a: PassportCertificate, b: PassportCertificate): number =>
  a.holder.zh + a.kind + a.number < b.holder.zh + b.kind + b.number ? -1 : 1;
