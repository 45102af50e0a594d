import { judgeByStandard } from './judge-standard';
import type { DemandedItem, ItemVerdict, ReportedItem, Verdict } from './verdict';
import type { VerdictReason } from './reasons';

/** Limits the cases are judged by. Numbers are made up for the arithmetic; none is a limit of any herb. */
const WATER = limit({ test: '水分', direction: 'max', limitText: '10.0', unit: '%' });
const ASSAY = limit({ test: '含量测定', analyte: '连翘苷', direction: 'min', limitText: '0.15', unit: '%' });
const ASSAY3 = limit({ ...ASSAY, limitText: '0.150' });
const LEAD = limit({ test: '重金属及有害元素', analyte: 'Pb', direction: 'max', limitText: '5', unit: 'mg/kg' });
const CADMIUM = limit({ test: '重金属及有害元素', analyte: 'Cd', direction: 'max', limitText: '0.30', unit: 'mg/kg' });
const SULPHUR = limit({ test: '二氧化硫残留量', direction: 'max', limitText: '150', unit: 'mg/kg' });
const TOXIN = limit({ test: '黄曲霉毒素', analyte: 'B1', direction: 'max', limitText: '5', unit: 'μg/kg' });
const ACIDITY = limit({ test: '酸碱度', direction: 'range', limitText: '4.0~6.0', unit: 'pH' });
const LOOK = limit({ test: '性状', direction: 'conforms', limitText: '应符合规定' });
const GERM = limit({ test: '沙门菌', direction: 'not-detected', limitText: '不得检出（10g）' });
const RESIDUE = limit({ test: '禁用农药残留', analyte: '克百威', direction: 'not-detected', limitText: '不得检出（定量限0.05）', unit: 'mg/kg' });
const OIL = limit({ test: '挥发油', direction: 'min', limitText: '2.0', unit: '%(ml/g)' });
const DRIED = limit({ ...ASSAY, basis: 'dried' });
const DRIED_MAX = limit({ ...LEAD, limitText: '5.0', basis: 'dried' });
const ROTATION = limit({ test: '比旋度', direction: 'range', limitText: '-30~-20', unit: '°' });
const COUNT = limit({ test: '需氧菌总数', direction: 'max', limitText: '1000', unit: 'CFU/g' });

const LIMITS = [WATER, ASSAY, LEAD, CADMIUM, SULPHUR, TOXIN, ACIDITY, LOOK, GERM, RESIDUE, OIL, DRIED, ROTATION, COUNT];

type Case = readonly [
  name: string, limit: DemandedItem, result: string | readonly string[] | (Partial<ReportedItem> & { readonly moisture?: string }),
  verdict: Verdict, reason: VerdictReason, numbers?: { readonly rounded?: string; readonly converted?: string; readonly mean?: string; readonly relativeDeviation?: string },
];

const pass = (rounded?: string): [Verdict, VerdictReason, object?] => ['pass', 'within-limit', rounded === undefined ? undefined : { rounded }];
const fail = (rounded?: string): [Verdict, VerdictReason, object?] => ['fail', 'outside-limit', rounded === undefined ? undefined : { rounded }];
const open = (reason: VerdictReason, numbers?: object): [Verdict, VerdictReason, object?] => ['undetermined', reason, numbers];

/** Results nobody can read, whatever the limit: a typing error, a sign without a number, a word that is no number. */
const GARBAGE = [
  '', ' ', '　', '-', '—', '/', '//', '、', '>=', '<', '≤', '%', 'l0.5', 'O.2', '1O', '0,', ',5', '4,2', '4,21', '4, 2', '4.2.1', '4..2', '.5', '5.', '007', '00.5', '-', '--5', '+-5',
  '约5', '≈5', '5左右', '5±0.2', '4.2?', '?', '合格?', '平均4.2', '四', '１０．０．', '１O', '4 2', '1 234', '12,34', '1,23,456', '0,123', '1，234', '4,210,5', '1/2', '5/6', '3:1', '5-3',
  '<0', '<0.00', '≤0', '>0', '<-1', '< <5', '5<', '5>4', '1e99', '1e', '1×10', '10^', 'e5', '0x10', 'NaN', 'Infinity', '∞', 'null', '无', '无数据', '见附件', '痕量', '微量', 'trace',
  '未检', '未检验', '未做', '待测', '/5', '5/', '2026-08-19', '12.08.2026', '½', '5½', '①', 'Ⅳ', '٤', '4.2 (n=2)', '4.2mg', '4.2 foo', '5 %%', '4.2%;4.3mg/kg', '4.2~', '~4.2', '未检出?', '约未检出', '-未检出',
] as const;

