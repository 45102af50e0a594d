/**
 * Names under which laboratories and books write the same item or analyte. Chinese and English names of tests and
 * analytes as the pharmacopoeia's own Chinese and English editions use them, chemical symbols by IUPAC; the spellings
 * of reports are those of the inspection-record templates the limits were read in (`seeds/standards.json`). What is not
 * here is known by its own spelling alone: then standard and report have to write it alike.
 *
 * Not the same, and kept apart: 水分 and 干燥失重 (two general chapters), 总灰分 and 酸不溶性灰分, 水溶性 and 醇溶性浸出物.
 */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  description: ['性状', '外观性状', 'description', 'appearance'],
  identification: ['鉴别', 'identification'],
  impurities: ['杂质', '药屑杂质', '药屑及杂质', 'foreign matter'],
  moisture: ['水分', '水分测定', '含水量', 'water', 'moisture', 'water content'],
  'loss-on-drying': ['干燥失重', 'loss on drying'],
  'total-ash': ['总灰分', 'total ash'],
  'acid-insoluble-ash': ['酸不溶性灰分', '酸不溶灰分', 'acid-insoluble ash'],
  extract: ['浸出物', '浸出物测定', 'extractives', 'extract'],
  assay: ['含量测定', '含量', 'assay', 'content'],
  'volatile-oil': ['挥发油', '挥发油测定', 'volatile oil'],
  'sulphur-dioxide': ['二氧化硫残留量', '二氧化硫', '二氧化硫残留', 'so2', 'sulphur dioxide', 'sulfur dioxide'],
  'heavy-metals': ['重金属及有害元素', '重金属', 'heavy metals', 'heavy metals and harmful elements'],
  aflatoxins: ['黄曲霉毒素', 'aflatoxins', 'aflatoxin'],
  mycotoxins: ['真菌毒素', 'mycotoxins'],
  'banned-pesticides': ['禁用农药残留', '禁用农药', '禁用农药残留(33种)', '禁用农药残留(2025版)'],
  'organochlorine-pesticides': ['其他有机氯类农药残留', '有机氯类农药残留', '有机氯农药残留量'],
  pesticides: ['农药残留', '农药残留量', '农残', 'pesticide residues'],
  'particle-size': ['粒度', 'particle size'],
  'fill-variation': ['装量差异'],
  'microbial-limit': ['微生物限度', 'microbial limits'],
};

/** Analytes by the test under which they are measured. */
const ANALYTES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'sulphur-dioxide': { 'sulphur-dioxide': ['so2', '二氧化硫', '二氧化硫残留量'] },
  'volatile-oil': { 'volatile-oil': ['挥发油'] },
  'heavy-metals': {
    lead: ['铅', 'pb', 'lead', '总铅'], cadmium: ['镉', 'cd', 'cadmium', '总镉'], arsenic: ['砷', 'as', 'arsenic', '总砷'],
    mercury: ['汞', 'hg', 'mercury', '总汞'], copper: ['铜', 'cu', 'copper', '总铜'],
  },
  aflatoxins: {
    'aflatoxin-b1': ['b1', '黄曲霉毒素b1', 'aflatoxin b1', 'afb1'], 'aflatoxin-b2': ['b2', '黄曲霉毒素b2', 'aflatoxin b2', 'afb2'],
    'aflatoxin-g1': ['g1', '黄曲霉毒素g1', 'aflatoxin g1', 'afg1'], 'aflatoxin-g2': ['g2', '黄曲霉毒素g2', 'aflatoxin g2', 'afg2'],
  },
  mycotoxins: { zearalenone: ['玉米赤霉烯酮', 'zearalenone', 'zen'] },
  extract: {
    'water-soluble': ['水溶性', '水溶性浸出物', 'water-soluble extractives'],
    'ethanol-soluble': ['醇溶性', '醇溶性浸出物', 'ethanol-soluble extractives'],
  },
};

/** Names of a sum, and what is summed. */
const SUMS: Readonly<Record<string, readonly string[]>> = {
  '黄曲霉毒素总量': ['b1', 'b2', 'g1', 'g2'], '黄曲霉毒素b1、b2、g1、g2总量': ['b1', 'b2', 'g1', 'g2'], 'total aflatoxins': ['b1', 'b2', 'g1', 'g2'],
};

