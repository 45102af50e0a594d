import type { ChainBooking, ChainSum, DifferenceReason, DryingPart, Forbidden } from '@daodi/herbal';
import type { LineRole, LineUnit } from '@daodi/trace';
import type { CropUse } from '../inputs/load-uses';
import type { JudgedReport } from '../reports/judge-reports';
import type { ReportItem } from '../reports/report-state';

/**
 * What the rules judge: one organisation's share of one batch, from what stands on record and is held. Plain data, so
 * that a judgement can be repeated from the log in ten years. Amounts in base units, times as ISO text in UTC.
 */
export interface ShareFacts {
  readonly node: string;
  readonly identifier: string;
  readonly organisation: string;
  readonly unit?: LineUnit;
  readonly roles: readonly RoleFacts[];
  /** Amounts nobody can read, and lines in another dimension than the batch's. */
  readonly unreadable?: Lines;
  readonly mixed?: Lines;
  /** Written down long after it happened. */
  readonly late?: Lines & { readonly longestDays: number };
  /** More left (`available`), was received (`transit`) or came back (`sold`, `sampled`) than the book shows; with the first position that owes. */
  readonly debts: readonly Debt[];
  /** What others shipped to this organisation: how much they state, and when the first of it left. */
  readonly shippedHere?: ShippedHere;
  /** Shipments here that their senders wrote down to be in error after something of the goods had been received. */
  readonly takenBack?: readonly { readonly organisation: string; readonly eventIds: readonly string[]; readonly amount: bigint }[];
  /** How much this organisation states to have received: accepted, rejected or found short. */
  readonly receivedHere: bigint;
  /** Weighed on a scale whose calibration had run out. */
  readonly expiredScale?: Lines;
  /** What was shipped here and what was received, where a moisture was stated on receipt. */
  readonly custodyWeights?: CustodyWeights;
  /** Times in store with moisture measured at both ends. */
  readonly storeWeights?: readonly StoreWeights[];
  /** Set where the booked differences of the chain behind it are more than any one agreement allows. */
  readonly chain?: ChainFacts;
  /** The transformations by which this organisation made it. */
  readonly steps: readonly StepFacts[];
  /** Signed reports that count for this share. */
  readonly reports: readonly ReportFacts[];
  /** What this organisation took in from outside. */
  readonly intakes?: readonly IntakeFacts[];
  /** The harvests by which this organisation made it. */
  readonly harvests?: readonly HarvestFacts[];
  /** What the ground it was harvested from gave in each of those years, with all harvests on it. */
  readonly grounds?: readonly GroundFacts[];
  /** What the workshops took in on the days on which it was made there, where they state what they can. */
  readonly plantDays?: readonly PlantDayFacts[];
  /** What was put under the geographical indication it is sold under, where its registered output is on record. */
  readonly giUses?: readonly GiUseFacts[];
  /** What it made and sold of it as a product. */
  readonly formUse?: FormUseFacts;
  /** What stock-takes found above the book without a cause. */
  readonly surpluses?: SurplusFacts;
  /** What hands brought together into it, where it is a heap of slips. */
  readonly deliveries?: DeliveryFacts;
  /** All that came in or was made, in the base unit; known where a report speaks for part of it. */
  readonly cameIn?: bigint;
  /** Failed reports on what it was made of, however far back. */
  readonly failedParts?: readonly FailedPart[];
  /** Readings where it lay. */
  readonly readings?: readonly ReadingFacts[];
  /** How dense it was planted, where it is a crop. */
  readonly planting?: PlantingFacts;
  /** SOPs that work on it, or what made it, says it followed. */
  readonly sops?: readonly SopFacts[];
  /** Plants it, or the crop it was harvested from, is said to be raised from or identified as. */
  readonly species?: readonly SpeciesFacts[];
  /** Lots of inputs used on it, where it is a crop. */
  readonly inputLots?: readonly InputLotUse[];
  /** What was sent on or sold although it should not have been, by why. */
  readonly leftAnyway?: readonly LeftAnyway[];
  /** What was added in making it that is added for what is forbidden. */
  readonly forbidden?: readonly ForbiddenFacts[];
  /** Regain of moisture that nobody measured, beside all that came in. */
  readonly regains?: SurplusFacts;
  /** Set where any of it was brought back: whether all that came back was unopened. */
  readonly returns?: { readonly isUnopened: boolean };
  /** Set where any of it ever lay in a zone for what is undecided or unfit. */
  readonly zones?: ZoneFacts;
}

/** A version of an SOP as work names it, and how it stood on that day. */
export interface SopFacts {
  readonly eventId: string;
  readonly position: bigint;
  readonly day: string;
  readonly code: string;
  readonly version: string;
  readonly standing: 'in-force' | 'superseded' | 'not-in-force' | 'unknown';
  /** The version that had taken its place. */
  readonly newer?: string;
  /** From the earliest picking of what went in, and at most by the SOP. */
  readonly hours?: number;
  readonly hoursAllowed?: number;
}

