import { type Confirmation, judgeCompleteness, judgeLimit, type JudgedLimit, type LimitState } from './confirmation-state';
import { isStatutory, plain, type StandardFamily, type StandardLimit } from './limit';

/** One version of a standard, as it stands in the library for ever. Days are `YYYY-MM-DD`, in China. */
export interface StandardVersion {
  readonly id: string;
  /** The same for all versions of one standard: the id of the first. */
  readonly standardId: string;
  readonly version: number;
  /** The version (id) it takes the place of. */
  readonly supersedes?: string;
  /** Whether it only puts right what was copied wrongly from the same edition: then the earlier version never bound. */
  readonly correction: boolean;
  readonly family: StandardFamily;
  readonly name: string;
  readonly edition?: string;
  readonly number?: string;
  readonly herb?: string;
  /** In what form the herb is, a word of products: `herb`, `decoction-piece`, … */
  readonly form?: string;
  /** 饮片 name with its processing, where the standard is of one: `醋北柴胡`. */
  readonly piece?: string;
  readonly grade?: string;
  /** First digits of the administrative codes it holds in; everywhere without it. */
  readonly region?: string;
  readonly effectiveFrom: string;
  /** Last day; without it, until a later edition takes its place. */
  readonly effectiveTo?: string;
  readonly source: string;
  readonly organisationId: string;
  /** Of the library all share. */
  readonly platform: boolean;
  readonly shared: boolean;
  /** Made up for a demonstration. */
  readonly fictional: boolean;
  readonly withdrawn: boolean;
  readonly limits: readonly StandardLimit[];
}

/** That an organisation holds a product, or a herb in a form, to a standard. */
export interface StandardBinding {
  readonly id: string;
  readonly standardId: string;
  /**
   * The one version (id) that binds, whatever its owner says later: set where the standard is another organisation's,
   * whose words move no one else's goods. Without it the edition in force on the day binds.
   */
  readonly pinned?: string;
  readonly product?: string;
  readonly herb?: string;
  readonly form?: string;
  readonly grade?: string;
  readonly from: string;
  readonly to?: string;
  readonly ended: boolean;
}

/** Everything on record that decides which standards bind one organisation. */
export interface StandardsOnRecord {
  readonly organisationId: string;
  /** Administrative code of the organisation's seat. */
  readonly region: string;
  /** Every version it may read. */
  readonly versions: readonly StandardVersion[];
  /** Its own. */
  readonly bindings: readonly StandardBinding[];
  /** Its own people's, by version. */
  readonly confirmations: ReadonlyMap<string, readonly Confirmation[]>;
}

/** What goods are judged: what is not known of them stays away. */
export interface JudgedGoods {
  /** Code of the herb; absent for a product of several. */
  readonly herb?: string;
  readonly form?: string;
  readonly piece?: string;
  readonly grade?: string;
  /** Id of the product, where it is one. */
  readonly product?: string;
}

/** A standard that binds goods on a day, and how each of its limits stands for the organisation. */
export interface BindingStandard {
  readonly standard: StandardVersion;
  /** 法定: its fail is final. */
  readonly statutory: boolean;
  /** By law, or by the organisation's own word (the binding's id). */
  readonly by: 'law' | { readonly binding: string };
  /** Set where the goods lack what would tell whether it is theirs: it may not be passed over, and cannot judge. */
  readonly unclear?: readonly ('form' | 'piece' | 'grade')[];
  readonly limits: readonly JudgedLimit[];
  /** Whether two people found that the source demands nothing beyond them. */
  readonly completeness: LimitState;
}

/** Which standards bind goods on a day. */
export interface StandardsOnDay {
  readonly day: string;
  readonly standards: readonly BindingStandard[];
  /** Set where no statutory standard is on record for these goods on that day: then nothing can pass the law. */
  readonly lacksStatutory: boolean;
}

/**
 * The day by whose standards goods are judged: that of their production; of 饮片 that of charging (生产日期 = 投料日期).
 *
 * @returns undefined where the day that counts is not on record: then it cannot be told which edition binds
 */
export function judgedOn({ form, producedOn, chargedOn }: { readonly form?: string; readonly producedOn?: string; readonly chargedOn?: string }): string | undefined {
  return form === 'decoction-piece' ? chargedOn : producedOn;
}

/** The days between which a version holds; `to` absent where it has no end. */
export interface InForce {
  readonly version: StandardVersion;
  readonly to?: string;
}

