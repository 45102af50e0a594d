import { randomUUID } from 'node:crypto';
import { record } from '@daodi/registry';
import { kg, PassportBench, pieces, uriOf } from './passport-bench';

/** A season of 连翘 from a hillside to a shop, as it is told in tests: who is in it and which codes it has. */
export interface Story {
  readonly coop: string;
  readonly factory: string;
  readonly laboratory: string;
  readonly shop: string;
  readonly crop: string;
  readonly fresh: string;
  readonly dried: string;
  readonly slices: string;
  readonly packs: string;
  readonly harvestEvent: string;
  readonly gtin: string;
  readonly plot: string;
}

const party = (code: string, role: 'source' | 'destination') => ({ type: 'possessing_party', [role]: `urn:daodi:org:${code}` });
const between = (from: string, to: string) => ({ sourceList: [party(from, 'source')], destinationList: [party(to, 'destination')] });

/** Tells the whole season: 812.5 kg of fresh fruit to 1,000 packs of 250 g, everything weighed. */
export async function tellStory(bench: PassportBench): Promise<Story> {
  const gtin = '09521234500018';
  const coop = await bench.organisation('AZ-LQ', '安泽山里红连翘专业合作社', 'cooperative', { nameEn: 'Anze Shanlihong Forsythia Cooperative' });
  const factory = await bench.organisation('XF-YP', '襄汾本草饮片有限公司', 'decoction-piece-factory', { nameEn: 'Xiangfen Bencao Decoction Pieces Co.', region: '141023', gs1Prefix: '9521234' });
  const laboratory = await bench.organisation('LF-JC', '临汾药材检验中心', 'laboratory', { nameEn: 'Linfen Herb Testing Centre', region: '141002' });
  const shop = await bench.organisation('YD-YF', '尧都老街药房', 'retailer', { region: '141002' });
  const [base, plot, product] = [randomUUID(), randomUUID(), randomUUID()];
  await bench.write(coop, [
    record('herb', 'lianqiao', 'created', { new: { name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '干燥果实', grades: ['青翘'], verified: false, source: '测试' } }),
    record('base', base, 'created', { new: { name: '黄花岭基地', region: '141026', village: '黄花岭村', status: 'active', version: 1 } }),
    record('plot', plot, 'created', { new: { name: '东坡', baseId: base, status: 'active', version: 1 } }),
    record('certificate', randomUUID(), 'created', { new: { kind: '中药材 GAP 延伸检查', number: 'GAP-2025-0311', issuer: '山西省药品监督管理局', subject: { type: 'base', id: base }, validFrom: '2025-04-01', validTo: '2028-03-31', verified: false, status: 'active' } }),
    record('certificate', randomUUID(), 'created', { new: { kind: '健康证', number: 'P-1', issuer: '卫生院', subject: { type: 'person', id: randomUUID() }, validFrom: '2025-04-01', verified: false, status: 'active' } }),
  ]);
  await bench.write(factory, [
    record('product', product, 'created', { new: { name: '连翘（青翘）饮片', herbs: ['lianqiao'], form: 'decoction-piece', gtin, netContent: { value: '250', unit: 'GRM' }, specification: '250 克/袋', status: 'active' } }),
    record('certificate', randomUUID(), 'created', { new: { kind: '药品生产许可证', number: '晋20200123', issuer: '山西省药品监督管理局', subject: { type: 'organisation', id: factory }, validFrom: '2020-11-01', validTo: '2025-10-31', verified: true, status: 'active' } }),
  ]);
  const herb = { herb: 'lianqiao', grade: '青翘' };
  const crop = await bench.issue(coop, 'crop', { ...herb, plots: [plot], mode: 'wild-tended' });
  const fresh = await bench.issue(coop, 'batch', { ...herb, form: 'fresh' });
  const dried = await bench.issue(coop, 'batch', { ...herb, form: 'dried' });
  const waste = await bench.issue(coop, 'batch', { ...herb, role: 'waste' });
  const slices = await bench.issue(factory, 'batch', { ...herb, lotNumber: 'LQ260905' });
  const packs = await bench.issue(factory, 'retail', { ...herb, productId: product, lotNumber: 'LQ260912', netContentMg: '250000' });

  await bench.say(coop, '2023-03-20T09:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: [uriOf(crop)] });
  for (const day of ['2026-04-10', '2026-06-02', '2026-07-15']) {
    await bench.say(coop, `${day}T08:00:00+08:00`, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting', epcList: [uriOf(crop)] });
  }
  const harvestEvent = await bench.say(coop, '2026-08-20T09:30:00+08:00', {
    type: 'TransformationEvent', bizStep: 'creating_class_instance', inputEPCList: [uriOf(crop)], outputQuantityList: [kg(fresh, 812.5)], 'daodi:step': 'harvest',
  });
  await bench.say(coop, '2026-08-24T17:00:00+08:00', {
    type: 'TransformationEvent', bizStep: 'creating_class_instance', inputQuantityList: [kg(fresh, 812.5)], outputQuantityList: [kg(dried, 268), kg(waste, 4.5)],
    'daodi:step': 'drying', 'daodi:losses': [{ cause: 'drying', quantity: 540, uom: 'KGM' }],
  }, { capturedTime: '2026-08-29T08:00:00Z' });
  await bench.say(coop, '2026-09-01T08:00:00+08:00', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', quantityList: [kg(dried, 268)], ...between('AZ-LQ', 'XF-YP'), 'daodi:price': '68 元' });
  await bench.say(factory, '2026-09-02T15:00:00+08:00', {
    type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', ...between('AZ-LQ', 'XF-YP'), quantityList: [kg(dried, 268)], 'daodi:receipt': { accepted: [kg(dried, 268)] },
  });
  await bench.say(factory, '2026-09-03T09:00:00+08:00', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', quantityList: [kg(dried, 268)] });
  await bench.say(factory, '2026-09-05T10:00:00+08:00', {
    type: 'TransformationEvent', inputQuantityList: [kg(dried, 268)], outputQuantityList: [kg(slices, 261.25)], 'daodi:step': 'sorting',
    'daodi:losses': [{ cause: 'impurities', quantity: 6.75, uom: 'KGM' }],
  });
  await bench.say(factory, '2026-09-06T10:00:00+08:00', {
    type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sampling', quantityList: [kg(slices, 1.25)], destinationList: [party('LF-JC', 'destination')],
  });
  await bench.say(factory, '2026-09-12T10:00:00+08:00', {
    type: 'TransformationEvent', bizStep: 'packing', inputQuantityList: [kg(slices, 250)], outputQuantityList: [pieces(packs, 1000)], 'daodi:step': 'packing',
  });
  await bench.say(factory, '2026-09-18T10:00:00+08:00', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', quantityList: [pieces(packs, 200)], ...between('XF-YP', 'YD-YF') });
  await bench.say(shop, '2026-09-19T10:00:00+08:00', {
    type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', ...between('XF-YP', 'YD-YF'), quantityList: [pieces(packs, 200)], 'daodi:receipt': { accepted: [pieces(packs, 200)] },
  });
  await bench.say(factory, '2026-09-20T10:00:00+08:00', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', quantityList: [pieces(packs, 100)], ...between('XF-YP', 'YD-YF') });
  for (let i = 0; i < 6; i++) {
    await bench.say(shop, `2026-09-2${i + 1}T11:00:00+08:00`, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'retail_selling', quantityList: [pieces(packs, 1)], 'daodi:price': '39 元' });
  }
  return { coop, factory, laboratory, shop, crop, fresh, dried, slices, packs, harvestEvent, gtin, plot };
}

/** Lets quality say that the slices passed their test and the packs were released. */
export async function passAndRelease(bench: PassportBench, { slices, packs, factory, laboratory }: Story): Promise<void> {
  const [bulk, retail] = [await bench.node(slices), await bench.node(packs)];
  const items = [
    { name: '性状', result: '符合规定', verdict: 'pass' as const },
    { name: '水分', result: '7.6%', limit: '≤10.0%', verdict: 'pass' as const },
    { name: '总灰分', result: '2.9%', limit: '≤4.0%', verdict: 'pass' as const },
    { name: '连翘酯苷A', result: '4.12%', limit: '≥3.5%', verdict: 'pass' as const },
  ];
  bench.quality.report = [{
    node: bulk, holder: factory, org: laboratory, number: 'LFJC-2026-0871', day: '2026-09-10', at: '2026-09-10T06:00:00.000000Z', verdict: 'pass', standard: '《中国药典》2025 年版一部', items,
  }];
  bench.quality.release = [{ node: retail, state: 'released', org: factory, day: '2026-09-13', at: '2026-09-13T02:00:00.000000Z', reasons: [], isHeld: false }];
}