const CASES: readonly Case[] = [
  // Numbers as they are written.
  ['a plain number', WATER, '8.1', ...pass('8.1')],
  ['a number at the limit', WATER, '10.0', ...pass('10.0')],
  ['a number above it', WATER, '10.1', ...fail('10.1')],
  ['blanks around it', WATER, '  8.1 ', ...pass('8.1')],
  ['full-width digits', WATER, '８．１', ...pass('8.1')],
  ['full-width digits that fail', WATER, '１０．６', ...fail('10.6')],
  ['the unit in the value', WATER, { value: '8.1%', unit: undefined }, ...pass('8.1')],
  ['the full-width unit in the value', WATER, { value: '８．１％', unit: undefined }, ...pass('8.1')],
  ['the unit in the value and beside it', WATER, { value: '8.1 %', unit: '%' }, ...pass('8.1')],
  ['a unit beside that is another', WATER, { value: '8.1%', unit: 'mg/kg' }, ...open('unit-conflict')],
  ['a plus sign', WATER, '+8.1', ...pass('8.1')],
  ['thousands parted', SULPHUR, '1,234', ...fail('1234')],
  ['thousands and decimals', COUNT, '1,234.5', ...fail('1234')],
  ['millions parted', COUNT, '1,234,567', ...fail('1234567')],
  ['full-width thousands say nothing', COUNT, '1，234', ...open('value-unreadable')],
  ['a power of ten, E', LEAD, '1.2E-1', ...pass('0')],
  ['a power of ten, ×10^', COUNT, '1.2×10^3', ...fail()],
  ['a power of ten, raised digits', COUNT, '1.2×10²', ...pass()],
  ['a power of ten, raised and negative', CADMIUM, '3.1×10⁻¹', ...fail('0.31')],
  ['a power of ten, lower-case e and plus', COUNT, '9e+2', ...pass()],
  ['a power of ten whose digits leave the limit open', COUNT, '1×10^3', ...open('too-coarse')],
  ['ten with raised digits is no hundred and two', COUNT, '10²', ...open('value-unreadable')],
  ['zero for a maximum', WATER, '0.0', ...pass('0.0')],
  ['zero for a minimum', ASSAY, '0.00', ...fail('0.00')],
  ['zero with too few decimals for a maximum', CADMIUM, '0', ...open('too-coarse')],
  ['zero with too few decimals, far from the limit', LEAD, '0', ...pass('0')],
  ['minus of a content', WATER, '-8.1', ...open('impossible-value')],
  ['minus of a residue', LEAD, '-0.01', ...open('impossible-value')],
  ['the sign for minus', LEAD, '−0.01', ...open('impossible-value')],
  ['the full-width minus', LEAD, '－0.01', ...open('impossible-value')],
  ['more than the whole', ASSAY, '150', ...open('impossible-value')],
  ['more than the whole in mg/kg', LEAD, '2000000', ...open('impossible-value')],
  ['minus of a rotation', ROTATION, { value: '-25.3', unit: '°' }, ...pass()],
  ['minus of a rotation, outside', ROTATION, { value: '-31', unit: '°' }, ...fail('-31')],
  ['plus of a rotation, outside', ROTATION, { value: '+25', unit: '°' }, ...fail('25')],
  ['thirty-one digits', COUNT, '1234567890123456789012345678901', ...open('value-unreadable')],

  // Rounding: once, to the decimals of the limit, half to even.
  ['rounded down to the limit', WATER, '10.04', ...pass('10.0')],
  ['half to even, down', WATER, '10.05', ...pass('10.0')],
  ['just above half', WATER, '10.051', ...fail('10.1')],
  ['half to even, up', WATER, '10.15', ...fail('10.2')],
  ['rounded up to the limit from below', ASSAY, '0.145', ...fail('0.14')],
  ['half to even, up to a minimum', ASSAY, '0.1450001', ...pass('0.15')],
  ['half to even of an even digit', limit({ ...ASSAY, limitText: '0.14' }), '0.145', ...pass('0.14')],
  ['0.2 and 0.20 are two limits: by 0.2', limit({ ...ASSAY, limitText: '0.2' }), '0.196', ...pass('0.2')],
  ['0.2 and 0.20 are two limits: by 0.20', limit({ ...ASSAY, limitText: '0.20' }), '0.194', ...fail('0.19')],
  ['by 0.2 what 0.20 fails', limit({ ...ASSAY, limitText: '0.2' }), '0.194', ...pass('0.2')],
  ['whole numbers of a limit', SULPHUR, '150.4', ...pass('150')],
  ['half of a whole number, to even', SULPHUR, '150.5', ...pass('150')],
  ['above half of a whole number', SULPHUR, '150.51', ...fail('151')],
  ['half of an odd whole number', limit({ ...SULPHUR, limitText: '151' }), '151.5', ...fail('152')],
  ['three decimals of a limit', ASSAY3, '0.1495', ...pass('0.150')],
  ['three decimals of a limit, below', ASSAY3, '0.1494', ...fail('0.149')],
  ['not rounded twice: 10.0499 is not 10.05', WATER, '10.0499', ...pass('10.0')],
  ['not rounded twice, to a minimum', ASSAY, '0.14499', ...fail('0.14')],
  ['thirty decimals', WATER, '10.050000000000000000000000000001', ...fail('10.1')],
  ['what a binary fraction gets wrong: 1.005', limit({ ...CADMIUM, limitText: '1.00' }), '1.005', ...pass('1.00')],
  ['what a binary fraction gets wrong: 2.675', limit({ ...CADMIUM, limitText: '2.67' }), '2.675', ...fail('2.68')],
  ['negative half to even', ROTATION, { value: '-30.5', unit: '°' }, ...pass('-30')],
  ['negative above half', ROTATION, { value: '-30.51', unit: '°' }, ...fail('-31')],

  // Fewer decimals than the limit.
  ['fewer decimals, far below', WATER, '8', ...pass()],
  ['fewer decimals, at the limit', WATER, '10', ...open('too-coarse')],
  ['fewer decimals, above', WATER, '11', ...fail()],
  ['fewer decimals of a minimum, at it', ASSAY, '0.2', 'pass', 'within-limit', { converted: '0.15~0.25' }],
  ['fewer decimals of a minimum, just at it', limit({ ...ASSAY, limitText: '0.20' }), '0.2', ...open('too-coarse')],
  ['fewer decimals of a minimum, below', ASSAY, '0.1', ...open('too-coarse')],
  ['fewer decimals of a minimum, far below', limit({ ...ASSAY, limitText: '0.90' }), '0.2', ...fail()],
  ['fewer decimals through the unit', SULPHUR, { value: '0.02', unit: '%' }, ...open('too-coarse')],
  ['as many decimals through the unit', SULPHUR, { value: '0.0149', unit: '%' }, ...pass('149')],

  // Several determinations: mean first.
  ['two with a comma', ASSAY, '0.16, 0.15', 'pass', 'within-limit', { mean: '0.155', rounded: '0.16' }],
  ['two with a slash', ASSAY, '0.16/0.18', 'pass', 'within-limit', { mean: '0.17', rounded: '0.17' }],
  ['two with a semicolon', ASSAY, '0.16; 0.18', 'pass', 'within-limit', { mean: '0.17' }],
  ['two with the enumeration comma', ASSAY, '0.16、0.18', 'pass', 'within-limit', { mean: '0.17' }],
  ['two with a full-width comma', ASSAY, '0.16，0.18', 'pass', 'within-limit', { mean: '0.17' }],
  ['two with a comma and no blank', ASSAY, '0.16,0.18', 'pass', 'within-limit', { mean: '0.17' }],
  ['two in a list', ASSAY, ['0.16', '0.18'], 'pass', 'within-limit', { mean: '0.17', relativeDeviation: '5.88…' }],
  ['two lines', ASSAY, '0.16\n0.18', 'pass', 'within-limit', { mean: '0.17' }],
  ['full-width and in a list', ASSAY, ['０．１６', '0.18'], 'pass', 'within-limit', { mean: '0.17' }],
  ['a unit behind the last', ASSAY, { value: '0.16, 0.18%', unit: undefined }, 'pass', 'within-limit', { mean: '0.17' }],
  ['a unit behind each', ASSAY, { value: '0.16%, 0.18%', unit: undefined }, 'pass', 'within-limit', { mean: '0.17' }],
  ['two units', ASSAY, { value: '0.16%, 1.8mg/g', unit: undefined }, ...open('unit-conflict')],
  ['mean first: one above, the mean at the limit', WATER, ['9.9', '10.1'], 'pass', 'within-limit', { mean: '10', rounded: '10.0' }],
  ['mean first: each would round to a pass', WATER, ['10.04', '10.08'], 'fail', 'outside-limit', { mean: '10.06', rounded: '10.1' }],
  ['a mean at half, to even', WATER, ['10.0', '10.1'], 'pass', 'within-limit', { mean: '10.05', rounded: '10.0' }],
  ['a mean that never ends', limit({ ...ASSAY, limitText: '0.17' }), ['0.16', '0.16', '0.17'], 'fail', 'outside-limit', { mean: '0.163333…', rounded: '0.16' }],
  ['a mean of three thirds', WATER, ['10.0', '10.0', '10.1'], 'pass', 'within-limit', { mean: '10.03333…', rounded: '10.0' }],
  ['relative deviation of two', WATER, ['9.0', '9.2'], 'pass', 'within-limit', { relativeDeviation: '1.10…' }],
  ['far apart is shown and not judged', WATER, ['2.0', '8.0'], 'pass', 'within-limit', { relativeDeviation: '60' }],
  ['one of two unreadable', WATER, ['9.0', 'l0.2'], ...open('value-unreadable')],
  ['one of two empty', WATER, ['9.0', ''], ...open('value-unreadable')],
  ['an empty list', WATER, [], ...open('value-unreadable')],
  ['whole numbers with a comma may be one', SULPHUR, '120, 130', ...open('value-unreadable')],
  ['whole numbers with a slash may be a fraction', SULPHUR, '120/130', ...open('value-unreadable')],
  ['whole numbers with a semicolon', SULPHUR, '120；130', 'pass', 'within-limit', { mean: '125' }],
  ['a number and not detected, with LOQ', CADMIUM, { value: ['0.10', '未检出'], loq: '0.05' }, ...pass()],
  ['a number and not detected, without LOQ', CADMIUM, ['0.10', '未检出'], ...open('loq-missing')],
  ['two below', CADMIUM, '<0.05, <0.05', ...pass()],
  ['three, the second with two points', WATER, '9.1; 9..2; 9.3', ...open('value-unreadable')],

  // Bounds.
  ['below, half width', CADMIUM, '<0.01', ...pass()],
  ['below, full width', CADMIUM, '＜0.01', ...pass()],
  ['below, a blank', CADMIUM, '< 0.01', ...pass()],
  ['below in words', CADMIUM, '小于0.01', ...pass()],
  ['below in words, 低于', CADMIUM, '低于0.01', ...pass()],
  ['below the limit itself', CADMIUM, '<0.30', ...pass()],
  ['below more than the limit', CADMIUM, '<0.31', ...open('bound-too-wide')],
  ['below what would round to the limit', CADMIUM, '<0.304', ...open('bound-too-wide')],
  ['at most', LEAD, '≤5', ...pass()],
  ['at most, two signs', LEAD, '<=5', ...pass()],
  ['at most, full width', LEAD, '≦５', ...pass()],
  ['at most more than the limit', LEAD, '≤6', ...open('bound-too-wide')],
  ['below a minimum', ASSAY, '<0.14', ...fail()],
  ['below a minimum that rounding may reach', ASSAY, '<0.15', ...open('bound-too-wide')],
  ['below far more than a minimum', ASSAY, '<5', ...open('bound-too-wide')],
  ['above a maximum', WATER, '>10.0', ...open('bound-too-wide')],
  ['clearly above a maximum', WATER, '>11.0', ...fail()],
  ['above a minimum', ASSAY, '>0.15', ...pass()],
  ['at least a minimum', ASSAY, '≥0.15', ...pass()],
  ['at least less than a minimum', ASSAY, '≥0.14', ...open('bound-too-wide')],
  ['above something below the maximum', WATER, '>5.0', ...open('bound-too-wide')],
  ['at least, in words', ASSAY, '不小于0.15', ...pass()],
  ['a range inside', WATER, '8.1~8.5', ...pass()],
  ['a range, full-width sign', WATER, '8.1～8.5', ...pass()],
  ['a range with a hyphen', WATER, '8.1-8.5', ...pass()],
  ['a range with 至', WATER, '8.1至8.5', ...pass()],
  ['a range with units', WATER, { value: '8.1%~8.5%', unit: undefined }, ...pass()],
  ['a range across the limit', WATER, '9.8~10.2', ...open('bound-too-wide')],
  ['a range that only rounding brings inside', WATER, '9.8~10.04', ...open('bound-too-wide')],
  ['a range above', WATER, '10.6~10.9', ...fail()],
  ['a range turned round', WATER, '8.5~8.1', ...open('value-unreadable')],
  ['a range into the negative', WATER, '-1~5', ...open('impossible-value')],

  // Not detected.
  ['未检出 without LOQ', LEAD, '未检出', ...open('loq-missing')],
  ['ND without LOQ', LEAD, 'ND', ...open('loq-missing')],
  ['N.D. without LOQ', LEAD, 'N.D.', ...open('loq-missing')],
  ['n.d. without LOQ', LEAD, 'n.d.', ...open('loq-missing')],
  ['full-width ＮＤ without LOQ', LEAD, 'ＮＤ', ...open('loq-missing')],
  ['not detected without LOQ', LEAD, 'not detected', ...open('loq-missing')],
  ['未检出 with LOQ', LEAD, { value: '未检出', loq: '0.5' }, ...pass()],
  ['ND with LOQ', LEAD, { value: 'ND', loq: '0.5' }, ...pass()],
  ['N.D. with LOQ and its unit', LEAD, { value: 'N.D.', loq: '0.5 mg/kg' }, ...pass()],
  ['LOQ in another unit', LEAD, { value: 'ND', loq: '500 μg/kg' }, ...pass()],
  ['LOQ in another unit, above the limit', LEAD, { value: 'ND', loq: '6000 μg/kg' }, ...open('loq-above-limit')],
  ['LOQ at the limit', CADMIUM, { value: '未检出', loq: '0.30' }, ...pass()],
  ['LOQ above the limit', CADMIUM, { value: '未检出', loq: '0.5' }, ...open('loq-above-limit')],
  ['LOQ that would round to the limit', CADMIUM, { value: '未检出', loq: '0.304' }, ...open('loq-above-limit')],
  ['LOQ unreadable', LEAD, { value: '未检出', loq: '/' }, ...open('loq-missing')],
  ['LOQ of nothing', LEAD, { value: '未检出', loq: '0' }, ...open('loq-missing')],
  ['LOQ with a letter', LEAD, { value: '未检出', loq: 'O.5' }, ...open('loq-missing')],
  ['LOQ in a unit that does not convert', LEAD, { value: '未检出', loq: '0.5 ml/g' }, ...open('loq-missing')],
  ['LOQ in the value', LEAD, '未检出（＜0.5）', ...pass()],
  ['LOQ named in the value', LEAD, '未检出(定量限0.5mg/kg)', ...pass()],
  ['LOQ named in English', LEAD, 'ND (LOQ: 0.5)', ...pass()],
  ['LOQ in the value, above the limit', LEAD, '未检出(<50)', ...open('loq-above-limit')],
  ['a limit of detection is none of quantification', LEAD, '未检出(检出限0.05)', ...open('loq-missing')],
  ['LOD in English', LEAD, 'ND(LOD 0.05)', ...open('loq-missing')],
  ['below LOQ without a number', LEAD, '<LOQ', ...open('loq-missing')],
  ['below LOQ with it beside', LEAD, { value: '<LOQ', loq: '0.5' }, ...pass()],
  ['低于定量限 with it beside', LEAD, { value: '低于定量限', loq: '0.5' }, ...pass()],
  ['未检出 without a unit', LEAD, { value: '未检出', unit: undefined, loq: '0.5' }, ...open('unit-missing')],
  ['not detected of what must be there', ASSAY, { value: '未检出', loq: '0.01' }, ...fail()],
  ['not detected of what must be there, LOQ above', ASSAY, { value: '未检出', loq: '1' }, ...open('loq-above-limit')],
  ['检出 without a number', LEAD, '检出', ...open('no-number')],
  ['a number, with LOQ beside', LEAD, { value: '1.2', loq: '0.5' }, ...pass('1')],
  ['a number, with an unreadable LOQ beside', LEAD, { value: '1.2', loq: '/' }, ...pass('1')],

  // Not to be found.
  ['a germ not found', GERM, { value: '未检出', unit: undefined }, 'pass', 'sought-and-not-found'],
  ['a germ, 阴性', GERM, { value: '阴性', unit: undefined }, 'pass', 'sought-and-not-found'],
  ['a germ found', GERM, { value: '检出', unit: undefined }, 'fail', 'sought-and-found'],
  ['a germ, 阳性', GERM, { value: '阳性', unit: undefined }, 'fail', 'sought-and-found'],
  ['a germ, 符合规定', GERM, { value: '符合规定', unit: undefined }, 'pass', 'laboratory-found-compliant'],
  ['a germ, a number', GERM, { value: '10', unit: 'CFU/g' }, ...open('number-for-words')],
  ['a germ, below a number', GERM, { value: '<10', unit: undefined }, ...open('number-for-words')],
  ['a germ, not tested', GERM, { value: '未检', unit: undefined }, ...open('described-only')],
  ['a residue not found, LOQ as demanded', RESIDUE, { value: '未检出', loq: '0.05' }, ...pass()],
  ['a residue not found, LOQ better', RESIDUE, { value: '未检出', loq: '0.01' }, ...pass()],
  ['a residue not found, LOQ worse', RESIDUE, { value: '未检出', loq: '0.1' }, ...open('loq-above-limit')],
  ['a residue not found, no LOQ', RESIDUE, '未检出', ...open('loq-missing')],
  ['a residue below what is demanded', RESIDUE, '<0.05', ...pass()],
  ['a residue at what is demanded', RESIDUE, '0.05', ...fail('0.05')],
  ['a residue in numbers below', RESIDUE, '0.01', ...pass('0.01')],
  ['a residue found', RESIDUE, '检出', 'fail', 'sought-and-found'],
  ['a residue, 符合规定 is no number', RESIDUE, '符合规定', ...open('no-number')],
  ['a residue whose limit names no LOQ', limit({ ...RESIDUE, limitText: '不得检出' }), { value: '未检出', loq: '0.01' }, ...open('limit-without-loq')],
  ['a residue whose limit names no LOQ, found', limit({ ...RESIDUE, limitText: '不得检出' }), '检出', 'fail', 'sought-and-found'],

  // Words.
  ['a description that complies', LOOK, { value: '符合规定', unit: undefined }, 'pass', 'laboratory-found-compliant'],
  ['合格', LOOK, { value: '合格', unit: undefined }, 'pass', 'laboratory-found-compliant'],
  ['complies', LOOK, { value: 'Complies', unit: undefined }, 'pass', 'laboratory-found-compliant'],
  ['a description and its conclusion', LOOK, { value: '表面棕褐色，气微香，符合规定。', unit: undefined }, 'pass', 'laboratory-found-compliant'],
  ['a description that does not comply', LOOK, { value: '不符合规定', unit: undefined }, 'fail', 'laboratory-found-otherwise'],
  ['不合格', LOOK, { value: '不合格', unit: undefined }, 'fail', 'laboratory-found-otherwise'],
  ['does not comply', LOOK, { value: 'Does not comply', unit: undefined }, 'fail', 'laboratory-found-otherwise'],
  ['a description and a conclusion against', LOOK, { value: '有霉斑，不符合规定', unit: undefined }, 'fail', 'laboratory-found-otherwise'],
  ['a description alone', LOOK, { value: '表面棕褐色，气微香', unit: undefined }, ...open('described-only')],
  ['基本符合规定', LOOK, { value: '基本符合规定', unit: undefined }, ...open('described-only')],
  ['应符合规定 is the demand, no result', LOOK, { value: '应符合规定', unit: undefined }, ...open('described-only')],
  ['不 符合规定 with a blank', LOOK, { value: '不 符合规定', unit: undefined }, 'fail', 'laboratory-found-otherwise'],
  ['partly complies', LOOK, { value: 'Partly complies', unit: undefined }, ...open('described-only')],
  ['a yes that excepts something', LOOK, { value: '除颜色外，符合规定', unit: undefined }, ...open('described-only')],
  ['a yes behind a 但', LOOK, { value: '有少许虫蛀，但符合规定', unit: undefined }, ...open('described-only')],
  ['both words', LOOK, { value: '初试不符合规定，复试符合规定', unit: undefined }, ...open('described-only')],
  ['合格 with a question mark', LOOK, { value: '合格?', unit: undefined }, ...open('described-only')],
  ['未见异常', LOOK, { value: '未见异常', unit: undefined }, ...open('described-only')],
  ['a number for a description', LOOK, { value: '8.1', unit: '%' }, ...open('number-for-words')],
  ['a number for a description, in a list', LOOK, { value: ['1', '2'], unit: undefined }, ...open('number-for-words')],
  ['nothing for a description', LOOK, { value: '', unit: undefined }, ...open('value-unreadable')],
  ['a stroke for a description', LOOK, { value: '/', unit: undefined }, ...open('value-unreadable')],
  ['符合规定 for a number', WATER, '符合规定', ...open('no-number')],
  ['合格 for a number', WATER, '合格', ...open('no-number')],
  ['不符合规定 for a number', WATER, '不符合规定', 'fail', 'laboratory-found-otherwise'],
  ['a description for a number', WATER, '水分较低', ...open('no-number')],

  // The laboratory's own word.
  ['passed by both', WATER, { value: '8.1', stated: 'pass' }, ...pass('8.1')],
  ['the laboratory passed what fails', WATER, { value: '12.1', stated: 'pass' }, ...fail('12.1')],
  ['the laboratory failed what passes', WATER, { value: '8.1', stated: 'fail' }, ...open('laboratory-disagrees')],
  ['the laboratory could not say what passes', WATER, { value: '8.1', stated: 'undetermined' }, ...open('laboratory-disagrees')],
  ['the laboratory failed what fails', WATER, { value: '12.1', stated: 'fail' }, ...fail('12.1')],
  ['the laboratory passed what cannot be read', WATER, { value: 'l0.5', stated: 'pass' }, ...open('value-unreadable')],
  ['the laboratory passed a description alone', LOOK, { value: '表面棕褐色', unit: undefined, stated: 'pass' }, ...open('described-only')],
  ['words and a stated fail', LOOK, { value: '符合规定', unit: undefined, stated: 'fail' }, ...open('laboratory-disagrees')],

  // Units.
  ['mg/g for per cent', ASSAY, { value: '1.53', unit: 'mg/g' }, 'pass', 'within-limit', { converted: '0.153', rounded: '0.15' }],
  ['mg/g for per cent, below', ASSAY, { value: '1.44', unit: 'mg/g' }, ...fail('0.14')],
  ['mg/kg for per cent', ASSAY, { value: '1530', unit: 'mg/kg' }, ...pass('0.15')],
  ['per cent for mg/kg', SULPHUR, { value: '0.0151', unit: '%' }, ...fail('151')],
  ['ppm for mg/kg', LEAD, { value: '4.2', unit: 'ppm' }, ...pass('4')],
  ['μg/g for mg/kg', LEAD, { value: '4.2', unit: 'μg/g' }, ...pass('4')],
  ['the micro sign', LEAD, { value: '4.2', unit: 'µg/g' }, ...pass('4')],
  ['ug/kg for mg/kg', LEAD, { value: '4200', unit: 'ug/kg' }, ...pass('4')],
  ['ug/kg for mg/kg, above', LEAD, { value: '5600', unit: 'ug/kg' }, ...fail('6')],
  ['mg/kg for μg/kg', TOXIN, { value: '0.004', unit: 'mg/kg' }, ...pass('4')],
  ['a thousandfold mistake shows', TOXIN, { value: '4', unit: 'mg/kg' }, 'fail', 'outside-limit', { converted: '3500~4500' }],
  ['ppb for μg/kg', TOXIN, { value: '4.4', unit: 'ppb' }, ...pass('4')],
  ['ng/g for μg/kg', TOXIN, { value: '5.6', unit: 'ng/g' }, ...fail('6')],
  ['capitals', LEAD, { value: '4.2', unit: 'MG/KG' }, ...pass('4')],
  ['Chinese words for the unit', LEAD, { value: '4.2', unit: '毫克/千克' }, ...pass('4')],
  ['a full-width stroke in the unit', LEAD, { value: '4.2', unit: 'mg／kg' }, ...pass('4')],
  ['g/100g is per cent', ASSAY, { value: '0.16', unit: 'g/100g' }, ...pass('0.16')],
  ['no unit', WATER, { value: '8.1', unit: undefined }, ...open('unit-missing')],
  ['an empty unit', WATER, { value: '8.1', unit: ' ' }, ...open('unit-missing')],
  ['a unit nobody knows', WATER, { value: '8.1', unit: '份' }, ...open('unit-unknown')],
  ['a unit that does not convert', WATER, { value: '8.1', unit: 'CFU/g' }, ...open('unit-incompatible')],
  ['mg is no share', LEAD, { value: '4.2', unit: 'mg' }, ...open('unit-unknown')],
  ['mg/L is no share of mass', LEAD, { value: '4.2', unit: 'mg/L' }, ...open('unit-unknown')],
  ['per cent by volume, as the limit', OIL, { value: '2.1', unit: '% (ml/g)' }, ...pass('2.1')],
  ['bare per cent for per cent by volume', OIL, { value: '2.1', unit: '%' }, ...open('unit-incompatible')],
  ['ml/100g for per cent by volume', OIL, { value: '1.9', unit: 'ml/100g' }, ...fail('1.9')],
  ['pH without a unit', ACIDITY, { value: '5.1', unit: undefined }, ...pass()],
  ['pH with its unit', ACIDITY, { value: '5.1', unit: 'pH' }, ...pass()],

  // Two-sided limits.
  ['at the lower end', ACIDITY, { value: '4.0', unit: undefined }, ...pass('4.0')],
  ['at the upper end', ACIDITY, { value: '6.0', unit: undefined }, ...pass('6.0')],
  ['below the lower end', ACIDITY, { value: '3.9', unit: undefined }, ...fail('3.9')],
  ['above the upper end', ACIDITY, { value: '6.1', unit: undefined }, ...fail('6.1')],
  ['rounded onto the lower end', ACIDITY, { value: '3.95', unit: undefined }, ...pass('4.0')],
  ['rounded onto the upper end', ACIDITY, { value: '6.05', unit: undefined }, ...pass('6.0')],
  ['a range within two ends', ACIDITY, { value: '4.1~5.9', unit: undefined }, ...pass()],
  ['below something within two ends', ACIDITY, { value: '<5.0', unit: undefined }, ...open('bound-too-wide')],

  // Dried basis.
  ['as-is onto dried', DRIED, { value: '0.14', basis: 'as-is', moisture: '10.0' }, 'pass', 'within-limit', { converted: '0.155556…', rounded: '0.16' }],
  ['as-is onto dried, below', DRIED, { value: '0.13', basis: 'as-is', moisture: '10.0' }, ...fail('0.14')],
  ['as-is onto dried, without moisture', DRIED, { value: '0.20', basis: 'as-is' }, ...open('moisture-missing')],
  ['as-is onto dried, moisture not detected', DRIED, { value: '0.20', basis: 'as-is', moisture: '未检出' }, ...open('moisture-missing')],
  ['as-is onto dried, moisture of a hundred', DRIED, { value: '0.20', basis: 'as-is', moisture: '100' }, ...open('moisture-missing')],
  ['as-is onto dried, moisture negative', DRIED, { value: '0.20', basis: 'as-is', moisture: '-1' }, ...open('moisture-missing')],
  ['as-is onto dried, moisture below something', DRIED, { value: '0.20', basis: 'as-is', moisture: '<10' }, ...open('moisture-missing')],
  ['as-is onto dried, two moistures', DRIED, { value: '0.14', basis: 'as-is', moisture: '9.8, 10.2' }, ...pass('0.16')],
  ['stated dried', DRIED, { value: '0.15', basis: 'dried' }, ...pass('0.15')],
  ['stated dried needs no moisture', DRIED, { value: '0.14', basis: 'dried' }, ...fail('0.14')],
  ['not stated, enough either way', DRIED, { value: '0.16', moisture: '10.0' }, ...pass()],
  ['not stated, enough if it were as-is alone', DRIED, { value: '0.14', moisture: '10.0' }, ...open('basis-unknown')],
  ['not stated, too little either way', DRIED, { value: '0.10', moisture: '10.0' }, ...fail()],
  ['not stated, no moisture, enough', DRIED, { value: '0.16' }, ...pass()],
  ['not stated, no moisture, too little as it stands', DRIED, { value: '0.14' }, ...open('basis-unknown')],
  ['a maximum on the dried basis, as-is', DRIED_MAX, { value: '4.8', basis: 'as-is', moisture: '10.0' }, ...fail('5.3')],
  ['a maximum on the dried basis, not stated', DRIED_MAX, { value: '4.8', moisture: '10.0' }, ...open('basis-unknown')],
  ['a maximum on the dried basis, not stated and far below', DRIED_MAX, { value: '3.0', moisture: '10.0' }, ...pass()],
  ['a maximum on the dried basis, not stated, no moisture', DRIED_MAX, { value: '3.0' }, ...open('basis-unknown')],
  ['dried for a limit as is', limit({ ...ASSAY, basis: 'as-is' }), { value: '0.16', basis: 'dried', moisture: '10.0' }, ...fail('0.14')],
  ['a limit that names no basis takes the number as it is', ASSAY, { value: '0.15', basis: 'as-is', moisture: '10.0' }, ...pass('0.15')],

  // Limits as they are printed.
  ['不得过 and the unit in the limit', limit({ ...WATER, limitText: '不得过10.0%', unit: undefined }), { value: '8.1', unit: '%' }, ...pass('8.1')],
  ['≤ in the limit', limit({ ...WATER, limitText: '≤10.0' }), '10.1', ...fail('10.1')],
  ['full width in the limit', limit({ ...WATER, limitText: '不得过１０．０％' }), '8.1', ...pass('8.1')],
  ['不得少于 in the limit', limit({ ...ASSAY, limitText: '不得少于0.15%' }), '0.15', ...pass('0.15')],
  ['小于 is strict', limit({ ...WATER, limitText: '小于10.0' }), '10.0', ...fail('10.0')],
  ['小于 is strict, below', limit({ ...WATER, limitText: '小于10.0' }), '9.9', ...pass('9.9')],
  ['the limit says the opposite of its direction', limit({ ...WATER, limitText: '不得少于10.0' }), '12.0', ...open('limit-unreadable')],
  ['the limit has two units', limit({ ...WATER, limitText: '10.0%', unit: 'mg/kg' }), '8.1', ...open('limit-unreadable')],
  ['the limit has no unit', limit({ ...WATER, unit: undefined }), '8.1', ...open('limit-unreadable')],
  ['the limit has an unknown unit', limit({ ...WATER, unit: '份' }), '8.1', ...open('limit-unreadable')],
  ['the limit is empty', limit({ ...WATER, limitText: '' }), '8.1', ...open('limit-unreadable')],
  ['the limit is a word', limit({ ...WATER, limitText: '符合规定' }), '8.1', ...open('limit-unreadable')],
  ['the limit has a letter', limit({ ...WATER, limitText: '1O.0' }), '8.1', ...open('limit-unreadable')],
  ['the limit has a comma for a point', limit({ ...WATER, limitText: '10,0' }), '8.1', ...open('limit-unreadable')],
  ['the limit is a power of ten', limit({ ...COUNT, limitText: '10³' }), '900', ...open('limit-unreadable')],
  ['two numbers for one end', limit({ ...WATER, limitText: '4.0~10.0' }), '8.1', ...open('limit-unreadable')],
  ['one number for two ends', limit({ ...ACIDITY, limitText: '6.0' }), '5.1', ...open('limit-unreadable')],
  ['two ends turned round', limit({ ...ACIDITY, limitText: '6.0~4.0' }), '5.1', ...open('limit-unreadable')],
  ['two ends with a hyphen', limit({ ...ACIDITY, limitText: '4.0-6.0' }), { value: '5.1', unit: undefined }, ...pass()],
  ['a description without words', limit({ ...LOOK, limitText: '' }), { value: '符合规定', unit: undefined }, ...open('limit-unreadable')],

  // Confirmation.
  ['a pass by a limit nobody confirmed', limit({ ...WATER, confirmed: false }), '8.1', ...open('limit-not-confirmed')],
  ['a fail by a limit nobody confirmed', limit({ ...WATER, confirmed: false }), '12.1', ...open('limit-not-confirmed')],
  ['words by a limit nobody confirmed', limit({ ...LOOK, confirmed: false }), { value: '符合规定', unit: undefined }, ...open('limit-not-confirmed')],
];

