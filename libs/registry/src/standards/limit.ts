/** What a standard says, as plain data. Families, directions and bases are the kernel's, which judges by them. */
import { type Basis, LIMIT_DIRECTIONS, type LimitDirection, type StandardFamily, STANDING_OF_FAMILY } from '@daodi/herbal';

export { LIMIT_DIRECTIONS, type LimitDirection, type StandardFamily };

/** Whose standard it is by kind: the law's, the house's own, a contract's, a region's, or that of food. */
export const STANDARD_FAMILIES = Object.keys(STANDING_OF_FAMILY) as readonly StandardFamily[];

/** What each family is. */
export const FAMILY_MEANINGS: Readonly<Record<StandardFamily, string>> = {
  pharmacopoeia: '药典 pharmacopoeia', provincial: '省级药材标准或炮制规范 provincial standard', registration: '药品注册标准 standard a medicine is registered with',
  house: '企业内控标准 house standard', contract: '合同约定 contract', gi: '地理标志产品规范 specification of a geographical indication', food: '食品标准 food standard', tea: '代用茶标准 standard of herbal tea',
};

/** Whether failing a family's standard is failing the law (法定标准): a fail there is final, no concession helps. */
export const isStatutory = (family: StandardFamily): boolean => STANDING_OF_FAMILY[family] === 'statutory';

/** What each direction is. */
export const DIRECTION_MEANINGS: Readonly<Record<LimitDirection, string>> = {
  max: '不得过 not more than', min: '不得少于 not less than', range: '应在范围内 within', 'not-detected': '不得检出 not to be detected', conforms: '应符合规定（描述性项目） to conform: an item described in words',
};

/** Whether a content is reckoned on the dried substance or on the sample as it is. */
export const LIMIT_BASES: readonly Basis[] = ['dried', 'as-is'];
export type LimitBasis = Basis;

/** What each basis is. */
export const BASIS_MEANINGS: Readonly<Record<LimitBasis, string>> = { dried: '按干燥品计算 on the dried substance', 'as-is': '按供试品原样计算 on the sample as it is' };

/** One limit 限度 of one version of a standard. */
export interface StandardLimit {
  /** Names it within its version: `L1`, `L2`, … in the order they were given. */
  readonly id: string;
  /** 检验项目, as printed: `水分`, `含量测定`. */
  readonly item: string;
  /** The item's name among ours, where it has one: `moisture`. */
  readonly itemCode?: string;
  /** What is measured; several are summed (`连翘苷`; `Rg1`, `Re`). */
  readonly analytes?: readonly string[];
  /** Number of the general chapter 通则 its method stands in. */
  readonly chapter?: string;
  /** As printed, in half-width digits; its decimals are significant: `0.20` is another limit than `0.2`. A range is `a~b`. */
  readonly limitText: string;
  /** `%`, `mg/kg`, …; absent only where nothing is measured. */
  readonly unit?: string;
  readonly direction: LimitDirection;
  /** Where in the source it stands. */
  readonly page?: string;
  readonly basis?: LimitBasis;
  /** Where it was read, if elsewhere than the standard itself. */
  readonly source?: string;
  /** Whether whoever typed it says that it was read in the printed source. It judges nothing by that: two people do. */
  readonly verified: boolean;
}

/** A limit as somebody types it. */
export type TypedLimit = Omit<StandardLimit, 'id' | 'verified'> & { readonly verified?: boolean };

/**
 * A text with full-width letters, digits and signs made half-width, one sign for minus and one for micro, and no space at
 * its ends. Nothing else is made equal: a compatibility form of Unicode (NFKC) would turn `10²` into `102`.
 */
export const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ').replace(/[\u2212\u2010\u2011]/g, '-').replace(/\u00b5/g, '\u03bc').trim();

/** The same without any space: how two texts typed by two people are compared. */
export const plain = (text: string): string => halfWidth(text).replace(/\s+/gu, '');
