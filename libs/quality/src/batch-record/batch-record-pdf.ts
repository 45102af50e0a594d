import { PROCESSING_STEP_MEANINGS } from '@daodi/herbal';
import { type PaperColumn, TablePaper } from '@daodi/platform';
import type { BatchRecord, RecordEntry, RecordMaterial } from './batch-record-answer';
import { MOMENT_MEANINGS, ORDER_KIND_MEANINGS, RETURN_MEANINGS } from './order.dto';
import type { Words } from './record-words.service';

const left = (title: string, width: number): PaperColumn => ({ title, width, align: 'left' });
const right = (title: string, width: number): PaperColumn => ({ title, width, align: 'right' });

/** Widths in points, together those of A4 across without its margins (778). */
const FORMULA = [left('品种', 200), right('处方量', 120)];
const LOTS = [left('时间', 100), left('单据', 70), left('物料批次', 300), right('数量', 90), left('　登记', 100), left('复核', 100)];
const STEPS = [left('时间', 100), left('工序', 80), left('物料', 270), left('品种', 80), left('去向', 60), right('kg', 80), right('收率 %', 54), right('平衡 %', 54)];
const PARAMETERS = [left('工序', 100), left('设备、操作间', 160), left('参数', 150), left('数值', 110), left('规定范围', 110), left('登记', 70), left('复核', 70)];
const CLEARANCES = [left('时间', 100), left('时机', 80), left('范围', 230), left('上一批产品', 180), left('清场人', 90), left('复核人', 90)];
const LABELS = [left('名称', 200), right('领用', 90), right('使用', 90), right('损坏', 90), right('退回', 90), left('　登记', 100), left('复核', 100)];
const DEVIATIONS = [left('时间', 100), left('偏差', 300), left('结论', 300), left('关闭', 70)];
const REASONS = [left('事项', 260), left('数据', 510)];
const PRODUCTS = [left('产品批次', 330), right('kg', 100), right('件', 80), left('　追溯', 110), right('种植批', 70), right('节点', 70)];
const ORIGINS = [left('产地（行政区划代码）', 220), left('品种', 110), left('采收年', 70), left('证明', 150), right('占比 %', 80), right('kg', 110)];
const SIGNED = [left('时间', 110), left('事项', 110), left('签署人', 110), left('意见', 430)];

const ROLES: Readonly<Record<string, string>> = { product: '产品', 'co-product': '副产品', waste: '废料', rework: '返工' };
const PROOFS: Readonly<Record<string, string>> = { proven: '已证实', declared: '申报，未经证实', unknown: '不明', undetermined: '无法判定' };
const GAPS: Readonly<Record<string, string>> = {
  withheld: '上游未公开', claimed: '未经证实的陈述', 'no-origin': '来源无记录', declared: '申报，未经证实', overdrawn: '超出账面', unmeasured: '未称量', 'mixed-units': '计量方式不一',
  'ambiguous-identifier': '同名货物无法区分', unexplained: '数量不平', erased: '内容已删除', pending: '尚未读完',
};

