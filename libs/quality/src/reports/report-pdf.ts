import { type PaperColumn, TablePaper } from '@daodi/platform';
import type { MarkShown } from './reports.service';
import { type ReportState, VERDICT_MEANINGS, type Verdict } from './report-state';

const left = (title: string, width: number): PaperColumn => ({ title, width, align: 'left' });

/** Widths in points, together those of A4 across without its margins (778). */
const ITEMS = [left('检验项目 Test', 180), left('结果 Result', 130), left('限度 Limit', 160), left('单项结论 Verdict', 90), left('仪器、对照品 Instrument, reference', 150), left('分包', 68)];
const EARLIER = [left('报告编号 Report', 170), left('签发 Issued', 80), left('样品 Sample', 120), left('结论 Verdict', 150), left('说明', 250)];

/** What a report is printed with. */
export interface PrintedReport {
  readonly id: string;
  readonly state: ReportState;
  /** Name of the laboratory, and of who ordered the test, where they are registered. */
  readonly laboratory: string;
  readonly commissioner?: string;
  readonly herb?: string;
  /** Names of the three who signed; absent where the reader is not of the laboratory. */
  readonly signed?: { readonly tester: string; readonly reviewer?: string; readonly approver?: string };
  /** 抽样 or 送检, where that is on record. */
  readonly sampleHow?: 'drawn' | 'submitted';
  /** What the goods come to by the standards that bind the reader, in words. */
  readonly judged?: string;
  /** Marks it bears, and how what counts for the reader of its laboratory covers each item. */
  readonly accreditation: readonly MarkShown[];
  /** The report that amends this one. */
  readonly supersededBy?: string;
  /** All other reports on the batch the reader may see, whatever they say. */
  readonly others: readonly Pick<ReportState, 'number' | 'issuedOn' | 'sampleNumber' | 'verdict' | 'supersedes' | 'amendedBecause' | 'status'>[];
  /** SHA-256 over what is recorded, as the API tells it to the same reader. */
  readonly digest: string;
  readonly address: string;
  readonly isDemo: boolean;
}

const SAMPLE_WORDS = { drawn: '抽样 drawn', submitted: '送检，仅对来样负责 submitted; it speaks for the sample alone' } as const;

const verdictWords = (verdict: Verdict | undefined): string => (verdict === undefined ? '未下结论 none given' : VERDICT_MEANINGS[verdict]);

