import { type Deduction, slipMasses, typedMilligrams, weighingNotes } from '@daodi/herbal';
import { decimalText } from '@daodi/epcis';
import { findLand, findScaleOn, findSite, instant } from '@daodi/registry';
import { checkHerb } from '../form/places';
import { findThings } from '../form/things';
import type { Steps, Work } from '../form/work';
import { withoutAbsent } from '../form/work';
import { findClosedHeap } from './delivery-store';
import type { DeductionDto, SlipDto } from './slip.dto';
import { heapKeyOf, isSameHeap, type Slip, type SlipNote, type SlipState } from './slip-state';

/** A thousand tonnes in milligrams: nobody carries more to a station. */
const SLIP_MAX_MG = 10n ** 12n;

/**
 * The slip that a form describes; faults are noted with the work.
 *
 * @param picker id of its picker, where it was found
 * @param old the slip it takes the place of
 */
export async function composeSlip(work: Work, dto: SlipDto, picker: string | undefined, old?: Slip): Promise<SlipState | undefined> {
  const place = await placeOf(work, dto);
  const site = await siteOf(work, dto.site);
  const at = instant(dto.eventTime);
  const day = dto.day ?? (at === undefined ? undefined : chinaDay(at));
  const masses = readMasses(work, dto);
  if (dto.pickedFrom !== undefined && dto.pickedTo !== undefined && dto.pickedTo < dto.pickedFrom) work.fault('/pickedTo', 'before-picking', '早于采摘开始日', 'it is before the first day of picking');
  const scale = day === undefined || dto.scale === undefined ? undefined : await findScaleOn(work.tx, work.caller.organisationId, dto.scale, day);
  if (dto.scale !== undefined && day !== undefined && scale === undefined) work.fault('/scale', 'unknown-scale', '没有这台衡器，或它不属于本组织', 'there is no such scale, or it is not your organisation’s');
  if (picker === undefined || place?.herb === undefined || day === undefined || masses === undefined) return undefined;
  const weighed = weighingNotes(
    { netMg: masses.arrivedMg, grossMg: masses.grossMg, tareMg: masses.tareMg, scale: scale && { divisionMg: scale.divisionMg, capacityMg: scale.capacityMg, validUntil: scale.validUntil, isEnded: scale.status === 'ended' } },
    day,
  );
  const { deductions, paidMg, netMg, arrivedMg, grossMg, tareMg } = masses;
  const notes: SlipNote[] = [
    ...(paidMg === netMg ? [] : ['net-differs' as const]), ...(paidMg > arrivedMg ? ['net-above-arrived' as const] : []),
    ...(dto.price === undefined ? ['no-price' as const] : []), ...weighed,
  ];
  const slip: SlipState = {
    status: 'active', picker, weighedAt: dto.eventTime, day, site, ...place, herb: place.herb, grade: dto.grade,
    unit: dto.unit, gross: decimalText(dto.gross), tare: decimalText(dto.tare ?? '0'), deductions,
    netOnPaper: dto.netOnPaper === undefined ? undefined : decimalText(dto.netOnPaper),
    grossMg: `${grossMg}`, tareMg: `${tareMg}`, arrivedMg: `${arrivedMg}`, netMg: `${netMg}`, paidMg: `${paidMg}`,
    sacks: dto.sacks, scale: scale?.identifier, pickedFrom: dto.pickedFrom, pickedTo: dto.pickedTo,
    price: dto.price === undefined ? undefined : decimalText(dto.price), priceUnit: dto.price === undefined ? undefined : (dto.priceUnit ?? dto.unit),
    photoDigest: dto.photoDigest, slipNumber: dto.slipNumber, note: dto.note, notes,
  };
  const closed = await findClosedHeap(work.tx, work.caller.organisationId, heapKeyOf(slip));
  const wasLate = old !== undefined && isSameHeap(old, slip) ? old.lateFor : undefined;
  const lateFor = closed !== undefined && closed.id !== old?.heap ? closed.id : wasLate;
  return withoutAbsent({ ...slip, lateFor }) as unknown as SlipState;
}

