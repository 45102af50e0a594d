import type { PaperKind } from '../template/paper-kinds';
import { buildDocx, label, type Said, type TableSaid } from './build-docx';
import { buildXlsx, type SheetRow } from './build-xlsx';

/** Grows by one whenever a default template below says something else: a paper names the version it was made with. */
export const DEFAULT_VERSION = 1;

const HEADER = '{供货单位} · {资料编号}';
const title = (zh: string, en: string): Said[] => [{ text: zh, size: 18, isBold: true, align: 'center' }, { text: en, size: 9, align: 'center', colour: '666666', after: 8 }];
const note = (text: string): Said => ({ text, size: 8, colour: '666666', before: 6 });
const lone = (text: string): Said => ({ text, size: 8 });
const heading = (text: string): Said => ({ text, size: 11, isBold: true, before: 10, after: 3, keepsNext: true });
const facts = (rows: readonly (readonly [string, string, string?, string?])[]): TableSaid => ({
  widths: [32, 56, 34, 50],
  rows: rows.map(([a, b, c, d]) => (c === undefined ? [label(a), { text: b, columns: 3 }] : [label(a), b, label(c), d ?? ''])),
});

const SIGNATURE = facts([['供货单位（盖章）', ' ', '日期', ' ']]);

function deliveryNote(): Buffer {
  const row = (height: number, ...cells: SheetRow['cells']): SheetRow => ({ height, cells });
  const heads = ['序号', '品名', '规格等级', '批号 / 批次编码', '产地', '产地依据', '生产单位', '采收日期', '数量', '千克', '市斤', '放行状态', '二维码'];
  const values = ['{#批次}{序号}', '{品名}', '{规格等级}', '{批号} {批次编码}', '{产地}', '{产地依据}', '{生产单位}', '{采收日期}', '{数量}', '{千克}', '{斤}', '{放行状态}', '{二维码}{/批次}'];
  return buildXlsx('随货同行单', [5, 10, 9, 15, 15, 12, 16, 13, 10, 9, 9, 13, 13], [
    row(28, { at: 0, text: '随货同行单', look: 'title', columns: 13 }),
    row(14, { at: 0, text: 'Delivery note', look: 'small', columns: 6 }, { at: 6, text: '资料编号：{资料编号}    {出具说明}', look: 'small', columns: 7 }),
    row(17, { at: 0, text: '供货单位', look: 'label', columns: 2 }, { at: 2, text: '{供货单位}（{供货单位所在地}）', look: 'value', columns: 5 }, { at: 7, text: '收货单位', look: 'label' }, { at: 8, text: '{收货单位}（{收货单位所在地}）', look: 'value', columns: 5 }),
    row(17, { at: 0, text: '发货时间', look: 'label', columns: 2 }, { at: 2, text: '{发货时间}', look: 'value', columns: 5 }, { at: 7, text: '发货地点', look: 'label' }, { at: 8, text: '{发货地点}', look: 'value', columns: 5 }),
    row(17, { at: 0, text: '承运', look: 'label', columns: 2 }, { at: 2, text: '{承运}', look: 'value', columns: 5 }, { at: 7, text: '箱码', look: 'label' }, { at: 8, text: '{箱码}', look: 'value', columns: 5 }),
    row(30, ...heads.map((text, at) => ({ at, text, look: 'head' as const }))),
    row(68, ...values.map((text, at) => ({ at, text, look: ([9, 10].includes(at) ? 'number' : 'cell') as 'number' | 'cell' }))),
    row(20, { at: 0, text: '合计（{批次数} 个批次）', look: 'sum', columns: 8 }, { at: 8, text: '{合计件数}', look: 'number' }, { at: 9, text: '{合计千克}', look: 'sum' }, { at: 10, text: '{合计斤}', look: 'sum' }, { at: 11, text: '', look: 'sum', columns: 2 }),
    row(10, { at: 0, text: '', look: 'plain' }),
    row(22, { at: 0, text: '发货人（签字）：', look: 'label', columns: 5 }, { at: 5, text: '承运人（签字）：', look: 'label', columns: 4 }, { at: 9, text: '收货人（签字）：', look: 'label', columns: 4 }),
    row(14, { at: 0, text: '数量以发货记录为准；产地只写有采收记录证实或供方申报的内容，未登记的写明。扫码可看每一批的现状。发货记录：{发货记录编号}', look: 'small', columns: 13 }),
  ], 6);
}

function certificateOfOrigin(): Buffer {
  return buildDocx([
    ...title('产地证明', 'Statement of origin'),
    { text: '本单位发往{收货单位}的下列药材，产地依溯源记录如下。产地分三种：有采收记录；供方申报、未经证实；未登记。' , after: 6 },
    facts([['供货单位', '{供货单位}', '统一社会信用代码', '{统一社会信用代码}'], ['收货单位', '{收货单位}', '发货日期', '{发货日期}']]),
    lone('{#批次}'),
    heading('{序号}．{品名}（{规格等级}）'),
    { widths: [28, 84, 60], rows: [
      [label('拉丁名'), '{拉丁名}', { text: '扫码看本批现状', align: 'center', size: 8 }],
      [label('批号'), '{批号}', { text: '{二维码}', align: 'center' }],
      [label('数量'), '{数量}', { text: '{批次编码}', align: 'center', size: 8 }],
      [label('产地'), { text: '{产地}', isBold: true, columns: 2 }],
      [label('产地依据'), { text: '{产地依据}', columns: 2 }],
      [label('采收日期'), { text: '{采收日期}', columns: 2 }],
      [label('生产单位'), { text: '{生产单位}', columns: 2 }],
      [label('批次网址'), { text: '{批次网址}', columns: 2, size: 8 }],
      [label('提示'), { text: '{批次提示}', columns: 2 }],
    ] },
    lone('{/批次}'),
    { text: '', before: 6 },
    SIGNATURE,
    note('本单由平台按记录生成，内容由做这些事的单位登记；平台不另作产地鉴定。'),
  ], HEADER);
}

