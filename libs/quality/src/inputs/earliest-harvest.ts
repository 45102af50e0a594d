import type { CropUse } from './load-uses';

/** From when may be harvested, and which use says so. */
export interface EarliestHarvest {
  /** `YYYY-MM-DD`, in China; absent where no use asks for an interval. */
  readonly earliestHarvest?: string;
  readonly by?: { readonly eventID: string; readonly input: string; readonly used: string; readonly safetyIntervalDays?: number };
  /** Inputs used beyond their registration: the day is open until a residue test says more. */
  readonly undetermined?: readonly string[];
}

/** The latest of what the uses ask for. @param plot absent: on all of the crop */
export function earliestHarvestOf(uses: readonly CropUse[], plot?: string): EarliestHarvest {
  const here = uses.filter(({ plots }) => plot === undefined || plots === undefined || plots.includes(plot.toLowerCase()));
  const last = here.filter(({ earliestHarvest }) => earliestHarvest !== undefined)
    .sort((a, b) => ((a.earliestHarvest as string) < (b.earliestHarvest as string) ? 1 : (a.earliestHarvest as string) > (b.earliestHarvest as string) ? -1 : a.eventId < b.eventId ? -1 : 1))[0];
  const open = [...new Set(here.filter(({ standing }) => standing === 'off-label').map(({ name }) => name))].sort();
  return {
    ...(last !== undefined && { earliestHarvest: last.earliestHarvest, by: { eventID: last.eventId, input: last.name, used: last.day, safetyIntervalDays: last.safetyIntervalDays } }),
    ...(open.length > 0 && { undetermined: open }),
  };
}