/** An input used on the crop before a harvest, on land the harvest may have come from. */
export type UseFacts = Omit<CropUse, 'crop' | 'organisation'>;

/** A species 基原 somebody named for what a batch was raised from. */
export interface SpeciesFacts {
  readonly stated: string;
  readonly herb: string;
  /** Latin names of the species accepted as that herb, as the catalogue has them. */
  readonly accepted: readonly string[];
  /** Whether the catalogue was compared with the printed text. */
  readonly verified: boolean;
  /** Where it was named: the accession, or the identification. */
  readonly eventId: string;
  readonly position: bigint;
  /** The harvest by which the batch came of it; absent: it is the crop itself. */
  readonly harvest?: string;
}

/** A lot of an input used on a crop; amounts in milligrams or microlitres. */
export interface InputLotUse {
  readonly lot: string;
  readonly name: string;
  readonly boughtOn: string;
  readonly bought: bigint;
  /** On all crops of the organisation. */
  readonly used: bigint;
  readonly dimension: 'mass' | 'volume';
  /** More (above zero) or less accounted for than was bought. */
  readonly difference: bigint;
  /** Field work on this crop that used of it. */
  readonly eventIds: readonly string[];
  readonly firstPosition: bigint;
  /** Of these, what is dated before it was bought. */
  readonly early: readonly { readonly eventId: string; readonly day: string; readonly position: bigint }[];
}

/** All harvests of a herb on one ground in one year. */
export interface GroundFacts {
  readonly herb: string;
  readonly mode?: string;
  readonly year: number;
  /** Along the slope where that is known, each piece of land once. */
  readonly areaM2: bigint;
  readonly harvests: number;
  /** Milligrams. */
  readonly freshMg: bigint;
  readonly eventIds: readonly string[];
  /** Of the latest of them. */
  readonly position: bigint;
}

/** All that went into one step at a workshop on one day in China. */
export interface PlantDayFacts {
  /** Id of the site. */
  readonly site: string;
  readonly day: string;
  readonly step: string;
  /** Milligrams: what the plant says it can take in a day, and what it took. */
  readonly capacityMg: bigint;
  readonly tookMg: bigint;
  readonly eventIds: readonly string[];
  /** Of the latest of them. */
  readonly position: bigint;
}

/** What its maker had put under a geographical indication in a year, in the order of packing, up to and with this batch. */
export interface GiUseFacts {
  readonly name: string;
  readonly year: number;
  /** Milligrams: the least that is registered, and what was used of it by then. */
  readonly registeredMg: bigint;
  readonly usedMg: bigint;
  /** Events that made this batch. */
  readonly eventIds: readonly string[];
  readonly position: bigint;
}

/** Slips closed into a heap. Pickers are counted and not named. */
export interface DeliveryFacts {
  readonly position: bigint;
  /** What each picker brought on that day (milligrams, by slips), and the median of what pickers brought on other days or others on this one. */
  readonly pickerDays: readonly { readonly mg: bigint; readonly slips: readonly string[]; readonly others: number; readonly medianMg: bigint }[];
  /** Slips whose paper, of that picker and weight, was entered before: with the first one. */
  readonly repeated: readonly { readonly slip: string; readonly first: string; readonly number: string }[];
}

/** In the base unit of the batch. */
export interface SurplusFacts {
  readonly amount: bigint;
  readonly cameIn: bigint;
  readonly eventIds: readonly string[];
  readonly firstPosition: bigint;
}

/** Goods in zones of the organisation's stores that nobody found fit, in base units. */
export interface ZoneFacts {
  /** All that is on hand, wherever it lies. */
  readonly onHand: bigint;
  /** Whether any of it was ever sent on, sold or used; back to whom it came from is none of it. */
  readonly hasLeft: boolean;
  /** 不合格区. */
  readonly rejected: ZoneKindFacts;
  /** 待验区 and 退货区. */
  readonly undecided: ZoneKindFacts;
}

export interface ZoneKindFacts {
  readonly here: bigint;
  /** What was sent on, sold or used out of it. */
  readonly left: bigint;
  /** By which events it came to lie there, and left. */
  readonly putBy: readonly string[];
  readonly firstPosition: bigint;
  readonly leftBy: readonly string[];
  readonly leftSince: bigint;
}

