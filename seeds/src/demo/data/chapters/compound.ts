import { type Act, form, grams, of } from '../act';
import { PHARMA } from './green-heaps';
import { sold } from './packed-forsythia';
import { tested } from './tested';
import { destroyed, type Weighed, worked } from './worked';

/** Made up for the demonstration: no prescription of any book, and no medicine. */
export const FORMULA = '四味演示颗粒（虚构处方，演示）';

const HERBS: readonly Weighed[] = [
  { batch: 'green-pieces', grams: 300_000 }, { batch: 'steamed-rehmannia', grams: 300_000 }, { batch: 'scutellaria-slices', grams: 180_000 }, { batch: 'codonopsis-slices', grams: 240_000 },
];
/** Water, and what came of herbs and water, in grams. */
const [WATER, LIQUID, RESIDUE] = [8_160_000, 7_138_000, 1_994_500];
const [THICK, DRY, EXCIPIENT, GRANULES, DUST] = [921_000, 286_400, 144_000, 428_800, 900];
const [BOXES, BOX_GRAMS, PACKING_LOSS] = [4750, 90, 1_300];

/** A compound medicine of four herbs: extraction, concentration, drying, granulation, packing, test, and the shop. */
export function compoundChapter(y: number): Act[] {
  const step = (more: Omit<Parameters<typeof worked>[1], 'by' | 'site'>): Act => worked(y, { by: 'zhiyao-owner', site: PHARMA.site, ...more });
  const first = step({
    name: 'extract', on: ['11-11', '20:00'], step: 'extraction', method: '水煎两次，合并滤液', inputs: HERBS, added: [['水', WATER]],
    outputs: [{ batch: 'liquid', grams: LIQUID, form: 'extract-liquid', formula: FORMULA }, { batch: 'residue', grams: RESIDUE, form: 'residue', role: 'waste' }],
    lost: [['evaporation', HERBS.reduce((sum, herb) => sum + herb.grams, WATER) - LIQUID - RESIDUE]],
  });
  return [
    { ...first, after: ['receive green pieces', 'receive steamed rehmannia', 'receive scutellaria slices', 'receive codonopsis slices'] },
    step({ name: 'concentrate', on: ['11-12', '09:00'], step: 'concentration', method: '减压浓缩', inputs: [{ batch: 'liquid', grams: LIQUID }], outputs: [{ batch: 'thick', grams: THICK, form: 'thick-extract', formula: FORMULA }], lost: [['evaporation', LIQUID - THICK]] }),
    step({ name: 'dry extract', on: ['11-13', '10:00'], step: 'drying', method: '喷雾干燥', inputs: [{ batch: 'thick', grams: THICK }], outputs: [{ batch: 'dry-extract', grams: DRY, form: 'dry-extract', formula: FORMULA }], lost: [['drying', THICK - DRY]] }),
    step({
      name: 'granulate', on: ['11-14', '15:00'], step: 'formulation', method: '干法制粒', inputs: [{ batch: 'dry-extract', grams: DRY }], added: [['糊精', EXCIPIENT]],
      outputs: [{ batch: 'granules', grams: GRANULES, form: 'granules', formula: FORMULA }, { batch: 'granule-dust', grams: DUST, form: 'fines', role: 'waste' }], lost: [['granulating', DRY + EXCIPIENT - GRANULES - DUST]],
    }),
    destroyed(y, 'destroy residue', 'zhiyao-owner', PHARMA.site, 'zhiyao-quality', '11-15', [{ batch: 'residue', grams: RESIDUE }, { batch: 'granule-dust', grams: DUST }]),
    form('pack granules', 'zhiyao-owner', 'packing', {
      eventTime: `${y}-11-17T10:00:00+08:00`, site: `@site/${PHARMA.site}`, inputs: [of('granules', GRANULES)], pieces: BOXES, product: '@product/siwei-90g',
      lotNumber: `${y}1117`, expiryDate: `${y + 2}-11-16`, serials: 12, losses: [{ cause: 'packing', ...grams(PACKING_LOSS) }],
    }, { makes: ['boxes'], serials: 'boxes' }),
    ...tested(y, {
      batch: 'boxes', by: 'zhiyao-quality', code: 'LINFEN-ZY', site: PHARMA.site, drawn: { quantity: 10, unit: '盒' }, day: '11-18', number: `YD-${y}-0563`,
      standard: `${FORMULA}企业标准（演示）`, found: [['粒度', '符合规定'], ['水分', '符合规定'], ['装量差异', '符合规定']],
    }),
    ...sold({ batch: 'boxes', unit: '盒', prefix: 'boxes-', by: 'zhiyao-owner', site: PHARMA.site, code: 'LINFEN-ZY', loose: 144, price: '64.00' }),
  ];
}

/** What a box holds, in grams, and how many there are: what the data is checked against. */
export const BOXED = { boxes: BOXES, grams: BOX_GRAMS };
