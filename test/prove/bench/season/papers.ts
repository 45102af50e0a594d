/** What laboratories print in a fraud season. The limits are those of plants' templates and judge nothing here by themselves. */
import type { Found } from './story';

const MOST = (limit: string): string => `不得过 ${limit}%`;
const LEAST = (limit: string): string => `不得少于 ${limit}%`;

/** 青翘. @param ester 连翘酯苷A: its value, and its limit as printed */
export const GREEN = ({ impurities = '2', water = '8.2', extract = '33.1', ester = ['4.2', LEAST('3.5')] }: { readonly impurities?: string; readonly water?: string; readonly extract?: string; readonly ester?: readonly [string, string] } = {}): Found[] => [
  ['性状', '符合规定'], ['杂质', impurities, '%', MOST('3')], ['水分', water, '%', MOST('10.0')], ['总灰分', '3.1', '%', MOST('4.0')],
  ['浸出物', extract, '%', LEAST('30.0')], ['连翘苷', '0.21', '%', LEAST('0.15')], ['连翘酯苷A', ester[0], '%', ester[1]],
];

/** 党参. @param sulphur mg/kg, and its verdict */
export const CODONOPSIS = (sulphur = '36', verdict = 'pass', ash = '3.7'): Found[] => [
  ['性状', '符合规定'], ['水分', '13.6', '%', MOST('16.0')], ['总灰分', ash, '%', MOST('5.0')], ['浸出物', '61.2', '%', LEAST('55.0')], ['二氧化硫残留量', sulphur, 'mg/kg', '不得过 400 mg/kg', verdict],
];

/** 黄芩. */
export const SCUTELLARIA = (baicalin = '11.2', verdict = 'pass'): Found[] => [
  ['性状', '符合规定'], ['水分', '9.8', '%', MOST('12.0')], ['总灰分', '4.6', '%', MOST('6.0')], ['浸出物', '45.7', '%', LEAST('40.0')], ['黄芩苷', baicalin, '%', LEAST('9.0'), verdict],
];

/** 酸枣仁: whether it was identified as what it is sold for. */
export const JUJUBE_KERNEL = (identification: string, verdict: string): Found[] => [
  ['性状', '符合规定'], ['鉴别', identification, undefined, '应符合规定', verdict], ['水分', '7.1', '%', MOST('11.0')],
];