/** Where it was picked and which herb it is. */
async function placeOf(work: Work, dto: SlipDto): Promise<{ readonly area?: string; readonly crop?: string; readonly herb?: string } | undefined> {
  if ((dto.area === undefined) === (dto.crop === undefined)) {
    work.fault('', 'area-or-crop', '请填写抚育区（地块）或种植批之一', 'name either the tending area or plot, or the crop');
    return undefined;
  }
  await checkHerb(work, dto.herb, '/herb');
  if (dto.area !== undefined) {
    await checkArea(work, dto.area, '/area');
    if (dto.herb === undefined) work.fault('/herb', 'herb-needed', '按抚育区或地块登记时须写明品种', 'where an area is named, so must be the herb');
    return { area: dto.area.toLowerCase(), herb: dto.herb };
  }
  const crop = (await findThings(work, [{ text: dto.crop as string, pointer: '/crop' }])).get(dto.crop as string);
  if (crop === undefined) return undefined;
  if (crop.facts?.kind !== 'crop' || crop.facts.organisationId !== work.caller.organisationId) {
    work.fault('/crop', 'no-crop', '这不是本组织的种植批', 'this is no crop of your organisation');
    return undefined;
  }
  if (dto.herb !== undefined && dto.herb !== crop.facts.herb) work.fault('/herb', 'herb-of-crop', '与种植批的品种不同', 'the crop is of another herb');
  return { crop: crop.facts.code, herb: crop.facts.herb };
}

/** Notes a fault where the id is no plot or tending area of the caller's. */
export async function checkArea(work: Work, id: string, pointer: Steps): Promise<void> {
  const land = await findLand(work.tx, id);
  if (land?.organisationId === work.caller.organisationId && land.kind !== 'base') return;
  work.fault(pointer, 'unknown-land', '没有这个地块或抚育区，或它不属于本组织', 'there is no such plot or tending area, or it is not your organisation’s');
}

/** Id of a site of the caller's. */
export async function siteOf(work: Work, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined;
  const site = await findSite(work.tx, id);
  if (site?.organisationId === work.caller.organisationId) return site.id;
  work.fault('/site', 'unknown-site', '没有这个场所，或它不属于本组织', 'there is no such site, or it is not your organisation’s');
  return undefined;
}

/** Everything weighed, in milligrams, with what follows. */
function readMasses(work: Work, dto: SlipDto) {
  const mg = (quantity: string | number, pointer: Steps): bigint | undefined => {
    const read = typedMilligrams({ quantity, unit: dto.unit });
    if (read === undefined) work.fault(pointer, 'finer-than-a-milligram', '不能细于一毫克', 'it must be a whole number of milligrams');
    else if (read > SLIP_MAX_MG) work.fault(pointer, 'too-heavy', '超过一千吨', 'it is more than a thousand tonnes');
    else return read;
    return undefined;
  };
  const [grossMg, tareMg] = [mg(dto.gross, '/gross'), mg(dto.tare ?? '0', '/tare')];
  const deductions = (dto.deductions ?? []).map((one, i) => readDeduction(work, one, `/deductions/${i}`, mg));
  const paper = dto.netOnPaper === undefined ? undefined : mg(dto.netOnPaper, '/netOnPaper');
  const whole = deductions.filter((one): one is Deduction => one !== undefined);
  if (grossMg === undefined || tareMg === undefined || whole.length < deductions.length) return undefined;
  const read = slipMasses({ grossMg, tareMg, deductions: whole });
  if (read === 'tare-not-below-gross') work.fault('/tare', read, '皮重不小于毛重', 'the tare is not below the gross');
  else if (read === 'deducted-more-than-arrived') work.fault('/deductions', read, '扣除大于到货重量', 'more is taken off than arrived');
  else {
    const typed = dto.deductions ?? [];
    return {
      grossMg, tareMg, ...read, paidMg: paper ?? read.netMg,
      deductions: read.deductedMg.map((of, i) => withoutAbsent({ kind: typed[i]?.kind, percent: textOf(typed[i]?.percent), weight: textOf(typed[i]?.weight), mg: `${of}` }) as unknown as SlipState['deductions'][number]),
    };
  }
  return undefined;
}

const textOf = (typed: string | number | undefined): string | undefined => (typed === undefined ? undefined : decimalText(typed));

function readDeduction(work: Work, { kind, percent, weight }: DeductionDto, pointer: Steps, mg: (quantity: string | number, pointer: Steps) => bigint | undefined): Deduction | undefined {
  if ((percent === undefined) === (weight === undefined)) {
    work.fault(pointer, 'percent-or-weight', '请填写扣率或扣重之一', 'give either a per cent or a weight');
    return undefined;
  }
  if (percent !== undefined) return { kind, percent: decimalText(percent) };
  const massMg = mg(weight as string | number, `${pointer}/weight`);
  return massMg === undefined ? undefined : { kind, massMg };
}

/** The day it is in China at an instant (UTC+8, without summer time since 1992), `YYYY-MM-DD`. */
const chinaDay = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
