import { randomUUID } from 'node:crypto';
import type { Chance } from './random';

/** One evening at a station, made up from chance: what the scale showed, and what must come of it, reckoned here in plain numbers. */
export interface Evening {
  readonly pickers: readonly PickerSeen[];
  readonly slips: readonly Weighed[];
}

/** Somebody with sacks. */
export interface PickerSeen {
  readonly id: string;
  readonly kind: 'member' | 'household' | 'bare-name';
  readonly name: string;
  readonly phone?: string;
}

/** One weighing, in tenths of a 斤 (50 g), as the scale shows them. */
export interface Weighed {
  readonly id: string;
  readonly picker: PickerSeen;
  /** 0 or 1. */
  readonly scale: number;
  readonly at: string;
  /** Its place among the slips of its device, from 1. */
  readonly counter: number;
  readonly gross: number;
  readonly tare: number;
  readonly waterPercent?: number;
  readonly leaves?: number;
  /** 分 for one 斤. */
  readonly price: number;
  readonly sacks: number;
}

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'];
const GIVEN = ['𠮿秀', '桂花', '拴柱', '喜梅', '满仓', '银锁', '玉珍', '铁蛋', '来福', '翠兰'];
/** Nobody else on these premises is called so, and no price of anything else ends so: what leaks is found. */
const PHONE = '1390355';

/** @param picked how many pickers @param weighed how many slips, at least one each */
export function evening(chance: Chance, picked: number, weighed: number, day: string): Evening {
  const pickers = Array.from({ length: picked }, (_, i): PickerSeen => ({
    id: randomUUID(),
    kind: i % 3 === 0 ? 'bare-name' : i % 3 === 1 ? 'household' : 'member',
    name: `${SURNAMES[i % SURNAMES.length]}${GIVEN[Math.floor(i / SURNAMES.length) % GIVEN.length]}${['甲', '乙', '丙'][i % 3]}`,
    phone: i % 2 === 0 ? `${PHONE}${String(i).padStart(4, '0')}` : undefined,
  }));
  const counters = [0, 0];
  const slips = Array.from({ length: weighed }, (_, i): Weighed => {
    const scale = chance.below(2);
    counters[scale] = (counters[scale] as number) + 1;
    const sacks = 1 + chance.below(3);
    return {
      id: randomUUID(), picker: pickers[i < picked ? i : chance.below(picked)] as PickerSeen, scale, counter: counters[scale] as number,
      at: new Date(Date.parse(`${day}T18:30:00+08:00`) + i * 40_000).toISOString(),
      gross: 200 + chance.below(1_200), tare: sacks * (3 + chance.below(4)), sacks, price: 317 + chance.below(3),
      waterPercent: chance.below(3) === 0 ? 3 + chance.below(6) : undefined, leaves: chance.below(4) === 0 ? 1 + chance.below(12) : undefined,
    };
  });
  return { pickers, slips };
}

const tenths = (n: number): string => `${Math.floor(n / 10)}.${n % 10}`;
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** The slip as a phone sends it; a bare name comes with it. */
export const bodyOf = ({ id, picker, at, gross, tare, waterPercent, leaves, price, sacks, counter, scale }: Weighed, station: { readonly site: string; readonly plot: string; readonly scales: readonly string[] }) => ({
  id, eventTime: at, site: station.site, area: station.plot, herb: 'lianqiao', grade: '青翘', unit: '斤', scale: station.scales[scale],
  ...(picker.kind === 'bare-name' ? { newPicker: { id: picker.id, kind: picker.kind, name: picker.name, phone: picker.phone } } : { picker: picker.id }),
  gross: tenths(gross), tare: tenths(tare), sacks, price: yuan(price), slipNumber: `${scale + 1}-${counter}`,
  ...((waterPercent !== undefined || leaves !== undefined) && { deductions: [
    ...(waterPercent === undefined ? [] : [{ kind: 'water', percent: waterPercent }]), ...(leaves === undefined ? [] : [{ kind: 'impurity', weight: tenths(leaves) }]),
  ] }),
});

/** What arrived, in grams: whole ones, since the scales show 50 g. */
export const arrivedGrams = ({ gross, tare }: Weighed): number => (gross - tare) * 50;

/** What is paid for, in milligrams: per cents of whole tenths of a 斤 are whole half grams, so nothing is rounded. */
export const paidMilligrams = (slip: Weighed): number =>
  (slip.gross - slip.tare) * (100 - (slip.waterPercent ?? 0)) * 500 - (slip.leaves ?? 0) * 50_000;

/** What is paid, in 分, half a 分 up. */
export const paidFen = (slip: Weighed): number => Math.floor((2 * paidMilligrams(slip) * slip.price + 500_000) / 1_000_000);

export const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((total, item) => total + of(item), 0);