function harvestAndProcessing(): Buffer {
  return buildDocx([
    ...title('采收与加工记录', 'Harvest and processing record'),
    facts([['供货单位', '{供货单位}', '发货日期', '{发货日期}']]),
    lone('{#批次}'),
    heading('{序号}．{品名}（{规格等级}）　批号 {批号}　{数量}'),
    { text: '批次编码 {批次编码}　产地 {产地}（{产地依据}）', size: 9, after: 3, keepsNext: true },
    { widths: [24, 18, 15, 38, 20, 20, 19, 18], headings: 1, rows: [
      ['日期', '环节', '工序', '单位与地点', '投入', '产出', '损耗', '依据'],
      ['{#记录}{日期}', '{环节}', '{工序}', '{单位} {地点}', { text: '{投入}', align: 'right' }, { text: '{产出}', align: 'right' }, { text: '{损耗}', align: 'right' }, { text: '{依据} {补记}{/记录}', size: 8 }],
    ] },
    lone('{#未知事项}'),
    { text: '未登记：{事项}', size: 9, before: 2, colour: '8A4B00' },
    lone('{/未知事项}'),
    lone('{/批次}'),
    note('「自述」由做这件事的单位自己登记；「他证」另有一方也这样说；「核对」指投入与产出、损耗称重相符。'),
  ], HEADER);
}

function testReports(): Buffer {
  return buildDocx([
    ...title('检验报告汇总', 'Test reports'),
    facts([['供货单位', '{供货单位}', '发货日期', '{发货日期}']]),
    lone('{#批次}'),
    heading('{序号}．{品名}（{规格等级}）　批号 {批号}　{数量}'),
    { text: '批次编码 {批次编码}　放行状态：{放行状态}　提示：{批次提示}　{检验报告说明}', size: 9, after: 3, keepsNext: true },
    lone('{#检验报告}'),
    { text: '报告 {报告编号}　{检验机构}（{检验方}）　{签发日期}　结论：{结论}', isBold: true, size: 10, before: 4, keepsNext: true },
    { text: '检验依据：{检验依据}　检验对象：{检验对象}　原件：{报告原件}', size: 9, after: 2, keepsNext: true },
    { widths: [48, 44, 52, 28], headings: 1, rows: [['检验项目', '结果', '限度', '单项结论'], ['{#项目}{项目名称}', '{结果}', '{限度}', '{单项结论}{/项目}']] },
    lone('{/检验报告}'),
    lone('{/批次}'),
    note('结果与结论照检验机构签发的报告抄录，未作改动；没有列出报告的批次，平台上没有已签发的检验报告。'),
  ], HEADER);
}

function supplierForm(): Buffer {
  return buildDocx([
    ...title('供货单位资料', 'Supplier form'),
    facts([
      ['单位名称', '{供货单位}'], ['统一社会信用代码', '{统一社会信用代码}', '单位类别', '{单位类别}'], ['所在地', '{供货单位所在地}', '平台代码', '{供货单位代码}'], ['联系方式', '{联系方式}'],
    ]),
    heading('资质证书'),
    { widths: [40, 34, 44, 34, 20], headings: 1, rows: [['证书', '编号', '发证机关', '有效期', '核验'], ['{#证书}{证书类别}', '{证书编号}', '{发证机关}', '{有效期起} 至 {有效期止}', '{核验}{/证书}']] },
    { text: '{证书说明}', size: 9, before: 2 },
    heading('本次供货批次'),
    { widths: [12, 34, 26, 34, 30, 36], headings: 1, rows: [['序号', '品名', '等级', '批号', '数量', '批次编码'], ['{#批次}{序号}', '{品名}', '{规格等级}', '{批号}', { text: '{数量}', align: 'right' }, '{批次编码}{/批次}']] },
    { text: '', before: 6 },
    SIGNATURE,
    note('证书由供货单位自行登记；标「未核验」的，平台没有与发证机关核对。'),
  ], HEADER);
}

/** Our own templates, as files people download, change and send back. */
export const DEFAULT_TEMPLATES: Readonly<Record<PaperKind, { readonly format: 'docx' | 'xlsx'; build(): Buffer }>> = {
  'delivery-note': { format: 'xlsx', build: deliveryNote },
  'certificate-of-origin': { format: 'docx', build: certificateOfOrigin },
  'harvest-and-processing': { format: 'docx', build: harvestAndProcessing },
  'test-reports': { format: 'docx', build: testReports },
  'supplier-form': { format: 'docx', build: supplierForm },
};
