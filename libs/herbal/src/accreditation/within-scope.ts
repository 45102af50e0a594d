import { keyOf } from '../verdict/item-names';

/** What a laboratory is accredited for, by one certificate. */
export interface Accreditation {
  /** `CMA` 检验检测机构资质认定, `CNAS` 认可, or another's name. */
  readonly scheme: string;
  /** Days from and until which it holds, `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
  readonly scope: readonly ScopeLine[];
  /** 授权签字人, by id of the person; absent where none are on record. Without tests: for the whole scope. */
  readonly signatories?: readonly { readonly person: string; readonly tests?: readonly string[] }[];
}

/** One line of a scope: a test, perhaps of one analyte or by one method alone. */
export interface ScopeLine {
  readonly test: string;
  readonly analyte?: string;
  /** Method or standard, as the certificate prints it. */
  readonly method?: string;
}

/** An item as a report has it, and how the report speaks of it. */
export interface ReportedTest {
  readonly test: string;
  readonly analyte?: string;
  /** What the report says it goes by. */
  readonly standard: string;
  /** Day of issue. */
  readonly on: string;
  readonly approver?: string;
}

/**
 * How an item stands under a scheme: covered 在资质范围内; not in any scope 超出范围; in a scope that did not hold on that day 已过期;
 * signed by somebody not authorised for it 签字人未获授权; or nothing of that scheme on record 未登记.
 */
export type Coverage = 'covered' | 'outside' | 'expired' | 'signatory' | 'not-on-record';

/** Whether what is on record of a laboratory covers an item on its day. */
export function coverageOf(item: ReportedTest, scheme: string, accreditations: readonly Accreditation[]): Coverage {
  const own = accreditations.filter((one) => one.scheme === scheme);
  if (own.length === 0) return 'not-on-record';
  const naming = own.filter(({ scope }) => scope.some((line) => names(line, item)));
  if (naming.length === 0) return 'outside';
  const inForce = naming.filter(({ from, until }) => from <= item.on && item.on <= until);
  if (inForce.length === 0) return 'expired';
  return inForce.some((one) => maySign(one, item)) ? 'covered' : 'signatory';
}

/** A line without a method is of any; with one the report must go by it, as it is printed. */
function names({ test, analyte, method }: ScopeLine, item: ReportedTest): boolean {
  const [line, said] = [keyOf(test, analyte), keyOf(item.test, item.analyte)];
  const isTest = line.test !== undefined ? line.test === said.test : line.bare === said.bare;
  return isTest && (line.analyte === undefined || line.analyte === said.analyte) && (method === undefined || plain(item.standard).includes(plain(method)));
}

function maySign({ signatories }: Accreditation, { test, analyte, approver }: ReportedTest): boolean {
  if (signatories === undefined || signatories.length === 0 || approver === undefined) return true;
  const item = keyOf(test, analyte);
  return signatories.some(({ person, tests }) => person === approver && (tests === undefined || tests.some((one) => {
    const key = keyOf(one);
    return key.test !== undefined ? key.test === item.test : key.bare === item.bare;
  })));
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

/** Coverage in words. */
export const COVERAGE_WORDS: Readonly<Record<Coverage, { readonly zh: string; readonly en: string }>> = {
  covered: { zh: '在资质范围内', en: 'within its accreditation' },
  outside: { zh: '超出资质范围', en: 'outside its accreditation' },
  expired: { zh: '当日资质不在有效期', en: 'accredited, but not on that day' },
  signatory: { zh: '签字人未获授权', en: 'signed by somebody not authorised for it' },
  'not-on-record': { zh: '资质未登记', en: 'no such accreditation on record' },
};
