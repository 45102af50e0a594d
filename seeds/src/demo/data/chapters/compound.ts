import { type Act, at, type Body, form, grams, of } from '../act';
import { PHARMA } from './green-heaps';
import { sold } from './packed-forsythia';
import { tested } from './tested';
import { destroyed, type Weighed, worked } from './worked';

/** Made up for the demonstration: no prescription of any book, and no medicine. */
export const FORMULA = '四味演示颗粒（虚构处方，演示）';

const HERBS: readonly Weighed[] = [
  { batch: 'green-pieces', grams: 300_000 }, { batch: 'steamed-rehmannia', grams: 300_000 }, { batch: 'scutellaria-slices', grams: 180_000 }, { batch: 'codonopsis-slices', grams: 240_000 },
];
const FORMULA_HERBS = ['lianqiao', 'dihuang', 'huangqin', 'dangshen'];
const RECEIVED = ['receive green pieces', 'receive steamed rehmannia', 'receive scutellaria slices', 'receive codonopsis slices'];
/** Water, and what came of herbs and water, in grams. */
const [WATER, LIQUID, RESIDUE] = [8_160_000, 7_138_000, 1_994_500];
const [THICK, DRY, EXCIPIENT, GRANULES, DUST] = [921_000, 286_400, 144_000, 428_800, 900];
const [BOXES, BOX_GRAMS, PACKING_LOSS] = [4750, 90, 1_300];

/** A compound medicine of four herbs: order, extraction, concentration, drying, granulation, packing, batch record, test, and the shop. */
export function compoundChapter(y: number): Act[] {
  const step = (more: Omit<Parameters<typeof worked>[1], 'by' | 'site'>): Act => worked(y, { by: 'zhiyao-owner', site: PHARMA.site, ...more });
  const first = step({
    name: 'extract', on: ['11-11', '20:00'], step: 'extraction', method: '水煎两次，合并滤液', inputs: HERBS, added: [['水', WATER]],
    outputs: [{ batch: 'liquid', grams: LIQUID, form: 'extract-liquid', formula: FORMULA }, { batch: 'residue', grams: RESIDUE, form: 'residue', role: 'waste' }],
    lost: [['evaporation', HERBS.reduce((sum, herb) => sum + herb.grams, WATER) - LIQUID - RESIDUE]],
  });
  return [
    ...ordered(y, [
      { step: 'extraction', yieldMin: '70.0', yieldMax: '85.0', balanceMin: '95.0', balanceMax: '100.5' }, { step: 'concentration', yieldMin: '11.0', yieldMax: '15.0' },
      { step: 'drying', yieldMin: '29.0', yieldMax: '34.0' }, { step: 'formulation', yieldMin: '97.0', balanceMin: '99.0', balanceMax: '100.5' },
      { step: 'packing', yieldMin: '98.0', balanceMin: '99.5', balanceMax: '100.5' }, { step: 'whole', yieldMin: '4.20', yieldMax: '4.90' },
    ]),
    { ...first, event: 'extract', after: RECEIVED },
    ...inRecord(y, 'extract', '11-12', '08:10', '提取罐 TQ-02', [['第一次煎煮', '120', 'min', '110～130'], ['第二次煎煮', '85', 'min', '80～100']]),
    { ...step({ name: 'concentrate', on: ['11-12', '09:00'], step: 'concentration', method: '减压浓缩', inputs: [{ batch: 'liquid', grams: LIQUID }], outputs: [{ batch: 'thick', grams: THICK, form: 'thick-extract', formula: FORMULA }], lost: [['evaporation', LIQUID - THICK]] }), event: 'concentrate' },
    ...inRecord(y, 'concentrate', '11-12', '19:00', '双效浓缩器 NS-01', [['真空度', '-0.07', 'MPa', '-0.06～-0.08'], ['相对密度', '1.18', undefined, '1.15～1.20（60 ℃）']]),
    { ...step({ name: 'dry extract', on: ['11-13', '10:00'], step: 'drying', method: '喷雾干燥', inputs: [{ batch: 'thick', grams: THICK }], outputs: [{ batch: 'dry-extract', grams: DRY, form: 'dry-extract', formula: FORMULA }], lost: [['drying', THICK - DRY]] }), event: 'dry-extract' },
    ...inRecord(y, 'dry-extract', '11-13', '18:00', '喷雾干燥塔 PW-01', [['进风温度', '178', '℃', '170～185'], ['出风温度', '91', '℃', '85～95']]),
    { ...step({
      name: 'granulate', on: ['11-14', '15:00'], step: 'formulation', method: '干法制粒', inputs: [{ batch: 'dry-extract', grams: DRY }], added: [['糊精', EXCIPIENT]],
      outputs: [{ batch: 'granules', grams: GRANULES, form: 'granules', formula: FORMULA }, { batch: 'granule-dust', grams: DUST, form: 'fines', role: 'waste' }], lost: [['granulating', DRY + EXCIPIENT - GRANULES - DUST]],
    }), event: 'granulate' },
    ...inRecord(y, 'granulate', '11-14', '20:00', '干法制粒机 ZL-03', [['辊压', '6.5', 'MPa', '6.0～7.0']]),
    destroyed(y, 'destroy residue', 'zhiyao-owner', PHARMA.site, 'zhiyao-quality', '11-15', [{ batch: 'residue', grams: RESIDUE }, { batch: 'granule-dust', grams: DUST }]),
    form('pack granules', 'zhiyao-owner', 'packing', {
      eventTime: `${y}-11-17T10:00:00+08:00`, site: `@site/${PHARMA.site}`, inputs: [of('granules', GRANULES)], pieces: BOXES, product: '@product/siwei-90g',
      lotNumber: `${y}1117`, expiryDate: `${y + 2}-11-16`, serials: 12, losses: [{ cause: 'packing', ...grams(PACKING_LOSS) }],
    }, { makes: ['boxes'], serials: 'boxes', event: 'pack-granules' }),
    ...inRecord(y, 'pack-granules', '11-17', '17:30', '包装线 BZ-01', [['装量抽查', '90.2', 'g', '89.1～90.9']]),
    ...closed(y),
    ...tested(y, {
      batch: 'boxes', by: 'zhiyao-quality', code: 'LINFEN-ZY', site: PHARMA.site, drawn: { quantity: 10, unit: '盒' }, day: '11-18', number: `YD-${y}-0563`,
      standard: `${FORMULA}企业标准（演示）`, found: [['粒度', '符合规定'], ['水分', '符合规定'], ['装量差异', '符合规定']],
    }),
    ...sold({ batch: 'boxes', unit: '盒', prefix: 'boxes-', by: 'zhiyao-owner', site: PHARMA.site, code: 'LINFEN-ZY', loose: 144, price: '64.00' }),
  ];
}

