/**
 * The passport 溯源档案: what the public is told of a thing. The page shows it, the JSON is it. No money, no person, no
 * place finer than a county, nobody's customers.
 */
import type { PublicAuthentic } from './public-authentic';
import type { Subject, ThreeVerdict } from './passport-facts';
import type { PublicClaims, PublicComposition } from './public-composition';
import type { Words } from './region';

export type { PublicClaims, PublicComposition, Subject, ThreeVerdict, Words };

/** Exact decimal text in kilograms, or pieces. */
export interface Quantity {
  readonly value: string;
  readonly unit: 'kg' | 'pieces';
}

/** An organisation as the public sees it: by name where it made, tested or released, else only what sort it is. */
export interface PublicOrganisation {
  readonly name?: Words;
  readonly type: string;
  readonly place?: Words;
}

/**
 * Who vouches for a statement.
 * - `self` 自述: only who did it says so.
 * - `other` 他证: another party says so too: the receiver of a shipment, an independent laboratory.
 * - `device` 设备: a device wrote it.
 * - `reconciled` 核对: we compared the masses that went in with those that came out, and nothing is missing.
 */
export type Attestation = 'self' | 'other' | 'device' | 'reconciled';

export type StepKind =
  | 'planting' | 'propagation' | 'field-work' | 'harvest' | 'declared-origin' | 'processing' | 'packing' | 'serialisation' | 'sampling' | 'testing' | 'report'
  | 'release' | 'storage' | 'transport' | 'transport-withdrawn' | 'sale' | 'return' | 'use' | 'stock-take' | 'destruction';

export interface Correction {
  /** Local day on which the earlier statement was declared to be in error. */
  readonly on: string;
  readonly reason: Words;
  /** What had been stated before, where it was an amount. */
  readonly was?: Quantity;
}

export interface PassportStep {
  readonly kind: StepKind;
  /** Word of the processing form (`drying`), where it is one of ours. */
  readonly process?: string;
  /** Local days. */
  readonly from: string;
  readonly to: string;
  /** How many records are told together. */
  readonly count: number;
  readonly by: PublicOrganisation;
  readonly attested: readonly Attestation[];
  /** Set where it was written down more than a day later, or imported: the local day of writing. */
  readonly writtenLater?: string;
  readonly in?: Quantity;
  readonly out?: Quantity;
  /** What else came out of the step, and is not part of this story. */
  readonly otherOut?: Quantity;
  readonly lost?: Quantity;
  readonly corrections: readonly Correction[];
  /** Where the text of the record was erased, which the law may ask for; amounts stay. */
  readonly erased?: true;
  /** Of a shipment that no receiver has confirmed. */
  readonly unconfirmed?: true;
}

export interface PassportReport {
  readonly laboratory: Words;
  readonly isIndependent: boolean;
  readonly number: string;
  readonly on: string;
  readonly verdict: ThreeVerdict;
  readonly standard?: string;
  /** 抽样 or 送检, where that is on record. */
  readonly sampleHow?: 'drawn' | 'submitted';
  readonly speaksFor?: string;
  readonly items: readonly { readonly name: string; readonly result: string; readonly limit?: string; readonly verdict?: ThreeVerdict }[];
  /** True where it was made of material this was made of, and not of the thing itself. */
  readonly isOfMaterial: boolean;
}

export interface PassportRelease {
  readonly state: 'released' | 'partly-released' | 'not-released' | 'suspended' | 'rejected';
  readonly on?: string;
  readonly by?: PublicOrganisation;
  /** Why it is suspended. */
  readonly reasons: readonly Words[];
  /** Whether whoever holds the goods has frozen them. */
  readonly isHeld: boolean;
  /** 未按法定标准判定: released, and no statutory standard on record judged it. */
  readonly isBeyondStatute?: boolean;
  /** Instant since which the decision could not be confirmed. */
  readonly unconfirmedSince?: string;
}

export interface PassportCertificate {
  readonly holder: Words;
  readonly kind: string;
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly validity: 'valid' | 'expired' | 'not-yet';
  /** False: as its holder states it; nobody here has compared it with the issuer's register. */
  readonly verified: boolean;
}

/** What the whole comes to, worst first. */
export type Standing = 'failed' | 'rejected' | 'held' | 'suspended' | 'problem' | 'undetermined' | 'not-released' | 'partly-released' | 'released';

export interface Passport {
  readonly state: 'known' | 'reserved' | 'no-records';
  readonly demo: boolean;
  readonly subject: Subject;
  readonly standing: Standing;
  readonly herb?: { readonly name: string; readonly pinyin: string; readonly latin: string; readonly part: string; readonly verified: boolean };
  readonly grade?: string;
  readonly product?: { readonly name: string; readonly form: string; readonly specification?: string };
  readonly quantity?: Quantity;
  readonly maker?: PublicOrganisation;
  /** Counties where proven parts of it grew. What may be said of all of it stands in `claims`. */
  readonly origins: readonly Words[];
  /** 构成: what it consists of by place, year and proof; of a batch, a retail lot and a single pack. */
  readonly composition?: PublicComposition;
  /** What all of it has: the only origin, year and grade that may be claimed of it. */
  readonly claims?: PublicClaims;
  /** 品种道地 and 产区道地; of what consists of something. */
  readonly authentic?: PublicAuthentic;
  readonly release: PassportRelease;
  readonly reports: readonly PassportReport[];
  readonly openProblems: { readonly blocking: number; readonly warning: number };
  readonly steps: readonly PassportStep[];
  /** Corrections of statements in whose place nothing was put. */
  readonly withdrawn: readonly (Correction & { readonly kind: 'record'; readonly happened: string })[];
  readonly certificates: readonly PassportCertificate[];
  /** What is not known, in plain words. */
  readonly unknown: readonly Words[];
  /** What this page does not prove. */
  readonly notProven: readonly Words[];
}
