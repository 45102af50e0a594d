import { Problem } from '@daodi/platform';
import { FORMATS, type FormatName } from '../layout/label-format';
import type { LabelText } from '../layout/label-text';
import type { JobState } from './label-job';

/** Of a code nothing is known of, a label would be an empty promise. */
export const noRecords = (): Problem =>
  new Problem(409, 'nothing-on-record', { zh: '该编码还没有任何记录，不能打印货物标签', en: 'Nothing is on record for this code, so no label of goods can be made' }, {
    detail: { zh: '先登记这批货；只印二维码请用 qr.svg。', en: 'Record the goods first; its bare code is at qr.svg.' },
  });

/** What must be on the label does not fit at a size people can read. */
export const tooSmall = (format: FormatName): Problem =>
  new Problem(422, 'label-too-small', { zh: '标签太小，印不下必须印的内容', en: 'The label is too small for what must be on it' }, {
    detail: { zh: `${FORMATS[format].zh} 印不下，请换大一号的规格。`, en: `It does not fit ${FORMATS[format].en}; choose a larger format.` },
    faults: [{ pointer: '/format', rule: 'label-too-small', detail: { zh: '请换大一号的规格', en: 'choose a larger format' } }],
  });

/** 药材符合GAP要求 is a permission with reasons behind it; without all of them nothing is printed. */
export const gapNotShown = (isReleased: boolean, reasons: readonly object[]): Problem =>
  new Problem(409, 'gap-not-shown', { zh: '不能标注“药材符合GAP要求”', en: '药材符合GAP要求 cannot be printed' }, {
    detail: { zh: `${isReleased ? '' : '该批未放行；'}有 ${reasons.length} 项原因，见 reasons。`, en: `${isReleased ? '' : 'The batch is not released; '}${reasons.length} reasons are against it, see reasons.` },
    members: { isReleased, reasons },
  });

/** Asked first, with the numbers. */
export const surplus = (made: number, printed: number, asked: number): Problem =>
  new Problem(409, 'more-labels-than-packs', { zh: '袋签多于包装件数', en: 'More bag labels than packs were made' }, {
    detail: {
      zh: `该批包装 ${made} 件，已打印 ${printed} 张，又要 ${asked} 张。确需补打，请加 acceptSurplus 并写明原因。`,
      en: `${made} packs were made, ${printed} labels printed, ${asked} more are asked for. If that is meant, send again with acceptSurplus and a reason.`,
    },
    members: { made, printed, asked },
  });

/** The file is not there: not yet, not any more, or it could not be made. */
export function notReady(job: JobState | undefined, total: number): Problem {
  if (job?.state === 'queued' || job?.state === 'running') {
    return new Problem(409, 'label-sheet-not-ready', { zh: '标签还在生成', en: 'The labels are still being drawn' }, { members: { done: job.done, total }, headers: { 'Retry-After': '1' } });
  }
  if (job?.state === 'failed') {
    return new Problem(409, 'label-sheet-failed', { zh: '标签没有生成', en: 'The labels could not be drawn' }, {
      detail: { zh: '已多次尝试。POST 到 …/drawing 可再试一次；日志里有原因。', en: 'It was tried several times. POST to …/drawing to try again; the log says why.' },
    });
  }
  return new Problem(409, 'label-sheet-expired', { zh: '标签文件已过期', en: 'The file of labels has expired' }, {
    detail: { zh: 'POST 到 …/drawing 会再生成一份完全相同的。', en: 'POST to …/drawing to have the same drawn again.' },
  });
}

/** The lines of a label by their English names, for whoever checks before printing. */
export const fieldNames = ({ fields, notes }: LabelText): { readonly lines: readonly object[]; readonly notes: readonly string[] } => ({
  lines: fields.map(({ zh, en, value }) => ({ zh, en, value })),
  notes: notes.map(({ zh }) => zh),
});
