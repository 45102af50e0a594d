/**
 * What is known of a thing when its page is asked for, before it is reduced to what is public. Gathered from held
 * lines only: another's claim never gets in here.
 */
import type { AuthenticArea, Claims, Composition, StatedPlant } from '@daodi/herbal';
import type { Lineage } from './lineage';

/** What was asked for, in its canonical form. */
export interface Subject {
  readonly kind: 'crop' | 'batch' | 'retail' | 'container' | 'serial';
  /** Path of its page below `/p`. */
  readonly path: string;
  /** Our own code; of a serial, that of its lot. */
  readonly code?: string;
  readonly gtin?: string;
  readonly lotNumber?: string;
  readonly serial?: string;
  readonly sscc?: string;
}

export interface OrganisationFact {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly type: string;
  readonly region: string;
}

/** A thing of the lineage. Amounts in base units: milligrams or pieces. */
export interface NodeFact {
  readonly id: string;
  readonly owner: string;
  readonly kind: 'crop' | 'batch' | 'retail' | 'container' | 'serial';
  readonly unit?: 'mg' | 'pcs';
  readonly made: bigint;
  readonly grade?: string;
  readonly herb?: HerbFact;
  readonly product?: { readonly name: string; readonly form: string; readonly specification?: string };
  /** Counties of the land a crop stands on; empty where no land is on record. */
  readonly regions: readonly string[];
  /** Ids of that land and its bases: what a certificate may be about. */
  readonly land: readonly string[];
  readonly mixed: boolean;
  readonly unmeasured: boolean;
  readonly ambiguous: boolean;
  /** What is owed to the books of those who had it on its way here. */
  readonly overdrawn: bigint;
}

/** A plant that an accession or identification names behind a crop, with those accepted as its herb. */
export interface PlantFact extends StatedPlant {
  readonly node: string;
}

export interface HerbFact {
  readonly code: string;
  readonly name: string;
  readonly pinyin: string;
  readonly latin: string;
  readonly part: string;
  readonly verified: boolean;
  /** Where it is known to come from in its authentic quality. */
  readonly areas?: readonly AuthenticArea[];
}

/** One statement about one thing; of roles that repeat (sales, storage) many in one. */
export interface LineFact {
  readonly node: string;
  readonly role: string;
  readonly org: string;
  readonly destOrg?: string;
  /** Position and event id; absent where several are counted together. */
  readonly position?: string;
  readonly eventId?: string;
  /** Bare word of the CBV, or a URI of another vocabulary. */
  readonly bizStep?: string;
  /** Word of our processing form, or what another system wrote there. */
  readonly step?: string;
  readonly provenance: string;
  /** Written down more than a day after it happened, or imported. */
  readonly isLate: boolean;
  /** Local days. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly writtenDay: string;
  /** Instant of the first, for the order of things. */
  readonly at: string;
  readonly count: number;
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
  readonly isErased: boolean;
}

/** Mass through one transformation, all of its lines, in milligrams. */
export interface BalanceFact {
  readonly position: string;
  readonly in?: bigint;
  readonly out?: bigint;
  readonly lost: bigint;
  readonly added: bigint;
  /** True where some line has no readable mass. */
  readonly isUnknown: boolean;
}

/** An event declared in error by whoever said it. */
export interface CorrectionFact {
  readonly org: string;
  readonly eventId: string;
  /** What the event had said: role, and the amount of what it had made. */
  readonly role: string;
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
  readonly eventDay: string;
  readonly declaredDay: string;
  /** Bare word of the CBV (`incorrect_data`, `did_not_occur`) or another's URI. */
  readonly reason?: string;
  readonly correctiveEventIds: readonly string[];
}

export type ThreeVerdict = 'pass' | 'fail' | 'undetermined';

export interface ReportFact {
  readonly node: string;
  /** For whose share of the thing the report counts. */
  readonly holder: string;
  /** The organisation that answers for the report. */
  readonly org: string;
  readonly number: string;
  readonly day: string;
  /** Instant, for the order of things; a paper tells the day only, which then counts as ended. */
  readonly at: string;
  readonly verdict: ThreeVerdict;
  readonly standard?: string;
  /** 抽样 or 送检, where that is on record. */
  readonly sampleHow?: 'drawn' | 'submitted';
  /** How much of the goods it says it speaks for; absent: all. */
  readonly speaksFor?: string;
  readonly items: readonly ReportItem[];
}

export interface ReportItem {
  readonly name: string;
  readonly result: string;
  readonly limit?: string;
  readonly verdict?: ThreeVerdict;
}

export interface ReleaseFact {
  readonly node: string;
  readonly state: 'none' | 'released' | 'partly-released' | 'suspended' | 'rejected';
  /** Of a partial release: the packages it names, by the ids of their nodes. */
  readonly packages?: readonly string[];
  /** Who decided, when (local day, instant). */
  readonly org?: string;
  readonly day?: string;
  readonly at?: string;
  /** Why suspended, in plain words. */
  readonly reasons: readonly { readonly zh: string; readonly en: string }[];
  /** Whether a hold stands, whatever was decided. */
  readonly isHeld: boolean;
  /** Whether no statutory standard on record judged what was released. */
  readonly isBeyondStatute?: boolean;
  /** Instant since which the decision has not been confirmed against the log; absent while that is no older than 5 s. */
  readonly unconfirmedSince?: string;
}

export interface FindingFact {
  readonly node: string;
  /** Whose share of the thing it is about. */
  readonly holder: string;
  readonly severity: 'note' | 'warning' | 'blocking';
}

export interface CertificateFact {
  readonly id: string;
  readonly org: string;
  readonly kind: string;
  readonly number: string;
  readonly issuer: string;
  readonly about: 'organisation' | 'base' | 'product';
  readonly validFrom: string;
  readonly validTo?: string;
  readonly verified: boolean;
}

/** Everything the page is made of. */
export interface PassportFacts {
  /** Local day on which it is asked for. */
  readonly today: string;
  readonly isDemo: boolean;
  readonly subject: Subject;
  readonly isReserved: boolean;
  /** Absent where a code was issued and nothing is on record about it. */
  readonly lineage?: Lineage;
  readonly nodes: readonly NodeFact[];
  readonly organisations: readonly OrganisationFact[];
  readonly lines: readonly LineFact[];
  readonly balances: readonly BalanceFact[];
  readonly corrections: readonly CorrectionFact[];
  readonly reports: readonly ReportFact[];
  readonly releases: readonly ReleaseFact[];
  readonly findings: readonly FindingFact[];
  readonly certificates: readonly CertificateFact[];
  /** What it consists of, and what may be claimed of all of it; of a batch, a retail lot and a single pack. */
  readonly composition?: { readonly composition: Composition; readonly claims: Claims };
  /** Of the crops it consists of. */
  readonly plants?: readonly PlantFact[];
}
