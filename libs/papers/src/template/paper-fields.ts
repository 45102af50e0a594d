/**
 * What a template may ask for, by name in Chinese and English. A placeholder is written `{品名}` or `{herb}`; a list is
 * opened with `{#批次}` and closed with `{/批次}`, and inside it the names of its lines are known, and those outside of it.
 */

/** One name. */
export interface PaperField {
  readonly zh: string;
  readonly en: string;
  readonly means: { readonly zh: string; readonly en: string };
  readonly example?: string;
  /** A picture: drawn in the PDF; in the filled Word or Excel file its text stands. */
  readonly isPicture?: true;
  /** Filled in for the organisation that sent the goods only. */
  readonly isOwn?: true;
  /** Of a list: the names of its lines. */
  readonly fields?: readonly PaperField[];
}

const text = (zh: string, en: string, meansZh: string, meansEn: string, example: string, more: Partial<PaperField> = {}): PaperField => ({ zh, en, means: { zh: meansZh, en: meansEn }, example, ...more });
const list = (zh: string, en: string, meansZh: string, meansEn: string, fields: readonly PaperField[]): PaperField => ({ zh, en, means: { zh: meansZh, en: meansEn }, fields });

const STEPS = list('记录', 'steps', '采收、加工等环节，按时间', 'what was done, in order of time', [
  text('日期', 'day', '环节日期', 'day or days', '2026-08-20'),
  text('环节', 'step', '环节名称', 'what was done', '采收'),
  text('工序', 'process', '加工工序', 'process', '干燥'),
  text('单位', 'by', '做这件事的单位', 'who did it', '安泽连翘专业合作社'),
  text('地点', 'place', '所在地，至县级', 'county', '山西省临汾市安泽县'),
  text('投入', 'input', '投入数量', 'what went in', '812.5 kg'),
  text('产出', 'output', '产出数量', 'what came out', '268 kg'),
  text('损耗', 'lost', '记录的损耗', 'loss on record', '540 kg'),
  text('依据', 'attested', '谁作证：自述、他证、设备、核对', 'who vouches for it', '自述、核对'),
  text('补记', 'later', '补记日期，当日登记的为空', 'day of writing where it was written later', ''),
]);

const ITEMS = list('项目', 'items', '检验项目', 'what was tested', [
  text('项目名称', 'item', '检验项目名称', 'name of the item', '水分'),
  text('结果', 'result', '检验机构出具的结果，原文', 'as the laboratory wrote it', '8.1 %'),
  text('限度', 'limit', '报告所印限度', 'limit as printed', '不得过 10.0%'),
  text('单项结论', 'itemVerdict', '单项结论', 'verdict on the item', '符合规定'),
]);

const REPORTS = list('检验报告', 'reports', '已签发的检验报告', 'signed test reports', [
  text('检验机构', 'laboratory', '检验机构名称', 'laboratory', '晋检检验中心'),
  text('报告编号', 'reportNumber', '报告编号', 'number of the report', 'ZP-2026-0412'),
  text('签发日期', 'reportDay', '签发日期', 'day of issue', '2026-08-28'),
  text('结论', 'verdict', '报告结论', 'verdict of the report', '符合规定'),
  text('检验依据', 'standard', '检验依据', 'standard or method', '《中国药典》2020 年版一部'),
  text('检验方', 'independence', '第三方检验或自检', 'independent or in-house', '第三方检验'),
  text('检验对象', 'tested', '本批次或其原料', 'this batch, or material of it', '本批次'),
  text('报告原件', 'paper', '原件是否随附', 'whether the paper is here', '未登记'),
  ITEMS,
]);

const BATCHES = list('批次', 'batches', '本次发货的批次', 'the batches of this shipment', [
  text('序号', 'no', '序号', 'number of the line', '1'),
  text('品名', 'herb', '药材名称', 'name of the herb', '连翘'),
  text('拉丁名', 'latin', '拉丁名', 'Latin name', 'Forsythiae Fructus'),
  text('药用部位', 'part', '药用部位', 'part used', '干燥果实'),
  text('规格等级', 'grade', '规格等级', 'grade', '青翘'),
  text('产品名称', 'product', '产品名称', 'product', '青翘饮片'),
  text('规格', 'specification', '产品规格', 'specification', '500 克/袋'),
  text('批号', 'lotNumber', '批号', 'lot number as printed', 'D-2026-08-01'),
  text('批次编码', 'code', '平台批次编码', 'code of the batch', '7K2QZ0ABCD4'),
  text('批次网址', 'uri', '批次网址，扫码即到', 'address of the batch', 'https://trace.example.cn/b/7K2QZ0ABCD4'),
  text('二维码', 'qr', '批次二维码', 'QR code of the batch', 'https://trace.example.cn/b/7K2QZ0ABCD4', { isPicture: true }),
  text('数量', 'quantity', '发货数量与单位', 'how much was sent, with its unit', '200 kg'),
  text('千克', 'kg', '发货重量（千克）', 'mass in kilograms', '200'),
  text('斤', 'jin', '发货重量（市斤）', 'mass in jin', '400'),
  text('件数', 'pieces', '发货件数（按件计的货）', 'pieces, of goods that are counted', ''),
  text('产地', 'origin', '产地，至县级；未登记的写明', 'where it grew, to the county', '山西省临汾市安泽县'),
  text('产地依据', 'originBasis', '有采收记录、申报未经证实、或未登记', 'on record, declared and not proven, or not on record', '有采收记录'),
  text('采收日期', 'harvested', '采收日期', 'days of harvest', '2026-08-18 至 2026-08-20'),
  text('加工日期', 'processed', '最近一次加工或包装日期', 'last day of processing or packing', '2026-08-24'),
  text('生产单位', 'producer', '生产单位', 'who made it', '安泽连翘专业合作社'),
  text('有效期至', 'expiry', '有效期至', 'expiry', '2028-08-31'),
  text('放行状态', 'release', '质量放行状态', 'whether it is released', '已放行'),
  text('批次提示', 'warning', '冻结、不合格、未处理问题等', 'hold, failed test, open findings', ''),
  list('构成', 'parts', '按产地、年份、证实程度的构成，合计 100.0%', 'what it consists of by origin, year and proof; 100.0 per cent together', [
    text('占比', 'percent', '百分比', 'per cent', '100.0%'),
    text('部分产地', 'partOrigin', '该部分的产地', 'origin of the part', '山西省临汾市安泽县'),
    text('年份', 'year', '采收年份', 'year of harvest', '2026'),
    text('证实程度', 'proof', '已证实、申报、不明、无法判定', 'proven, declared, unknown, undetermined', '有采收记录'),
  ]),
  STEPS,
  text('检验报告说明', 'reportNote', '没有检验报告时写明', 'says so where there is no report', ''),
  REPORTS,
  list('未知事项', 'unknowns', '记录里没有的', 'what is not on record', [text('事项', 'unknown', '未知事项', 'what is not known', '没有记录种在哪一块地上。')]),
]);

