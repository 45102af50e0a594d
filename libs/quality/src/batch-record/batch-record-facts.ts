/** 批记录: what is on record of one production order, as plain data. Masses in milligrams, times as ISO text in UTC. */
export interface BatchRecordFacts {
  readonly kind: OrderKind;
  /** Several lots of one herb in one run: only where the product's standard allows it, which the order then names. */
  readonly mixingAllowedBy?: string;
  readonly limits: readonly StepLimit[];
  readonly formula?: Formula;
  /** In the order in which they happened. */
  readonly steps: readonly MakingStep[];
  /** Events that were put into the record and have since been declared in error with nothing in their place. */
  readonly withdrawnEvents: readonly string[];
  readonly issued: readonly LotMass[];
  /** Given back to the store, or scrapped in the workshop. */
  readonly returned: readonly LotMass[];
  readonly clearances: readonly Clearance[];
  readonly labels: readonly LabelCount[];
  readonly deviations: readonly Deviation[];
  /** Whether the latest review was of just these facts. */
  readonly reviewed: 'no' | 'of-an-earlier-state' | 'yes';
}

/** What is made: 饮片, 中成药 (and other compound products), 配方颗粒, something else. */
export const ORDER_KINDS = ['decoction-pieces', 'compound-medicine', 'granules', 'other'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** Bounds in per cent as decimal text, both ends allowed. */
export interface StepLimit {
  /** A processing step, or `whole`: all that was charged against all products. */
  readonly step: string;
  readonly yieldMin?: string;
  readonly yieldMax?: string;
  readonly balanceMin?: string;
  readonly balanceMax?: string;
}

export interface Formula {
  /** By how much what is charged may differ from the formula, per cent of each ingredient, decimal text. */
  readonly tolerancePercent: string;
  readonly ingredients: readonly { readonly herb: string; readonly mg: bigint }[];
}

/** One transformation of the order, all its events together. */
export interface MakingStep {
  readonly eventIds: readonly string[];
  /** The processing step; absent where what said it was erased. */
  readonly step?: string;
  readonly time: string;
  readonly inputs: readonly MakingPart[];
  readonly outputs: readonly MakingPart[];
  /** Lost on record; added by auxiliaries that stay. */
  readonly lostMg: bigint;
  readonly addedMg: bigint;
  /** A second person, who did not write it down, confirmed it. */
  readonly isChecked: boolean;
}

export interface MakingPart {
  readonly node: string;
  /** How people call it. */
  readonly name: string;
  readonly herb?: string;
  /** product, co-product, waste, rework; of outputs. */
  readonly role?: string;
  /** Absent where it was not weighed, or cannot be read. */
  readonly mg?: bigint;
  /** Where it is counted. */
  readonly pieces?: bigint;
}

export interface LotMass {
  readonly node: string;
  readonly name: string;
  readonly mg: bigint;
}

/** 清场 before or after a run. */
export interface Clearance {
  readonly moment: 'before' | 'after';
  readonly time: string;
  readonly isChecked: boolean;
}

/** One sort of label or printed packing material: numbers of pieces. */
export interface LabelCount {
  readonly name: string;
  /** Whether one of it goes on every pack that is counted. */
  readonly isPerPack: boolean;
  readonly received: number;
  readonly used: number;
  readonly spoiled: number;
  readonly returned: number;
}

export interface Deviation {
  readonly id: string;
  readonly isClosed: boolean;
}