/** 检验报告书 as a paper, with a code by which what it was made of is found. @param at when it was printed */
export async function reportPdf(report: PrintedReport, at: Date): Promise<Buffer> {
  const { state } = report;
  const demo = report.isDemo ? '演示 DEMO　　' : '';
  const paper = await TablePaper.begin(`检验报告 ${state.number}`, ITEMS, at, `${demo}检验报告 ${state.number}　${report.laboratory}　记录摘要 SHA-256 ${report.digest}`);
  paper.symbol(report.address, SYMBOL_PT);
  paper.line('检验报告书 Test report', { size: 16, isBold: true, advance: 24 });
  paper.line(`${report.laboratory}　　编号 No. ${state.number}`, { isBold: true });
  if (state.status !== 'approved') paper.line(`尚未批准，不是检验报告 Not approved: this is no report yet（${state.status === 'draft' ? '已录入' : '已复核'}）`, { isBold: true });
  if (report.supersededBy !== undefined) paper.line(`已被报告 ${report.supersededBy} 取代 Superseded`, { isBold: true });
  paper.line(`样品 ${report.herb ?? ''}　批次 ${state.batch}`);
  paper.line(`样品编号 ${state.sampleNumber ?? '未写明'}　　来样方式 ${report.sampleHow === undefined ? '未记录 not on record' : SAMPLE_WORDS[report.sampleHow]}　　取样量 ${state.sampledQuantity ?? '未写明'}`);
  paper.line(`代表数量 ${speaksFor(state)}　　委托方 ${report.commissioner ?? state.commissioner ?? '未写明'}`);
  paper.line(`检验依据 ${state.standard}　　收样 ${state.receivedOn ?? '未写明'}　检验 ${state.testedFrom ?? '未写明'} 至 ${state.testedUntil ?? '未写明'}　签发 ${state.issuedOn ?? '未签发'}`, { advance: 20 });
  paper.keepTogether(60);
  paper.table(ITEMS);
  for (const { test, analyte, value, unit = '', basis, limitText = '', verdict, instrument, referenceLot, rawFileDigest, subcontractor = '' } of state.items) {
    paper.row([[test, analyte].filter(Boolean).join(' '), `${value} ${unit}${basis === 'dried' ? '（干燥品）' : ''}`.trim(), limitText, verdict === undefined ? '未列' : verdictWords(verdict).split(' ')[0] as string, [instrument, referenceLot].filter(Boolean).join('；'), subcontractor]);
    if (rawFileDigest !== undefined) paper.aside(`　原始数据 raw file SHA-256 ${rawFileDigest}`);
  }
  paper.space(8);
  paper.keepTogether(80);
  paper.line(`检验结论（本报告）Verdict of this report：${verdictWords(state.verdict)}`, { size: 12, isBold: true, advance: 18 });
  if (report.judged !== undefined) paper.line(`平台判定（按约束本组织的标准，与报告结论无关）By the standards that bind the reader: ${report.judged}`);
  for (const mark of report.accreditation) paper.paragraph(`资质标志 ${mark.mark}：${coverageWords(mark, state)}`, 9, 6);
  if (state.remarks !== undefined) paper.paragraph(`备注：${state.remarks}`, 9, 6);
  if (state.amendedBecause !== undefined) paper.paragraph(`更正原因：${state.amendedBecause}`, 9, 6);
  const { signed } = report;
  paper.line(signed === undefined ? '检验人、复核人、批准人各自签署，姓名由检验机构留存 Signed by three different people, whose names the laboratory keeps'
    : `检验 Tested ${signed.tester}　　复核 Reviewed ${signed.reviewer ?? '—'}　　批准 Approved ${signed.approver ?? '—'}`);
  paper.space(8);
  paper.keepTogether(60);
  paper.line('本批次的其他报告 Other reports on this batch', { size: 11, isBold: true });
  if (report.others.length === 0) paper.line('没有 none');
  else {
    paper.table(EARLIER);
    for (const { number, issuedOn = '', sampleNumber = '', verdict, amendedBecause, supersedes } of report.others) {
      paper.row([number, issuedOn, sampleNumber, verdictWords(verdict), amendedBecause ?? (supersedes === undefined ? '' : '更正前一份报告')]);
    }
  }
  paper.space(8);
  paper.aside(`核对：扫描右上角的二维码，或打开 ${report.address}；记录摘要不同，即与记录不符。Check: the digest of what is recorded must be that at the foot of the page.`);
  return paper.end();
}

const SYMBOL_PT = 92;

function speaksFor({ speaksFor: of }: ReportState): string {
  if (of === undefined) return '全批 the whole batch';
  return `${of.quantity} ${of.unit}${of.packages === undefined ? '' : `（${of.packages} 件）`}`;
}

/** Items in the groups in which they stand under a mark, or one word where they stand alike. */
function coverageWords({ items }: MarkShown, state: ReportState): string {
  const groups = new Map<string, string[]>();
  items.forEach(({ words }, n) => {
    const { test, analyte } = state.items[n] as ReportState['items'][number];
    const key = `${words.zh} ${words.en}`;
    groups.set(key, [...(groups.get(key) ?? []), [test, analyte].filter(Boolean).join(' ')]);
  });
  return [...groups].map(([words, named]) => (groups.size === 1 ? `全部项目${words}` : `${words}：${named.join('、')}`)).join('；');
}