const QUALITY = 'zhiyao-quality';
const OWNER = 'zhiyao-owner';

/** A part of the batch record, and the second person's word on it. */
function part(y: number, key: string, kind: string, day: string, time: string, body: Body, isChecked = true): Act[] {
  const writtenAt = at(y, day, time);
  const put = form(`record ${key}`, OWNER, `production-orders/@order/compound/${kind}`, body, { writtenAt, registers: ['part', key] });
  return isChecked ? [put, form(`check ${key}`, QUALITY, 'production-orders/@order/compound/checks', { part: `@part/${key}` }, { writtenAt })] : [put];
}

/** A step of the record: what the event does not say. */
const inRecord = (y: number, event: string, day: string, time: string, equipment: string, parameters: readonly (readonly [string, string, string | undefined, string])[]): Act[] =>
  part(y, event, 'steps', day, time, {
    eventID: `@event-id/${event}`, equipment,
    parameters: parameters.map(([name, value, unit, required]) => ({ name, value, ...(unit !== undefined && { unit }), required })),
  });

/** The order, line clearance, and material lot by lot. A kilogram more of one herb is fetched than is wanted. */
function ordered(y: number, steps: readonly Body[]): Act[] {
  const lots = HERBS.map(({ batch, grams: amount }) => of(batch, batch === 'codonopsis-slices' ? amount + 1_000 : amount));
  return [
    form('order compound', OWNER, 'production-orders', {
      number: `SC-${y}-1117`, kind: 'compound-medicine', product: '@product/siwei-90g', name: FORMULA, lotNumber: `${y}1117`, procedure: '演示工艺规程 YS-GY-004 第 1 版', plannedOn: `${y}-11-11`,
      formula: HERBS.map(({ grams: amount }, i) => ({ herb: FORMULA_HERBS[i], ...grams(amount) })), tolerancePercent: '0.5', steps,
    }, { writtenAt: at(y, '11-11', '14:00'), registers: ['order', 'compound'], after: RECEIVED }),
    ...part(y, 'clear-before', 'clearances', '11-11', '18:10', { at: at(y, '11-11', '18:00'), moment: 'before', area: '提取间、浓缩间、干燥间、制粒间、包装线 BZ-01', previous: '演示品 20261108' }),
    ...part(y, 'issue-herbs', 'issues', '11-11', '19:00', { at: at(y, '11-11', '18:50'), lines: lots }),
    ...part(y, 'return-herbs', 'returns', '11-11', '20:40', { at: at(y, '11-11', '20:30'), as: 'returned', lines: [of('codonopsis-slices', 1_000)] }),
  ];
}

/** Labels, clearance, a deviation that ends well, and the head of quality's review. */
function closed(y: number): Act[] {
  return [
    ...part(y, 'label-count', 'label-counts', '11-17', '17:40', { name: '小盒标签', isPerPack: true, received: 4800, used: BOXES, spoiled: 20, returned: 4800 - BOXES - 20 }),
    ...part(y, 'clear-after', 'clearances', '11-17', '18:40', { at: at(y, '11-17', '18:30'), moment: 'after', area: '包装线 BZ-01' }),
    ...part(y, 'deviation', 'deviations', '11-12', '08:30', { at: at(y, '11-11', '23:40'), description: '蒸汽短时不足，第二次煎煮中断 4 分钟后补足' }, false),
    form('close deviation', QUALITY, 'production-orders/@order/compound/deviations/@part/deviation/closing', { conclusion: '补足时间在规定范围内，提取液相对密度正常，不影响产品' }, { writtenAt: at(y, '11-14', '09:00') }),
    form('review compound', QUALITY, 'production-orders/@order/compound/reviews', { remarks: '记录完整，收率与物料平衡在限度内' }, { writtenAt: at(y, '11-18', '08:30') }),
  ];
}

/** What a box holds, in grams, and how many there are: what the data is checked against. */
export const BOXED = { boxes: BOXES, grams: BOX_GRAMS };
