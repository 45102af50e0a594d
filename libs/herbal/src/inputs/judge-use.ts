import { type BanMatch, type BanNotice, bansOn } from './bans';
import { ingredientKey } from './ingredients';

/** Kinds of inputs. A pesticide in the law's sense is also what dresses seed and what regulates growth. */
export const INPUT_KINDS = ['pesticide', 'seed-dressing', 'growth-regulator', 'fertiliser', 'soil-conditioner', 'film', 'other'] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

const PESTICIDES: ReadonlySet<string> = new Set(['pesticide', 'seed-dressing', 'growth-regulator']);

/** A product as its label says. */
export interface LabelledInput {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly ingredients: readonly string[];
  /** Herbs it is registered on; days 0 where the label says that none are needed, absent where it is not known what it says. */
  readonly crops: readonly { readonly herb?: string; readonly safetyIntervalDays?: number }[];
}

/** What a named notice, or the organisation's approved SOP, allows beyond labels. Days are `YYYY-MM-DD`. */
export interface InputAllowance {
  readonly basis: string;
  readonly number: string;
  readonly herb: string;
  readonly ingredients: readonly string[];
  readonly safetyIntervalDays: number;
  readonly from: string;
  readonly to?: string;
}

/** One input used on a crop, as field work records it. */
export interface InputUse {
  /** Day in China on which it was used. */
  readonly day: string;
  readonly herb?: string;
  /** Word of the field work, e.g. plant-protection. */
  readonly work: string;
  readonly name: string;
  readonly registrationNumber?: string;
  readonly safetyIntervalDays?: number;
  readonly ingredients?: readonly string[];
  readonly kind?: string;
  readonly product?: LabelledInput;
}

/** How a use stands: on the label for this crop, allowed otherwise, neither (超范围), or no pesticide at all. */
export type UseStanding = 'registered' | 'allowed' | 'off-label' | 'no-pesticide';

export interface JudgedUse {
  readonly standing: UseStanding;
  readonly ingredients: readonly string[];
  /** The notice or SOP that allows it. */
  readonly allowedBy?: string;
  readonly safetyIntervalDays?: number;
  /** First day on which may be harvested; absent where it is no pesticide, or where nobody can say. */
  readonly earliestHarvest?: string;
  readonly bans: readonly BanMatch[];
}

/**
 * Judges one use by what was in force on its day. Registered is what the product's label names this herb for; where no
 * product is on record, a registration number and an interval typed from the label count as the sayer's word for it. An
 * interval nobody stated leaves the use off-label: what cannot be known is no pass.
 *
 * @param allowances of the organisation whose crop it is
 */
export function judgeUse(use: InputUse, allowances: readonly InputAllowance[], notices: readonly BanNotice[]): JudgedUse {
  const { product, day, herb } = use;
  const ingredients = [...new Set(product?.ingredients ?? use.ingredients ?? [])].sort();
  const bans = bansOn(notices, { name: [product?.name, use.name].filter((name) => name !== undefined).join('|'), ingredients: [...ingredients, ...(use.ingredients ?? [])] }, day);
  const common = { ingredients, bans };
  if (!isPesticide(use)) return { ...common, standing: 'no-pesticide' };
  const days = product === undefined ? declaredDays(use) : labelDays(product, herb);
  if (days !== undefined) return { ...common, standing: 'registered', safetyIntervalDays: days, earliestHarvest: plusDays(day, days) };
  const allowance = herb === undefined ? undefined : allowanceFor(allowances, ingredients, herb, day);
  if (allowance === undefined) return { ...common, standing: 'off-label' };
  const { number, safetyIntervalDays } = allowance;
  return { ...common, standing: 'allowed', allowedBy: number, safetyIntervalDays, earliestHarvest: plusDays(day, safetyIntervalDays) };
}

/** Stands for a day nobody can name: beyond every other. */
const NEVER = '9999-12-31';

/** A day so many days later, by the calendar; the last day of all where there is no such day. @param day `YYYY-MM-DD` */
export function plusDays(day: string, days: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) + days * 86_400_000;
  return Number.isNaN(time) || time > Date.parse(`${NEVER}T00:00:00Z`) ? NEVER : new Date(time).toISOString().slice(0, 10);
}

const isPesticide = ({ product, kind, work, safetyIntervalDays }: InputUse): boolean => {
  const stated = product?.kind ?? kind;
  return stated === undefined ? work === 'plant-protection' || safetyIntervalDays !== undefined : PESTICIDES.has(stated);
};

const declaredDays = ({ registrationNumber, safetyIntervalDays }: InputUse): number | undefined => (registrationNumber === undefined ? undefined : safetyIntervalDays);

/** The longest the label names for the herb: it may stand there for several purposes. */
function labelDays({ crops }: LabelledInput, herb: string | undefined): number | undefined {
  const stated = crops.filter((crop) => crop.herb !== undefined && crop.herb === herb).map(({ safetyIntervalDays }) => safetyIntervalDays);
  return stated.length === 0 || stated.includes(undefined) ? undefined : Math.max(...(stated as number[]));
}

/** An allowance in force that covers every ingredient; of several the one with the longest interval. */
function allowanceFor(allowances: readonly InputAllowance[], ingredients: readonly string[], herb: string, day: string): InputAllowance | undefined {
  if (ingredients.length === 0) return undefined;
  return allowances
    .filter((one) => one.herb === herb && one.from <= day && (one.to === undefined || day <= one.to))
    .filter((one) => ingredients.every((ingredient) => one.ingredients.some((allowed) => ingredientKey(allowed) === ingredientKey(ingredient))))
    .sort((a, b) => b.safetyIntervalDays - a.safetyIntervalDays || (a.number < b.number ? -1 : 1))[0];
}
