import { isPercent, type Packages, percentText, readingsOf, type ScaleOnDay, typedResolution, type Weighing, type WeighingFault, weighingFaults, weighingNotes } from '@daodi/herbal';
import { findScaleOn, type Scale } from '@daodi/registry';
import { amountOut, type WeighedAs } from '@daodi/trace';
import type { Portion } from './things';
import type { Measured } from './units';
import type { MoistureDto, WeighedQuantityDto, WeighingDto } from './weighing-dto';
import { type Steps, withoutAbsent, type Work } from './work';

/** How a quantity was weighed, as the event has it: masses in kilograms, the scale by its URN alone. */
export interface WeighingElement {
  readonly epcClass: string;
  readonly of?: WeighedAs;
  readonly net: number;
  readonly readings: number;
  /** Of the scale on that day; beside it nothing is known but the last digit that was typed. */
  readonly division?: number;
  readonly resolution: number;
  readonly notes?: readonly string[];
  readonly [member: string]: unknown;
}

/** A quantity of a form, with what it was measured to and which batch it is of. */
export interface WeighedPortion {
  readonly typed: WeighedQuantityDto;
  readonly measured: Measured | undefined;
  /** As the event spells it. */
  readonly uri: string;
  readonly pointer: Steps;
  /** Where one batch may stand on both sides of the event. */
  readonly of?: WeighedAs;
}

/** The portions of lines `findPortions` found, each with the line it was typed in. */
export const weighedPortions = (lines: readonly WeighedQuantityDto[], portions: readonly Portion[], pointer: Steps, of?: WeighedAs): WeighedPortion[] =>
  portions.flatMap((portion) => {
    const typed = lines.find((_, i) => portion.pointer === `${pointer}/${i}`);
    return typed === undefined ? [] : [{ typed, measured: portion.measured, uri: portion.thing.uri, pointer: portion.pointer, of }];
  });

/** Members of an event for those of its quantities that were weighed; notes a fault where the numbers contradict each other. */
export async function weighingMembers(work: Work, portions: readonly WeighedPortion[]): Promise<{ 'daodi:weighing'?: readonly WeighingElement[] }> {
  const elements: WeighingElement[] = [];
  for (const portion of portions) {
    const element = await weighingElement(work, portion);
    if (element !== undefined) elements.push(element);
  }
  return elements.length === 0 ? {} : { 'daodi:weighing': elements };
}

/** One of {@link weighingMembers}; nothing where the quantity says nothing about its weighing. */
export async function weighingElement(work: Work, { typed, measured, uri, pointer: at, of }: WeighedPortion): Promise<WeighingElement | undefined> {
  const { weighing: dto } = typed;
  if (dto === undefined || measured === undefined) return undefined;
  const pointer = `${at}/weighing`;
  if (measured.unit !== 'mg') {
    work.fault(pointer, 'unit-dimension', '按件数记的数量没有称重', 'what is counted in pieces was not weighed');
    return undefined;
  }
  const mass = (quantity: string | number | undefined, member: string): bigint | undefined =>
    quantity === undefined ? undefined : work.measured({ quantity, unit: typed.unit }, `${pointer}/${member}`, '')?.amount;
  const scale = await findScale(work, dto.scale, `${pointer}/scale`);
  const packages = packagesOf(dto, mass);
  const weighing: Weighing = {
    netMg: measured.amount, grossMg: mass(dto.gross, 'gross'), tareMg: mass(dto.tare, 'tare'), packages, weighings: dto.weighings, scale: scale && onDay(scale),
  };
  for (const fault of weighingFaults(weighing)) sayFault(work, fault, pointer);
  const moisture = moistureOf(work, dto.moisture, `${pointer}/moisture`);
  const notes = weighingNotes(weighing, work.day);
  return withoutAbsent({
    epcClass: uri, of, net: kilograms(measured.amount), gross: kilograms(weighing.grossMg), tare: kilograms(weighing.tareMg), uom: 'KGM',
    packages: packages && { count: packages.count, each: kilograms(packages.eachMg), ...(packages.oddMg > 0n && { odd: kilograms(packages.oddMg) }) },
    readings: readingsOf(weighing), scale: scale?.identifier, division: kilograms(scale?.divisionMg), resolution: kilograms(typedResolution(typed)),
    validUntil: scale?.validUntil, moisture, notes: notes.length === 0 ? undefined : notes,
  }) as WeighingElement;
}

async function findScale(work: Work, id: string | undefined, pointer: Steps): Promise<Scale | undefined> {
  if (id === undefined) return undefined;
  const scale = /^\d{4}-\d{2}-\d{2}$/.test(work.day) ? await findScaleOn(work.tx, work.caller.organisationId, id, work.day) : undefined;
  if (scale === undefined) work.fault(pointer, 'unknown-scale', '没有这台衡器，或它不属于本组织', 'there is no such scale, or it is not your organisation’s');
  return scale;
}

const onDay = ({ divisionMg, capacityMg, validUntil, status }: Scale): ScaleOnDay => ({ divisionMg, capacityMg, validUntil, isEnded: status === 'ended' });

function packagesOf({ packages }: WeighingDto, mass: (quantity: string | number | undefined, member: string) => bigint | undefined): Packages | undefined {
  if (packages === undefined) return undefined;
  const [eachMg, oddMg] = [mass(packages.each, 'packages/each'), mass(packages.odd, 'packages/odd')];
  return eachMg === undefined ? undefined : { count: packages.count, eachMg, oddMg: oddMg ?? 0n };
}

function moistureOf(work: Work, typed: MoistureDto | undefined, pointer: Steps): Record<string, unknown> | undefined {
  if (typed === undefined) return undefined;
  const [percent, uncertainty] = [percentText(typed.percent), typed.uncertainty === undefined ? undefined : percentText(typed.uncertainty)];
  for (const [member, text] of [['percent', percent], ['uncertainty', uncertainty]] as const) {
    if (text !== undefined && !isPercent(text)) work.fault(`${pointer}/${member}`, 'percent', '应为 0 至 100、至多八位小数的数', 'it must be from 0 to 100, with at most eight decimals');
  }
  return withoutAbsent({ percent, method: typed.method, uncertainty });
}

function sayFault(work: Work, fault: WeighingFault, pointer: Steps): void {
  if (fault.rule === 'tare-without-gross') return work.fault(`${pointer}/tare`, fault.rule, '有皮重而无毛重', 'there is a tare and no gross');
  const [stated, computed] = [kilograms(fault.statedMg), kilograms(fault.computedMg)];
  if (fault.rule === 'net-of-gross') {
    return work.fault(`${pointer}/gross`, fault.rule, `毛重减皮重为 ${computed} kg，而数量为 ${stated} kg`, `gross less tare is ${computed} kg, and the quantity is ${stated} kg`);
  }
  return work.fault(`${pointer}/packages`, fault.rule, `件数×每件加零头为 ${computed} kg，而数量为 ${stated} kg`, `the packages come to ${computed} kg, and the quantity is ${stated} kg`);
}

function kilograms(mg: bigint): number | string;
function kilograms(mg: bigint | undefined): number | string | undefined;
function kilograms(mg: bigint | undefined): number | string | undefined {
  return mg === undefined ? undefined : amountOut(mg, 'mg');
}
