import type { Attestation, PassportCertificate, PassportRelease, Standing, StepKind, ThreeVerdict, Words } from '../domain/passport';

/** Everything a page says by itself, in both languages. */

export const STEP: Readonly<Record<StepKind, Words>> = {
  planting: { zh: '登记种植', en: 'Planting registered' },
  propagation: { zh: '繁育种子种苗', en: 'Seed or seedlings raised' },
  'field-work': { zh: '田间管理', en: 'Field work' },
  harvest: { zh: '采收', en: 'Harvest' },
  'declared-origin': { zh: '申报来源', en: 'Origin stated' },
  processing: { zh: '加工', en: 'Processing' },
  packing: { zh: '包装', en: 'Packing' },
  serialisation: { zh: '赋单品码', en: 'Single codes issued' },
  sampling: { zh: '取样', en: 'Sampling' },
  testing: { zh: '检验', en: 'Testing' },
  report: { zh: '出具检验报告', en: 'Test report' },
  release: { zh: '放行', en: 'Released' },
  storage: { zh: '入库存放', en: 'Storage' },
  transport: { zh: '运输交接', en: 'Shipment' },
  'transport-withdrawn': { zh: '撤回发货', en: 'Shipment withdrawn' },
  sale: { zh: '销售', en: 'Sale' },
  return: { zh: '退货', en: 'Goods that came back' },
  use: { zh: '用作原料', en: 'Used as material' },
  'stock-take': { zh: '盘点调整', en: 'Stock-take' },
  destruction: { zh: '销毁', en: 'Destroyed' },
};

export const PROCESS: Readonly<Record<string, Words>> = {
  sorting: { zh: '挑选', en: 'Sorting' },
  cleaning: { zh: '净制', en: 'Cleaning' },
  washing: { zh: '清洗', en: 'Washing' },
  peeling: { zh: '去皮', en: 'Peeling' },
  'fresh-cutting': { zh: '趁鲜切制', en: 'Cutting while fresh' },
  steaming: { zh: '蒸制', en: 'Steaming' },
  boiling: { zh: '煮制', en: 'Boiling' },
  blanching: { zh: '焯制', en: 'Blanching' },
  sweating: { zh: '发汗', en: 'Sweating' },
  drying: { zh: '干燥', en: 'Drying' },
  slicing: { zh: '切片', en: 'Slicing' },
  paozhi: { zh: '炮制', en: 'Paozhi processing' },
  grading: { zh: '分级', en: 'Grading' },
  blending: { zh: '合批', en: 'Blending' },
  splitting: { zh: '分批', en: 'Splitting' },
  crushing: { zh: '粉碎', en: 'Crushing' },
  extraction: { zh: '提取', en: 'Extraction' },
  concentration: { zh: '浓缩', en: 'Concentration' },
  formulation: { zh: '配制', en: 'Formulation' },
  rework: { zh: '返工', en: 'Rework' },
};

export const ATTESTED: Readonly<Record<Attestation, Words>> = {
  self: { zh: '自述', en: 'self-declared' },
  other: { zh: '他证', en: 'confirmed by another' },
  device: { zh: '设备', en: 'device' },
  reconciled: { zh: '核对', en: 'reconciled' },
};

export const ATTESTED_MEANS: Readonly<Record<Attestation, Words>> = {
  self: { zh: '只有做这件事的单位自己这样说。', en: 'Only the organisation that did it says so.' },
  other: { zh: '另一方也这样说：收货方确认了交接，或独立实验室出具了报告。', en: 'Another party says so too: the receiver confirmed it, or an independent laboratory reported it.' },
  device: { zh: '由设备写入。', en: 'Written by a device.' },
  reconciled: { zh: '本平台核对过重量：投入等于产出加上记录在案的损耗。', en: 'We compared the masses: what went in is what came out and what is recorded as lost.' },
};

export const VERDICT: Readonly<Record<ThreeVerdict, Words>> = {
  pass: { zh: '符合规定', en: 'Complies' },
  fail: { zh: '不符合规定', en: 'Does not comply' },
  undetermined: { zh: '无法判定', en: 'Undetermined' },
};

export const STANDING: Readonly<Record<Standing, Words>> = {
  failed: { zh: '检验不符合规定', en: 'Failed its test' },
  rejected: { zh: '不予放行', en: 'Rejected' },
  held: { zh: '已冻结', en: 'On hold' },
  suspended: { zh: '放行已暂停', en: 'Release suspended' },
  problem: { zh: '有未解决的问题', en: 'A problem is open' },
  undetermined: { zh: '检验无法判定，尚未放行', en: 'Test undetermined, not released' },
  'not-released': { zh: '尚未放行', en: 'Not released' },
  'partly-released': { zh: '部分放行', en: 'Partly released' },
  released: { zh: '已放行', en: 'Released' },
};