/** One harvest: from which land, and what was on record about that. Days are `YYYY-MM-DD`. */
export interface HarvestFacts {
  readonly position: bigint;
  readonly eventId: string;
  /** First day of picking as stated, else the day in China on which it was recorded to have happened. */
  readonly day: string;
  /** Plots and tending areas it came from; those of the crop where `named` is false. */
  readonly plots: readonly LandFacts[];
  readonly named: boolean;
  /** Notices of the land's counties about this herb and grade: the harvester's own and those of supervisors. */
  readonly openings: readonly OpeningFacts[];
  /** What was used on the crop before, on land this may have come from; a harvest that names no land came from all of the crop's. */
  readonly uses?: readonly UseFacts[];
  /** Years of growth as claimed, and since when the crop grows. */
  readonly claimedYears?: number;
  readonly since?: string;
}

export interface LandFacts {
  readonly id: string;
  /** GB/T 2260, six digits. */
  readonly region?: string;
  readonly resting: readonly { readonly year: number; readonly position: bigint }[];
  /** First and last day of each contract in force. */
  readonly contracts: readonly { readonly from: string; readonly to: string; readonly position: bigint }[];
}

export interface OpeningFacts {
  readonly region: string;
  readonly from: string;
  readonly number: string;
  readonly position: bigint;
}

/** As the crop's record has it: pieces, or kilograms with uom KGM, for each mu. */
export interface PlantingFacts {
  readonly perMu?: number;
  readonly min?: number;
  readonly max?: number;
  readonly areaMu?: number;
  readonly uom?: string;
  readonly position: bigint;
}

/** All held lines of one role: how often, first and last. */
export interface RoleFacts {
  readonly role: LineRole;
  readonly firstTime: string;
  readonly lastTime: string;
  readonly firstPosition: bigint;
  /** The events that happened first and last. */
  readonly firstEventId: string;
  readonly lastEventId: string;
}

/** What others shipped to an organisation of a batch. */
export interface ShippedHere {
  readonly amount: bigint;
  readonly firstTime: string;
  readonly firstEventId: string;
  /** What the scales on both sides cannot tell apart, in the base unit; 0 where none is named. */
  readonly scales?: { readonly shipped: bigint; readonly received: bigint };
  /** Each sender with its shipments, in the order of their ids; `isShort`: its book does not hold what it sent. */
  readonly senders: readonly { readonly organisation: string; readonly eventIds: readonly string[]; readonly isShort: boolean }[];
}

/** Goods from outside, as an entry took them in. */
export interface IntakeFacts {
  readonly eventId: string;
  readonly position: bigint;
  /** In the base unit of the batch. */
  readonly amount?: bigint;
  readonly means?: string;
  readonly herb?: string;
  /** Whether a quarantine number or certificate, a permit to collect, is named. */
  readonly hasQuarantine: boolean;
  readonly hasPermit: boolean;
}

/** Movements away of what was held, had been rejected, or was past its date, with the decisions (ids) they went against. */
export interface LeftAnyway {
  readonly why: 'held' | 'rejected' | 'expired' | 'beyond-part';
  /** How much more left than was released in parts, in the base unit of the batch. */
  readonly beyond?: bigint;
  readonly decisions: readonly string[];
  readonly count: number;
  readonly eventIds: readonly string[];
  readonly firstPosition: bigint;
}

/** Something added to a herb for what is forbidden. */
export interface ForbiddenFacts extends Forbidden {
  readonly eventId: string;
  readonly position: bigint;
  readonly name: string;
}

/** Some lines, by the events they stand in. */
export interface Lines {
  readonly eventIds: readonly string[];
  readonly count: number;
  readonly firstPosition: bigint;
}

export interface Debt {
  readonly state: 'available' | 'transit' | 'sold' | 'sampled';
  readonly amount: bigint;
  readonly firstPosition: bigint;
  /** Events that took what was not there; where none stands out, all that took. */
  readonly eventIds: readonly string[];
}

export type ReportFacts = JudgedReport & {
  readonly position: bigint;
  readonly items?: readonly ReportItem[];
  /** Whose report it is. */
  readonly laboratory?: string;
  /** Method or standard as printed. */
  readonly standard?: string;
  /** How much of the goods it says it speaks for, in milligrams; absent: of all. */
  readonly speaksForMg?: bigint;
  /** The report it amends, and why. */
  readonly supersedes?: string;
  readonly amendedBecause?: string;
  /** Days as the laboratory states them. */
  readonly receivedOn?: string;
  readonly testedFrom?: string;
  readonly testedUntil?: string;
  readonly around?: ReportCircumstances;
};