/**
 * The versions that ever hold, with their last days.
 *
 * A version holds to the day it says itself; if it says none, to the day before a later edition takes its place. Where
 * it says a day beyond that, both hold meanwhile. What was withdrawn, or was only copied wrongly and put right by a
 * correction, never held, and ended nothing either.
 */
export function everInForce(versions: readonly StandardVersion[]): readonly InForce[] {
  const byId = new Map(versions.map((version) => [version.id, version]));
  const corrected = new Set(versions.flatMap(({ correction, withdrawn, supersedes }) => (correction && !withdrawn ? [supersedes] : [])));
  const held = versions.filter(({ id, withdrawn }) => !withdrawn && !corrected.has(id));
  const isHeld = new Set(held);
  const before = (version: StandardVersion): StandardVersion | undefined => {
    const earlier = version.supersedes === undefined ? undefined : byId.get(version.supersedes);
    return earlier === undefined || isHeld.has(earlier) ? earlier : before(earlier);
  };
  const endedBy = new Map<StandardVersion, string>();
  for (const version of held) {
    const earlier = before(version);
    if (earlier === undefined || earlier.effectiveTo !== undefined) continue;
    const last = dayBefore(version.effectiveFrom);
    const known = endedBy.get(earlier);
    if (known === undefined || last < known) endedBy.set(earlier, last);
  }
  return held.map((version) => ({ version, to: version.effectiveTo ?? endedBy.get(version) }));
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** Which standards bind goods of an organisation on a day, with how each limit stands for it. */
export function standardsOn(record: StandardsOnRecord, goods: JudgedGoods, day: string): StandardsOnDay {
  const inForce = new Set(everInForce(record.versions).filter(({ version, to }) => version.effectiveFrom <= day && (to === undefined || day <= to)).map(({ version }) => version));
  const bindings = record.bindings.filter(({ ended, from, to, product, herb }) =>
    !ended && from <= day && (to === undefined || day <= to) && (product === undefined || product === goods.product) && (herb === undefined || herb === goods.herb));
  const standards = record.versions.flatMap((standard): BindingStandard[] => {
    const found = (inForce.has(standard) ? byLaw(record, standard, goods) : undefined) ?? byBinding(bindings, standard, goods, inForce.has(standard));
    if (found === undefined) return [];
    const confirmations = record.confirmations.get(standard.id) ?? [];
    return [{ standard, statutory: isStatutory(standard.family), ...found, limits: standard.limits.map((limit) => judgeLimit(limit, confirmations)), completeness: judgeCompleteness(confirmations).state }];
  });
  return { day, standards, lacksStatutory: !standards.some(({ statutory, unclear }) => statutory && unclear === undefined) };
}

type Found = Pick<BindingStandard, 'by' | 'unclear'>;

/**
 * A statutory standard of a herb binds whoever has the herb: that of the shared library everybody, one an organisation
 * entered itself that organisation alone. Nobody's words bind another.
 */
function byLaw({ organisationId, region }: StandardsOnRecord, standard: StandardVersion, goods: JudgedGoods): Found | undefined {
  if (!isStatutory(standard.family) || standard.herb === undefined || standard.herb !== goods.herb) return undefined;
  if (!standard.platform && standard.organisationId !== organisationId) return undefined;
  if (standard.region !== undefined && !region.startsWith(standard.region)) return undefined;
  const match = matchOf(standard, goods, ['form', 'piece', 'grade']);
  return match && { by: 'law', ...match };
}

/** @param bindings those of the day that are about these goods, as far as product and herb tell */
function byBinding(bindings: readonly StandardBinding[], { id, standardId }: StandardVersion, goods: JudgedGoods, isInForce: boolean): Found | undefined {
  for (const binding of bindings) {
    if (binding.pinned === undefined ? binding.standardId !== standardId || !isInForce : binding.pinned !== id) continue;
    const match = matchOf(binding, goods, ['form', 'grade']);
    if (match !== undefined) return { by: { binding: binding.id }, ...match };
  }
  return undefined;
}

/** Whether goods are what is named; where they do not say, that is unclear and not no. */
function matchOf<Member extends 'form' | 'piece' | 'grade'>(named: { readonly [name in Member]?: string }, goods: JudgedGoods, members: readonly Member[]): Pick<Found, 'unclear'> | undefined {
  const unclear: Member[] = [];
  for (const member of members) {
    const wanted = named[member];
    const own = goods[member];
    if (wanted === undefined) continue;
    if (own === undefined) unclear.push(member);
    else if (plain(wanted) !== plain(own)) return undefined;
  }
  return unclear.length > 0 ? { unclear } : {};
}
