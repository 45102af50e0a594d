/**
 * Standards made up for the demonstration, so that it can show what passes: no pharmacopoeia, and none binds outside a
 * demonstration. Each holds for every form of its herb. The numbers are those the reports of the season print, which were
 * read in a plant's templates and not in a printed source.
 */

/** A limit as it is typed; who confirms it types it again. */
export interface DemoLimit {
  readonly item: string;
  readonly analytes?: readonly string[];
  readonly limitText: string;
  readonly unit?: string;
  readonly direction: 'max' | 'min' | 'conforms';
}

export interface DemoStandard {
  readonly key: string;
  readonly name: string;
  readonly family: 'pharmacopoeia' | 'registration';
  readonly herb?: string;
  readonly grade?: string;
  /** Key of the product it is bound to, and whose. */
  readonly product?: { readonly key: string; readonly organisation: string };
  readonly limits: readonly DemoLimit[];
  /** Organisations of which two people confirm it. */
  readonly confirmedBy: readonly string[];
}

const conforms = (item: string): DemoLimit => ({ item, limitText: '应符合规定', direction: 'conforms' });
const most = (item: string, limitText: string, unit = '%'): DemoLimit => ({ item, limitText, unit, direction: 'max' });
const least = (item: string, limitText: string, analyte?: string): DemoLimit => ({ item, limitText, unit: '%', direction: 'min', ...(analyte !== undefined && { analytes: [analyte] }) });
const assay = (analyte: string, limitText: string): DemoLimit => least('含量测定', limitText, analyte);

const forsythia = (impurities: string, extract: string, glycoside: string): readonly DemoLimit[] => [
  conforms('性状'), most('杂质', impurities), most('水分', '10.0'), most('总灰分', '4.0'), least('浸出物', extract), assay('连翘苷', '0.15'), assay('连翘酯苷A', glycoside),
];
const LAB = 'LINFEN-JC';
const named = (what: string): string => `演示药典（虚构）${what}`;

export const STANDARDS: readonly DemoStandard[] = [
  {
    key: 'lianqiao-green', name: named('连翘 青翘'), family: 'pharmacopoeia', herb: 'lianqiao', grade: '青翘', limits: forsythia('3', '30.0', '3.5'),
    confirmedBy: [LAB, 'ANZE-LQ', 'ANZE-JG', 'HOUMA-YP', 'LINFEN-ZY', 'LINFEN-DYF'],
  },
  { key: 'lianqiao-old', name: named('连翘 老翘'), family: 'pharmacopoeia', herb: 'lianqiao', grade: '老翘', limits: forsythia('9', '16.0', '0.25'), confirmedBy: [LAB, 'ANZE-LQ', 'ANZE-JG', 'HOUMA-YP'] },
  {
    key: 'dihuang', name: named('地黄'), family: 'pharmacopoeia', herb: 'dihuang', limits: [conforms('性状'), most('总灰分', '8.0'), least('浸出物', '65.0')],
    confirmedBy: [LAB, 'XIANGFEN-DH', 'HOUMA-YP', 'LINFEN-ZY'],
  },
  {
    key: 'huangqin', name: named('黄芩'), family: 'pharmacopoeia', herb: 'huangqin', confirmedBy: [LAB, 'JIANGXIAN-HQ', 'HOUMA-YP', 'LINFEN-ZY'],
    limits: [conforms('性状'), most('水分', '12.0'), most('总灰分', '6.0'), least('浸出物', '40.0'), assay('黄芩苷', '9.0')],
  },
  {
    key: 'dangshen', name: named('党参'), family: 'pharmacopoeia', herb: 'dangshen', confirmedBy: [LAB, 'PINGSHUN-DS', 'HOUMA-YP', 'LINFEN-ZY'],
    limits: [conforms('性状'), most('水分', '16.0'), most('总灰分', '5.0'), least('浸出物', '55.0'), most('二氧化硫残留量', '400', 'mg/kg')],
  },
  {
    key: 'siwei', name: '四味演示颗粒注册标准（虚构，演示）', family: 'registration', product: { key: 'siwei-90g', organisation: 'LINFEN-ZY' }, confirmedBy: [LAB, 'LINFEN-ZY'],
    limits: [conforms('性状'), conforms('粒度'), conforms('水分'), conforms('装量差异')],
  },
];
