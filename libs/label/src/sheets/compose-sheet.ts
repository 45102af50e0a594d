import { decimalText } from '@daodi/epcis';
import type { Fault } from '@daodi/platform';
import type { CodeText } from '../labels.service';
import type { FormatName } from '../layout/label-format';
import type { LabelKind, LabelText } from '../layout/label-text';
import type { BatchFacts, Each } from './label-facts';
import type { LabelSheetDto } from './label-sheet.dto';
import { LABELS_MAX, type Sheet } from './sheet';

const FORMAT_OF: Readonly<Record<LabelKind, FormatName>> = { bag: 'roll-100x70', carton: 'roll-100x150', sample: 'roll-60x40' };

/** What one bag or carton holds, its number as exact decimal text. */
export const eachOf = ({ each }: LabelSheetDto): Each | undefined => each && { quantity: decimalText(each.quantity), unit: each.unit };

/** Faults of a request that its form alone does not show; every one at once. */
export function faultsOf(dto: LabelSheetDto, batch: BatchFacts, serialCount: number): Fault[] {
  const faults: Fault[] = [];
  const fault = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, detail: { zh, en } });
  const { kind, count, from, to, of, serials, each, sampleNumber } = dto;
  if (batch.kind === 'crop' || batch.kind === 'container') fault('/batch', 'no-goods', '种植批和容器没有货物标签；其二维码见 qr.svg', 'a crop or container has no label of goods; its code is at qr.svg');
  if (kind !== 'carton' && of !== undefined) fault('/of', 'cartons-only', '总件数只用于箱签', 'only cartons have a number out of so many');
  if (kind !== 'bag' && serials === true) fault('/serials', 'bags-only', '单品码只用于袋签', 'only bags carry serials');
  if (kind !== 'sample' && sampleNumber !== undefined) fault('/sampleNumber', 'samples-only', '样品编号只用于样品签', 'only samples have a sample number');
  if (kind === 'sample' && each !== undefined) fault('/each', 'not-for-samples', '取样量取自取样记录', 'how much was drawn is on record');
  if (kind === 'bag' && each !== undefined && (batch.netContentMg ?? batch.productContent) !== undefined) fault('/each', 'on-record', '净含量已有记录，标签照记录打印', 'what a bag holds is on record, and printed from there');
  const isRange = from !== undefined || to !== undefined;
  if (isRange && kind !== 'carton' && serials !== true) fault(from === undefined ? '/to' : '/from', 'numbered-only', '起止号只用于箱签和单品码袋签', 'only cartons and bags with serials are numbered');
  if (to !== undefined && (from ?? 1) > to) fault('/to', 'range', '截止号小于起始号', 'it is before the first');
  if (to !== undefined && count !== undefined && to - (from ?? 1) + 1 !== count) fault('/count', 'range', '张数与起止号不符', 'it is not as many as from … to says');
  if (of !== undefined && lastOf(dto, serialCount) > of) fault('/of', 'range', '总件数小于最后一件的件号', 'it is less than the number of the last one');
  if (serials === true && lastOf(dto, serialCount) > serialCount) {
    fault(to !== undefined ? '/to' : count !== undefined ? '/count' : '/serials', 'serials', `本组织为该批次赋了 ${serialCount} 个单品码`, `your organisation commissioned ${serialCount} serials of the batch`);
  }
  if (totalOf(dto, serialCount) > LABELS_MAX) fault('/to', 'labels-max', `一次最多 ${LABELS_MAX} 张，更多请分几次`, `at most ${LABELS_MAX} in one sheet; ask for several`);
  if (!isRange && count === undefined && kind !== 'sample' && serials !== true) fault('/count', 'count', '请填写张数', 'say how many');
  if (dto.acceptSurplus === true && dto.reason === undefined) fault('/reason', 'reason', '超量打印须写明原因', 'printing more needs a reason');
  return faults;
}

/** Number of the last label. */
function lastOf(dto: LabelSheetDto, serialCount: number): number {
  return dto.to ?? (dto.from ?? 1) + (dto.count ?? (dto.serials === true ? Math.max(1, serialCount - (dto.from ?? 1) + 1) : 1)) - 1;
}

const totalOf = (dto: LabelSheetDto, serialCount: number): number => lastOf(dto, serialCount) - (dto.from ?? 1) + 1;

/** The sheet, once the request has no faults. */
export function composeSheet(dto: LabelSheetDto, code: CodeText, text: LabelText, serialPaths: readonly string[], publicUrl: string, sampleNumber: string | undefined): Sheet {
  const { kind, from = 1 } = dto;
  const total = totalOf(dto, serialPaths.length);
  return {
    batch: code.code,
    kind,
    format: formatOf(dto),
    total,
    text,
    uri: code.uri,
    captions: code.caption === code.code ? [code.code] : [...code.caption.split(/(?=\(10\))/), code.code],
    ...(dto.serials === true && { serials: serialPaths.slice(from - 1, from - 1 + total).map((path) => ({ uri: `${publicUrl}${path}`, captions: serialCaptions(path) })) }),
    ...(kind === 'carton' && { from, of: dto.of ?? from + total - 1 }),
    ...(dto.each && { each: eachOf(dto) }),
    ...(sampleNumber !== undefined && { sampleNumber }),
    ...(dto.acceptSurplus === true && { surplusBecause: dto.reason }),
  };
}

export const formatOf = ({ kind, format }: LabelSheetDto): FormatName => format ?? FORMAT_OF[kind];

/** `7K2QZ0ABCD4` and `S-…`, or GS1's element strings. */
function serialCaptions(path: string): string[] {
  const [, first, second, third, fourth] = path.split('/');
  return first === 'b' ? [second as string, `S-${fourth}`] : [`(01)${second}`, `(21)${decodeURIComponent(fourth ?? third ?? '')}`];
}
