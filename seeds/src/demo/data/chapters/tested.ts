import { type Act, at, type Body, dayOf, form } from '../act';

/** What a laboratory found of one item: item, value, unit, limit as printed. */
export type Found = readonly [test: string, value: string, unit?: string, limitText?: string];

/** A test of a batch. */
export interface Test {
  readonly batch: string;
  /** Quality head of the batch's organisation, its code, the site the sample is drawn at. */
  readonly by: string;
  readonly code: string;
  readonly site: string;
  readonly drawn: Body;
  /** `MM-DD` of the sample; report, review and approval follow in three days, the release on the fourth. */
  readonly day: string;
  readonly number: string;
  readonly standard: string;
  readonly found: readonly Found[];
}

/** A sample goes to the laboratory, which finds nothing against it; then the quality head lets the batch go. */
export function tested(y: number, test: Test): Act[] {
  return [...reported(y, test), released(test, at(y, test.day, '09:00', 4))];
}

/** Sample, and a report that three people sign. @param failing the items that do not conform */
export function reported(y: number, test: Test, failing: readonly string[] = []): Act[] {
  const { batch, by, code, site, drawn, day, number, standard, found } = test;
  const verdict = failing.length === 0 ? 'pass' : 'fail';
  const items = [['性状', '符合规定'] as Found, ...found].map(([item, value, unit, limitText]) => ({
    test: item, value, ...(unit !== undefined && { unit }), ...(limitText !== undefined && { limitText }), verdict: failing.includes(item) ? 'fail' : 'pass',
  }));
  const approvedAt = at(y, day, '15:00', 3);
  return [
    form(`sample ${batch}`, by, 'samples', {
      eventTime: at(y, day, '09:30'), site: `@site/${site}`, lines: [{ batch: `@batch/${batch}`, ...drawn }], laboratory: { organisation: 'LINFEN-JC' }, sampleNumber: `YP-${number}`,
    }),
    form(`report ${batch}`, 'jiance-tester', 'test-reports', {
      number, batch: `@batch/${batch}`, sampleNumber: `YP-${number}`, commissioner: code, standard, sampledQuantity: `${drawn.quantity} ${drawn.unit}`, items,
    }, { report: batch, writtenAt: at(y, day, '16:00', 2) }),
    form(`review ${batch}`, 'jiance-reviewer', `test-reports/@report/${batch}/review`, {}, { writtenAt: at(y, day, '10:00', 3) }),
    form(`approve ${batch}`, 'jiance-approver', `test-reports/@report/${batch}/approval`, { verdict, issuedOn: dayOf(approvedAt) }, { writtenAt: approvedAt }),
  ];
}

/** The quality head lets a batch go. */
function released({ batch, by, standard }: Test, writtenAt: string): Act {
  return form(`release ${batch}`, by, 'releases', { batch: `@batch/${batch}`, decision: 'released', standard, reason: '检验符合规定，记录完整' }, { writtenAt });
}

const COPIED = '限度抄自检验记录模板，未与印刷本核对（演示）';
export const standardOf = (herb: string): string => `《中国药典》${herb}项；${COPIED}`;

/** Limits as read in a plant's inspection-record templates; they judge nothing here, the approver does. */
const MOST = (limit: string): string => `不得过 ${limit}%`;
const LEAST = (limit: string): string => `不得少于 ${limit}%`;

/** 青翘: impurities, water, ash, extract, 连翘苷, 连翘酯苷A. */
export const greenForsythia = (...values: readonly [string, string, string, string, string, string]): Found[] =>
  forsythia(values, [MOST('3'), MOST('10.0'), MOST('4.0'), LEAST('30.0'), LEAST('0.15'), LEAST('3.5')]);
/** 老翘: the same items, other limits. */
export const oldForsythia = (...values: readonly [string, string, string, string, string, string]): Found[] =>
  forsythia(values, [MOST('9'), MOST('10.0'), MOST('4.0'), LEAST('16.0'), LEAST('0.15'), LEAST('0.25')]);

const forsythia = (values: readonly string[], limits: readonly string[]): Found[] =>
  ['杂质', '水分', '总灰分', '浸出物', '连翘苷', '连翘酯苷A'].map((test, i) => [test, values[i] as string, '%', limits[i] as string]);

/** 生地黄: water, ash, extract. */
export const rehmannia = (water: string, ash: string, extract: string): Found[] => [
  ['水分', water, '%', MOST('15.0')], ['总灰分', ash, '%', MOST('8.0')], ['浸出物', extract, '%', LEAST('65.0')],
];
/** 熟地黄: ash, extract, 地黄苷D. */
export const steamedRehmannia = (ash: string, extract: string, glycoside: string): Found[] => [
  ['总灰分', ash, '%', MOST('8.0')], ['浸出物', extract, '%', LEAST('65.0')], ['地黄苷D', glycoside, '%', LEAST('0.050')],
];
/** 黄芩: water, ash, extract, 黄芩苷. */
export const scutellaria = (water: string, ash: string, extract: string, baicalin: string): Found[] => [
  ['水分', water, '%', MOST('12.0')], ['总灰分', ash, '%', MOST('6.0')], ['浸出物', extract, '%', LEAST('40.0')], ['黄芩苷', baicalin, '%', LEAST('9.0')],
];
/** 党参: water, ash, extract, sulphur dioxide. */
export const codonopsis = (water: string, ash: string, extract: string, sulphurDioxide: string): Found[] => [
  ['水分', water, '%', MOST('16.0')], ['总灰分', ash, '%', MOST('5.0')], ['浸出物', extract, '%', LEAST('55.0')], ['二氧化硫残留量', sulphurDioxide, 'mg/kg', '不得过 400 mg/kg'],
];