const CERTIFICATES = list('证书', 'certificates', '供货单位登记的资质证书', 'certificates the supplier registered', [
  text('证书类别', 'certificate', '证书类别', 'kind of paper', '药品生产许可证'),
  text('证书编号', 'certificateNumber', '证书编号', 'number', '晋20260012'),
  text('发证机关', 'issuer', '发证机关', 'issuer', '山西省药品监督管理局'),
  text('有效期起', 'validFrom', '有效期起', 'first day', '2026-01-01'),
  text('有效期止', 'validTo', '有效期止', 'last day', '2030-12-31'),
  text('核验', 'checked', '是否核验过', 'whether it was compared with the issuer', '未核验（持证单位自述）'),
]);

/** Everything a template may name. */
export const PAPER_FIELDS: readonly PaperField[] = [
  text('资料编号', 'packNumber', '随货资料编号，同一次发货不变', 'number of the pack, the same for one shipment', 'SH-7K2QZ0ABCD'),
  text('出具说明', 'issue', '第几次出具、资料截至何时', 'which issue, as of when', '第 1 次出具，2026-09-01 09:30'),
  text('模板版本', 'template', '所用模板', 'template used', '默认模板 第 1 版'),
  text('提示', 'warnings', '冻结、不合格、演示等提示', 'hold, failed test, demonstration', ''),
  text('供货单位', 'shipper', '供货（发货）单位名称', 'who sends', '安泽连翘专业合作社'),
  text('供货单位代码', 'shipperCode', '平台内代码', 'its code here', 'ANZE-LQ'),
  text('统一社会信用代码', 'creditCode', '供货单位统一社会信用代码', 'unified social credit code of who sends', '91141026MA0000019X'),
  text('单位类别', 'shipperType', '供货单位类别', 'what sort of organisation', '专业合作社'),
  text('供货单位所在地', 'shipperPlace', '所在地，至县级', 'county of who sends', '山西省临汾市安泽县'),
  text('联系方式', 'contact', '供货单位联系方式；只在供货单位自己出具时填写', 'how to reach it; filled in for the sender only', '0357-1234567', { isOwn: true }),
  text('收货单位', 'receiver', '收货单位名称', 'who receives', '淮河药业'),
  text('收货单位代码', 'receiverCode', '平台内代码', 'its code here', 'HUAIHE-YP'),
  text('收货单位所在地', 'receiverPlace', '所在地，至县级', 'county of who receives', '安徽省亳州市谯城区'),
  text('发货日期', 'shippedOn', '发货日期', 'day of sending', '2026-09-01'),
  text('发货时间', 'shippedAt', '发货时间，当地', 'time of sending, local', '2026-09-01 08:00'),
  text('发货地点', 'shipFrom', '发货库房；只在供货单位自己出具时填写', 'site it left from; filled in for the sender only', '一号库', { isOwn: true }),
  text('承运', 'carrier', '承运单位；只在供货单位自己出具时填写', 'who carries it; filled in for the sender only', '安泽顺通物流', { isOwn: true }),
  text('发货记录编号', 'eventID', '发货事件编号', 'id of the shipment event', 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70'),
  text('批次数', 'batchCount', '批次数', 'how many batches', '1'),
  text('合计千克', 'totalKg', '按重量计的货合计（千克）', 'total mass in kilograms', '200'),
  text('合计斤', 'totalJin', '按重量计的货合计（市斤）', 'total mass in jin', '400'),
  text('合计件数', 'totalPieces', '按件计的货合计', 'total of counted goods', ''),
  text('箱码', 'containers', '整箱发出的箱码', 'containers sent whole', ''),
  BATCHES,
  text('证书说明', 'certificateNote', '没有登记证书时写明', 'says so where no certificate is registered', ''),
  CERTIFICATES,
];

/** What stands for a name: text, or the lines of a list. */
export interface PaperValues {
  readonly [en: string]: string | readonly PaperValues[];
}

/** Values made of the examples, to try a template with: each list has two lines. */
export function exampleValues(fields: readonly PaperField[] = PAPER_FIELDS): PaperValues {
  return Object.fromEntries(fields.map((field) => [field.en, field.fields === undefined ? (field.example ?? '') : [exampleValues(field.fields), exampleValues(field.fields)]]));
}