/** What is on record around a report. Days are `YYYY-MM-DD`, in China. */
export interface ReportCircumstances {
  /** When the goods came to be; absent for what came from outside. */
  readonly madeOn?: string;
  readonly herb?: string;
  readonly grade?: string;
  /** Samples drawn under its number. */
  readonly samples: readonly SampleFacts[];
  /** Under the marks it bears, items that what is on record of the laboratory does not cover on that day, and the records (ids). */
  readonly uncovered?: { readonly items: readonly { readonly mark: string; readonly test: string; readonly analyte?: string; readonly coverage: 'outside' | 'expired' | 'signatory' }[]; readonly records: readonly string[] };
  /** Reports of the same laboratory on other goods with the same sample and the very same results. */
  readonly twins: readonly string[];
  /** Of a failed one: events by which its goods were sent on or sold on a later day. */
  readonly leftAfter: readonly string[];
}

/** A sample drawn, or brought along, under the number of a report. */
export interface SampleFacts {
  readonly day: string;
  readonly eventId: string;
  /** 抽样 or 送检; absent where nobody said. */
  readonly how?: 'drawn' | 'submitted';
  readonly packages?: { readonly of: number; readonly from: number };
}

/** A report that failed what something was made of. */
export interface FailedPart {
  readonly report: string;
  readonly issuedOn: string;
}

/** Temperature and humidity as somebody says they were read. Times in ISO, UTC. */
export interface ReadingFacts {
  readonly eventId: string;
  readonly position: bigint;
  readonly happened: string;
  readonly written: string;
  /** Type and value of each, as written. */
  readonly values: string;
  /** Said to be of an instrument; sent by one under its own key. */
  readonly isOfDevice: boolean;
  readonly byDevice: boolean;
}

/** Weights at a change of hands. */
export interface CustodyWeights {
  readonly shipped: readonly WeighedMass[];
  readonly received: readonly WeighedMass[];
  readonly eventIds: readonly string[];
  readonly firstPosition: bigint;
}

/** What lay in store, before and after. */
export interface StoreWeights {
  readonly eventId: string;
  readonly position: bigint;
  readonly before: DryingPart;
  readonly after: DryingPart;
}

/** A mass in milligrams, and how it was weighed where that is on record. */
export interface WeighedMass {
  readonly mg: bigint;
  readonly weighed?: DryingPart;
}

/** Differences booked along the chain behind a share. */
export interface ChainFacts extends ChainSum<BookedDifference> {
  readonly firstPosition: bigint;
}

/** A difference booked against a share under an agreed allowance. */
export interface BookedDifference extends ChainBooking {
  readonly organisation: string;
  readonly eventId: string;
  readonly reason: DifferenceReason;
  readonly direction: 'lost' | 'gained';
}

/** A product's form and the type of whoever made or sold it. */
export interface FormUseFacts {
  readonly form: string;
  readonly type: string;
  readonly made?: { readonly eventIds: readonly string[]; readonly position: bigint };
  readonly sold?: { readonly eventIds: readonly string[]; readonly position: bigint };
}

/** One transformation, all its events together. */
export interface StepFacts {
  readonly hub: string;
  /** What was done, in the word of our form. */
  readonly step?: string;
  readonly eventIds: readonly string[];
  readonly firstPosition: bigint;
  readonly inputs: readonly StepPart[];
  readonly outputs: readonly StepPart[];
  /** Auxiliaries said to stay, by name, where their names are on record. */
  readonly stays?: readonly { readonly name: string; readonly quantity?: unknown; readonly uom?: unknown }[];
  /** Milligrams lost on record, and added by auxiliaries that stay. */
  readonly lostMg: bigint;
  readonly addedMg: bigint;
  /** No event of it names a step or a loss in our words: a partner's system told it. */
  readonly isToldBare?: boolean;
}

export interface StepPart {
  readonly node: string;
  readonly eventTime: string;
  /** By the batch's code record or its making event; absent where nobody said. */
  readonly herb?: string;
  /** Herbs of the product it is, where it is one: more than one for a formula. */
  readonly productHerbs?: readonly string[];
  /** Of an input nobody stated a herb of: the herbs it was made of, nearest first on record, however far back. */
  readonly herbsBehind?: readonly string[];
  /** Of an input that has no grade from its picking: those that all it was made of was picked with; absent where that is not known of all. */
  readonly gradesBehind?: readonly string[];
  /** Milligrams; pieces by what one piece holds. Absent where not weighed. */
  readonly mg?: bigint;
  /** Lots are weighed; crops and single things are not, and leave a balance undetermined only if nothing else is weighed. */
  readonly isLot: boolean;
  readonly held: boolean;
  readonly grade?: string;
  /** fresh, dried, …; and product, waste, …: as its code record says. */
  readonly form?: string;
  readonly outputRole?: string;
  /** How it was weighed, where that is on record; what its scale cannot tell apart, 0 where none is named. */
  readonly weighed?: DryingPart;
  readonly scaleMg?: bigint;
}

/** Identifies a share among all. */
export const shareKey = (node: string, organisation: string): string => `${node} ${organisation}`;
