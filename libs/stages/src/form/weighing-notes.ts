import type { EpcisEvent } from '@daodi/epcis';
import { WEIGHING_NOTES, type WeighingNote } from '@daodi/herbal';

const TEXTS: Readonly<Record<WeighingNote, { readonly zh: string; readonly en: string }>> = {
  'no-scale': { zh: '未写明衡器：无分度值可依', en: 'no scale is named: nothing is known of its division' },
  'finer-than-division': { zh: '读数细于衡器分度值', en: 'a number is finer than the scale shows' },
  'above-capacity': { zh: '超过衡器最大秤量', en: 'it is more than the scale carries' },
  'calibration-expired': { zh: '衡器检定已过期', en: 'the calibration of the scale had run out' },
  'calibration-unknown': { zh: '衡器无检定有效期记录', en: 'until when the scale is calibrated is not on record' },
  'scale-ended': { zh: '衡器当日已停用', en: 'the scale was out of use on that day' },
};

/** What is odd about the weighings of events, in words: as the events keep it. */
export function weighingNotesOf(events: readonly EpcisEvent[]): object[] {
  const weighings = events.flatMap((event) => ((event as unknown as Record<string, unknown>)['daodi:weighing'] ?? []) as { epcClass: string; notes?: string[] }[]);
  return weighings.flatMap(({ epcClass, notes = [] }) =>
    WEIGHING_NOTES.filter((note) => notes.includes(note)).map((rule) => ({ epcClass, rule, ...TEXTS[rule] })));
}