/** 批记录 as one paper: the order, material, steps, clearance, labels, deviations, trace, what is missing, who signed. @param at when it was printed */
export async function batchRecordPdf(record: BatchRecord, words: Words, at: Date): Promise<Buffer> {
  const { order } = record;
  const demo = words.isDemo ? '演示 DEMO　　' : '';
  const paper = await TablePaper.begin(`批记录 ${order.lotNumber}`, SIGNED, at, `${demo}批记录　${order.name}　批号 ${order.lotNumber}　${words.organisation}　打印 ${inChina(at.toISOString())}`);
  paper.line('批记录 Batch record', { size: 16, isBold: true, advance: 24 });
  paper.line(`${order.name}　　批号 ${order.lotNumber}　　指令 ${order.number}`, { isBold: true });
  paper.line(`${ORDER_KIND_MEANINGS[order.kind]}　　生产企业 ${words.organisation}　　上市许可持有人 ${order.holder ?? '同生产企业'}`);
  paper.line(`工艺规程 ${order.procedure}　　计划投料 ${order.plannedOn}　　下达 ${words.person(order.by)}`, { advance: 20 });
  verdict(paper, record);
  const { entries } = record;
  const of = (...kinds: RecordEntry['kind'][]): RecordEntry[] => entries.filter(({ kind, isWithdrawn }) => kinds.includes(kind) && !isWithdrawn);
  const checks = new Map(of('check').map(({ about, by }) => [about, words.person(by)]));
  const checkedBy = ({ id }: RecordEntry): string => checks.get(id) ?? '未复核';
  const section = (title: string, columns: readonly PaperColumn[], rows: readonly (readonly string[])[]): void => {
    paper.space(8);
    paper.keepTogether(70);
    paper.line(title, { size: 11, isBold: true });
    if (rows.length === 0) return paper.line('无记录 none on record');
    paper.table(columns);
    for (const row of rows) paper.row(row);
  };
  if (order.formula !== undefined) {
    section(`处方（允许偏差 ${order.tolerancePercent ?? '0'} %）`, FORMULA, order.formula.map(({ herb, quantity, unit }) => [words.herb(herb), `${quantity} ${unit}`]));
  }
  section('领料与退料', LOTS, of('issue', 'return').flatMap((entry) => linesOf(entry).map(({ batch, quantity, unit }) =>
    [inChina(entry['at']), entry.kind === 'issue' ? '领料' : first(RETURN_MEANINGS[entry['as'] as 'returned']), String(batch), `${String(quantity)} ${String(unit)}`, `　${words.person(entry.by)}`, checkedBy(entry)])));
  section('工序、收率与物料平衡', STEPS, record.steps.flatMap((step) => {
    const row = (way: string) => ({ batch, herb, kg, pieces }: RecordMaterial): string[] =>
      [inChina(step.time), stepName(step.step), batch, words.herb(herb), way, kg ?? (pieces === undefined ? '未称量' : `${pieces} 件`), '', ''];
    const outputs = step.outputs.map((part) => row(ROLES[part.role ?? 'product'] ?? String(part.role))(part));
    const last = [inChina(step.time), stepName(step.step), step.isChecked ? '第二人已复核' : '第二人未复核', '', '损耗／辅料', `${step.lostKg}／${step.addedKg}`, step.yieldPercent ?? '无法计算', step.balancePercent ?? '无法计算'];
    return [...step.inputs.map(row('投入')), ...outputs, last];
  }));
  if (record.whole !== undefined) paper.aside(`全批：投入 ${record.whole.inKg ?? '?'} kg，产品 ${record.whole.productKg ?? '?'} kg，收率 ${record.whole.yieldPercent ?? '?'} %，物料平衡 ${record.whole.balancePercent ?? '?'} %`);
  const names = new Map(record.steps.flatMap(({ events, step }) => events.map((event) => [event, stepName(step)])));
  section('设备与工艺参数', PARAMETERS, of('step').flatMap((entry) => {
    const about = [names.get(String(entry['eventID'])) ?? '（已更正）', String(entry['equipment'] ?? '')];
    const parameters = (entry['parameters'] ?? [{}]) as Record<string, string>[];
    return parameters.map(({ name = '', value = '', unit = '', required = '' }) => [...about, name, `${value} ${unit}`.trim(), required, words.person(entry.by), checkedBy(entry)]);
  }));
  section('清场', CLEARANCES, of('clearance').map((entry) =>
    [inChina(entry['at']), first(MOMENT_MEANINGS[entry['moment'] as 'before']), String(entry['area']), String(entry['previous'] ?? ''), words.person(entry.by), checkedBy(entry)]));
  section('标签物料平衡', LABELS, of('labels').map((entry) =>
    [String(entry['name']), ...['received', 'used', 'spoiled', 'returned'].map((name) => String(entry[name])), `　${words.person(entry.by)}`, checkedBy(entry)]));
  const closings = new Map(of('deviation-closed').map((entry) => [entry.about, entry]));
  section('偏差', DEVIATIONS, of('deviation').map((entry) => {
    const closing = closings.get(entry.id);
    return [inChina(entry['at']), String(entry['description']), String(closing?.['conclusion'] ?? '未关闭'), closing === undefined ? '' : words.person(closing.by)];
  }));
  section('产品与追溯', PRODUCTS, record.products.map(({ batch, kg, pieces, trace }) => [batch, kg ?? '', pieces ?? '', trace.complete ? '　完整' : '　不完整', String(trace.crops), String(trace.nodes)]));
  for (const { trace } of record.products) for (const gap of trace.gaps) paper.aside(`追溯缺口：${GAPS[gap.reason] ?? gap.reason}　${gap.at}${gap.quantity === undefined ? '' : `　${gap.quantity} kg`}`);
  section('原料来源', ORIGINS, record.products.flatMap(({ trace }) => (trace.composition?.parts ?? []).map(({ places, herb, year, proof, percent, quantity }) =>
    [places.join('、') || '不详', words.herb(herb), year === undefined ? '不详' : String(year), PROOFS[proof] ?? proof, percent, quantity === undefined ? '' : String(quantity)])));
  section('已撤销的记录', SIGNED, entries.filter(({ kind }) => kind === 'withdrawal').map((entry) => [inChina(entry.capturedTime), '撤销', words.person(entry.by), String(entry['reason'] ?? '')]));
  section('审核', SIGNED, of('review').map((entry) => [inChina(entry.capturedTime), '批记录审核', words.person(entry.by), String(entry['remarks'] ?? '')]));
  return paper.end();
}

function verdict(paper: TablePaper, { complete, reasons }: BatchRecord): void {
  if (complete) return paper.line('记录完整，已审核 The record is complete and was reviewed as it stands', { isBold: true, advance: 20 });
  paper.line(`记录不完整，${reasons.length} 项 The record is not complete`, { isBold: true });
  paper.table(REASONS);
  for (const { title, numbers } of reasons) paper.row([title.zh, numbers === undefined ? '' : JSON.stringify(numbers)]);
}

const stepName = (step: string | undefined): string => (step === undefined ? '（不详）' : step === 'packing' ? '包装' : first(PROCESSING_STEP_MEANINGS[step as keyof typeof PROCESSING_STEP_MEANINGS] ?? step));

const first = (meaning: string | undefined): string => meaning?.split(' ')[0] ?? '';
const linesOf = (entry: RecordEntry): Record<string, unknown>[] => (Array.isArray(entry['lines']) ? (entry['lines'] as Record<string, unknown>[]) : []);

/** China Standard Time, to the minute. */
function inChina(instant: unknown): string {
  const at = Date.parse(String(instant).replace(/(\.\d{3})\d*Z$/, '$1Z'));
  return Number.isNaN(at) ? '' : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