/** Test and analyte as this kernel compares them: codes where a name is on record, else the name in one spelling. */
export interface ItemKey {
  /** Absent where the text may be a test or an analyte of any. */
  readonly test?: string;
  /** One code, or those of a sum in order, joined by `+`. */
  readonly analyte?: string;
  /** The text itself, where {@link test} is absent. */
  readonly bare?: string;
}

const TEST_OF = index(TESTS);
/** Every analyte that is known without its test: one whose name stands under one test alone, and is no bare letter and digit. */
const ANALYTE_ALONE = new Map(
  Object.entries(ANALYTES).flatMap(([test, analytes]) =>
    Object.entries(analytes).flatMap(([code, names]) => names.filter((name) => !/^[bg]\d$/.test(name)).map((name) => [squeezed(name), { test, analyte: code }] as const)),
  ),
);

/** What an item is, by its test and analyte as they are written. */
export function keyOf(test: string, analyte?: string, sumOf?: readonly string[]): ItemKey {
  const name = squeezed(test);
  const code = TEST_OF.get(name);
  if (sumOf !== undefined && sumOf.length > 0) return { test: code ?? ANALYTE_ALONE.get(name)?.test ?? name, analyte: sumCode(code ?? name, sumOf) };
  if (analyte !== undefined && squeezed(analyte) !== '') {
    const group = code ?? ANALYTE_ALONE.get(name)?.test ?? name;
    return { test: group, analyte: analyteCode(group, squeezed(analyte)) };
  }
  if (code !== undefined) {
    // 二氧化硫残留量 has one analyte, and it need not be said.
    const only = Object.keys(ANALYTES[code] ?? {});
    return { test: code, ...(only.length === 1 && only[0] === code && { analyte: code }) };
  }
  const alone = ANALYTE_ALONE.get(name);
  if (alone !== undefined) return alone;
  const sum = SUMS[name] ?? SUMS[test.trim().toLowerCase()];
  if (sum !== undefined) return { test: 'aflatoxins', analyte: sumCode('aflatoxins', sum) };
  return compound(name) ?? { bare: name.replace(/(?:的)?含量$/, '').split('+').sort().join('+') };
}

/** Our name of a test as it is written in words, where one is on record: `moisture` of `水分`. */
export const itemCode = (test: string): string | undefined => TEST_OF.get(squeezed(test));

/** `含量测定(连翘苷)`, `含量测定-连翘苷`, `含量测定：连翘苷`; `铅(Pb)`, `铅(以Pb计)`. */
function compound(name: string): ItemKey | undefined {
  const [, outer = '', inner = ''] = /^([^()]+)\((?:以)?([^()]+?)(?:计)?\)$/.exec(name) ?? /^([^():]+)[:—-](.+)$/.exec(name) ?? [];
  if (outer === '') return undefined;
  const test = TEST_OF.get(outer);
  if (test !== undefined) return { test, analyte: analyteCode(test, inner) };
  const [a, b] = [ANALYTE_ALONE.get(outer), ANALYTE_ALONE.get(inner)];
  return a !== undefined && b !== undefined && a.analyte === b.analyte ? a : undefined;
}

function analyteCode(test: string, name: string): string {
  const sum = SUMS[name] ?? (name.includes('+') ? name.split('+') : undefined);
  if (sum !== undefined) return sumCode(test, sum);
  const inner = /^([^()]+)\((?:以)?([^()]+?)(?:计)?\)$/.exec(name);
  for (const [code, names] of Object.entries(ANALYTES[test] ?? ANALYTES[ANALYTE_ALONE.get(name)?.test ?? ''] ?? {})) {
    const known = names.map(squeezed);
    if (known.includes(name) || (inner !== null && known.includes(inner[1] as string) && known.includes(inner[2] as string))) return code;
  }
  return name.replace(/(?:的)?含量$/, '');
}

const sumCode = (test: string, parts: readonly string[]): string => parts.map((part) => analyteCode(test, squeezed(part))).sort().join('+');

/** One spelling: no blanks, half width, small letters, digits on the line. */
function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/[\s·]+/g, '').toLowerCase();
}

function index(names: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(names).flatMap(([code, all]) => all.map((name) => [squeezed(name), code] as const)));
}