export const STANDING_MEANS: Readonly<Record<Standing, Words>> = {
  failed: { zh: '最近一份检验报告的结论是不符合规定。', en: 'The latest test report says that it does not comply.' },
  rejected: { zh: '质量负责人判定这批货不能出厂。', en: 'The head of quality decided that it must not be sold.' },
  held: { zh: '持有单位已冻结这批货，查清之前不得销售。', en: 'Whoever holds the goods has put them on hold; they must not be sold until it is cleared up.' },
  suspended: { zh: '放行之后记录有了变化，要重新审核签字才能恢复。', en: 'The records changed after the release; it must be judged and signed again.' },
  problem: { zh: '核查发现了必须先解决的问题。', en: 'A check found a problem that must be solved first.' },
  undetermined: { zh: '检验结果不足以下结论。没有结论不等于合格。', en: 'The results do not allow a conclusion. No conclusion is not a pass.' },
  'not-released': { zh: '没有质量放行的决定。没有放行不等于合格，也不等于不合格。', en: 'There is no decision to release it: that is neither a pass nor a fail.' },
  'partly-released': { zh: '这一批只放行了一部分。本页不能确认您手中的货物是否在已放行的部分之内。', en: 'Only a part of this lot was released. This page cannot tell whether what you hold is of that part.' },
  released: { zh: '质量负责人审核了记录并签字放行。', en: 'The head of quality examined the records and signed its release.' },
};

export const RELEASE_STATE: Readonly<Record<PassportRelease['state'], Words>> = {
  released: STANDING.released,
  'not-released': STANDING['not-released'],
  'partly-released': STANDING['partly-released'],
  suspended: STANDING.suspended,
  rejected: STANDING.rejected,
};

export const VALIDITY: Readonly<Record<PassportCertificate['validity'], Words>> = {
  valid: { zh: '有效期内', en: 'in force' },
  expired: { zh: '已过期', en: 'expired' },
  'not-yet': { zh: '尚未生效', en: 'not yet in force' },
};

export const ORGANISATION: Readonly<Record<string, Words>> = {
  cooperative: { zh: '合作社', en: 'a cooperative' },
  processor: { zh: '产地加工厂', en: 'a processor' },
  'decoction-piece-factory': { zh: '饮片厂', en: 'a decoction-piece factory' },
  laboratory: { zh: '检验机构', en: 'a laboratory' },
  'pharmaceutical-firm': { zh: '药品企业', en: 'a pharmaceutical firm' },
  retailer: { zh: '零售单位', en: 'a retailer' },
  market: { zh: '药材市场', en: 'a herb market' },
  'brand-owner': { zh: '品牌方', en: 'a brand owner' },
  supervisor: { zh: '监管部门', en: 'a supervisor' },
  operator: { zh: '平台运营方', en: 'the operator' },
  other: { zh: '另一家单位', en: 'another organisation' },
};

export const PRODUCT_FORM: Readonly<Record<string, Words>> = {
  fresh: { zh: '鲜品', en: 'fresh' },
  herb: { zh: '药材', en: 'crude herb' },
  'fresh-cut': { zh: '趁鲜切制', en: 'cut while fresh' },
  'decoction-piece': { zh: '饮片', en: 'decoction pieces' },
  granule: { zh: '配方颗粒', en: 'granules' },
  extract: { zh: '提取物', en: 'extract' },
  medicine: { zh: '中成药', en: 'medicine' },
  food: { zh: '食品', en: 'food' },
  seed: { zh: '种子种苗', en: 'seed' },
};

export const SITE: Readonly<Record<string, Words>> = {
  warehouse: { zh: '仓库', en: 'a warehouse' },
  station: { zh: '收购站', en: 'a buying station' },
  workshop: { zh: '车间', en: 'a workshop' },
  laboratory: { zh: '实验室', en: 'a laboratory' },
  shop: { zh: '门店', en: 'a shop' },
  'field-store': { zh: '田间仓', en: 'a field store' },
};

/** How the sample of a report came. */
export const SAMPLE_HOW: Readonly<Record<'drawn' | 'submitted', Words>> = {
  drawn: { zh: '抽样检验', en: 'sample drawn from the lot' },
  submitted: { zh: '送检：结果只对送来的样品负责', en: 'sample brought along: the result is of that sample alone' },
};