describe('verdicts on single results', () => {
  it.each(CASES.map((one, i) => [`${i + 1}. ${one[0]}`, one] as const))('%s', (_name, [, demand, result, verdict, reason, numbers]) => {
    const item = judge(demand, result);
    expect([item.verdict, item.reason]).toEqual([verdict, reason]);
    if (numbers !== undefined) expect(item.numbers).toMatchObject(numbers);
  });
  it('are at least 250, each another', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(250);
    expect(new Set(CASES.map(([name]) => name)).size).toBe(CASES.length);
  });
  it.each([...new Set(GARBAGE)])('nobody can read “%s”, whatever the limit', (value) => {
    for (const demand of LIMITS) {
      const { verdict, reason } = judge(demand, value);
      expect([demand.test, verdict]).toEqual([demand.test, 'undetermined']);
      expect(['value-unreadable', 'no-number', 'unit-conflict', 'described-only', 'number-for-words']).toContain(reason);
    }
  });
  it('say what an unconfirmed limit would come to, apart from the verdict', () => {
    expect(judge({ ...WATER, confirmed: false }, '8.1')).toMatchObject({ verdict: 'undetermined', indicative: { verdict: 'pass', reason: 'within-limit' }, confirmed: false });
    expect(judge({ ...WATER, confirmed: false }, '12.1')).toMatchObject({ verdict: 'undetermined', indicative: { verdict: 'fail' } });
    expect(judge(WATER, '8.1')).not.toHaveProperty('indicative');
  });
});

function limit(demand: Omit<DemandedItem, 'id' | 'confirmed'> & { readonly confirmed?: boolean }): DemandedItem {
  return { id: 'L1', confirmed: true, ...demand };
}

/** Judges one result by one limit, in the limit's own unit unless the case names one; a moisture stands in the same report. */
function judge(demand: DemandedItem, result: Case[2]): ItemVerdict {
  const { moisture, ...line } = typeof result === 'object' && !Array.isArray(result) ? (result as Partial<ReportedItem> & { moisture?: string }) : { value: result as string, moisture: undefined };
  const unit = 'unit' in line ? line.unit : demand.unit;
  const items: ReportedItem[] = [
    { test: demand.test, analyte: demand.analyte, value: '', ...line, unit: typeof line.value === 'string' && /[%％]$/.test(line.value) && !('unit' in line) ? undefined : unit },
    ...(moisture === undefined ? [] : [{ test: '水分', value: moisture, unit: '%' }]),
  ];
  const { items: verdicts } = judgeByStandard({ id: 'S', version: '1', family: 'pharmacopoeia', items: [demand] }, [{ id: 'R', items }], {});
  return verdicts[0] as ItemVerdict;
}
