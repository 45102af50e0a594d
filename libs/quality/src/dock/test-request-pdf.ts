import { notFound, type PaperColumn, TablePaper } from '@daodi/platform';
import { DOCK_WORDS, type DockDecision } from './judge-arrival';
import type { RequestWords } from './test-request-words.service';

const left = (title: string, width: number): PaperColumn => ({ title, width, align: 'left' });

/** Widths in points, together those of A4 across without its margins. */
const LOTS = [left('品名', 90), left('供货批号', 110), left('物料批号', 100), left('批次', 250), left('收货判定', 90), left('供货方报告', 138)];
const REASONS = [left('批次', 250), left('事项', 320), left('数据', 208)];

interface DecidedLot {
  readonly batch: string;
  readonly decision: DockDecision;
  readonly reasons: readonly { readonly title: { readonly zh: string }; readonly level: string; readonly numbers?: unknown }[];
  readonly reports: readonly { readonly number: string; readonly verdict: string }[];
}

/** 请验单: what is to be sampled and tested, with every doubt of the dock. @throws Problem 404 of goods that were refused */
export async function testRequestPdf(decision: Readonly<Record<string, unknown>>, { organisation, isDemo, batches }: RequestWords, at: Date): Promise<Buffer> {
  const number = decision['testRequest'];
  if (typeof number !== 'string') throw notFound();
  const lots = decision['lots'] as DecidedLot[];
  const paper = await TablePaper.begin(`请验单 ${number}`, LOTS, at, `${isDemo ? '演示 DEMO　　' : ''}请验单 ${number}　${organisation}`);
  paper.line('请验单 Request for testing', { size: 15, isBold: true, advance: 22 });
  paper.line(`编号 ${number}　　${organisation}　　收货 ${DOCK_WORDS[decision['decision'] as DockDecision].zh}　　扫描 ${String(decision['code'])}`, { isBold: true });
  if (typeof decision['remarks'] === 'string') paper.paragraph(`说明：${decision['remarks']}`, 9, 8);
  paper.space(4);
  paper.head();
  for (const { batch, decision: judged, reports } of lots) {
    const known = batches.get(batch);
    paper.row([known?.herb ?? '', known?.lotNumber ?? '', known?.own ?? '', batch, DOCK_WORDS[judged].zh, reports.map((report) => `${report.number} ${VERDICTS[report.verdict] ?? report.verdict}`).join('、') || '无']);
  }
  const doubts = lots.flatMap(({ batch, reasons }) => reasons.filter(({ level }) => level !== 'note').map(({ title, numbers }) => [batch, title.zh, numbers === undefined ? '' : JSON.stringify(numbers)]));
  if (doubts.length > 0) {
    paper.space(10);
    paper.line('存疑事项', { size: 11, isBold: true });
    paper.table(REASONS);
    for (const doubt of doubts) paper.row(doubt);
  }
  paper.space(24);
  paper.line('取样人　　　　　　　　　　　取样件数／总件数　　　　　　　　　　　取样日期　　　　　　　　　　　请验人　　　　　　　　　');
  return paper.end();
}

const VERDICTS: Readonly<Record<string, string>> = { pass: '符合规定', fail: '不符合规定', undetermined: '无法判定' };
