/** What was read off a scale of one quantity of goods. All masses in milligrams. */
export interface Weighing {
  readonly netMg: bigint;
  /** 毛, goods with packing or vehicle. */
  readonly grossMg?: bigint;
  /** 皮; absent beside a gross: the scale was tared. */
  readonly tareMg?: bigint;
  readonly packages?: Packages;
  /** How often something was put on the scale for it, where whoever weighed says so. */
  readonly weighings?: number;
  readonly scale?: ScaleOnDay;
}

/** 件 × each and the odd one 零头. */
export interface Packages {
  readonly count: number;
  readonly eachMg: bigint;
  readonly oddMg: bigint;
}

/** The scale as it stood on the day of the weighing. */
export interface ScaleOnDay {
  readonly divisionMg: bigint;
  readonly capacityMg?: bigint;
  /** `YYYY-MM-DD`, the last day its calibration is valid. */
  readonly validUntil?: string;
  readonly isEnded: boolean;
}

/** Numbers of a weighing that contradict each other: it cannot have been read like this. */
export type WeighingFault =
  | { readonly rule: 'net-of-gross'; readonly statedMg: bigint; readonly computedMg: bigint }
  | { readonly rule: 'net-of-packages'; readonly statedMg: bigint; readonly computedMg: bigint }
  | { readonly rule: 'tare-without-gross' };

/** What is odd about a weighing that all the same happened; kept with it and shown, never refused. */
export const WEIGHING_NOTES = ['no-scale', 'finer-than-division', 'above-capacity', 'calibration-expired', 'calibration-unknown', 'scale-ended'] as const;
export type WeighingNote = (typeof WEIGHING_NOTES)[number];

/** The faults of a weighing: net is gross less tare, exactly, and what the packages come to, exactly. */
export function weighingFaults({ netMg, grossMg, tareMg, packages }: Weighing): WeighingFault[] {
  const faults: WeighingFault[] = [];
  if (grossMg === undefined && tareMg !== undefined) faults.push({ rule: 'tare-without-gross' });
  const ofGross = grossMg === undefined ? netMg : grossMg - (tareMg ?? 0n);
  if (ofGross !== netMg) faults.push({ rule: 'net-of-gross', statedMg: netMg, computedMg: ofGross });
  const ofPackages = packages === undefined ? netMg : BigInt(packages.count) * packages.eachMg + packages.oddMg;
  if (ofPackages !== netMg) faults.push({ rule: 'net-of-packages', statedMg: netMg, computedMg: ofPackages });
  return faults;
}

/** @param day `YYYY-MM-DD` of the weighing, where it was done */
export function weighingNotes(weighing: Weighing, day: string): WeighingNote[] {
  const { scale } = weighing;
  if (scale === undefined) return ['no-scale'];
  const notes: WeighingNote[] = [];
  if (readOff(weighing).some((mg) => mg % scale.divisionMg !== 0n)) notes.push('finer-than-division');
  if (scale.capacityMg !== undefined && heaviest(weighing) > scale.capacityMg) notes.push('above-capacity');
  if (scale.validUntil === undefined) notes.push('calibration-unknown');
  else if (scale.validUntil < day) notes.push('calibration-expired');
  if (scale.isEnded) notes.push('scale-ended');
  return notes;
}

/**
 * How many readings of the scale the net is the sum of. As stated; else one where a gross was read (all of it stood on
 * the scale at once); else one for each package and one for the odd one (each was weighed for itself); else one.
 */
export function readingsOf({ weighings, grossMg, packages }: Pick<Weighing, 'weighings' | 'grossMg' | 'packages'>): number {
  if (weighings !== undefined) return weighings;
  if (grossMg !== undefined || packages === undefined) return 1;
  return packages.count + (packages.oddMg > 0n ? 1 : 0);
}

/** The numbers somebody read off the scale; a net that was computed is none of them. */
function readOff({ netMg, grossMg, tareMg, packages }: Weighing): bigint[] {
  if (grossMg !== undefined) return [grossMg, tareMg ?? 0n];
  return packages === undefined ? [netMg] : [packages.eachMg, packages.oddMg];
}

/** The most that can have stood on the scale at once, as far as is known: the mean over several readings. */
function heaviest(weighing: Weighing): bigint {
  const { netMg, grossMg, packages, weighings } = weighing;
  if (weighings === undefined && grossMg === undefined && packages !== undefined) return packages.eachMg > packages.oddMg ? packages.eachMg : packages.oddMg;
  return (grossMg ?? netMg) / BigInt(readingsOf(weighing));
}
