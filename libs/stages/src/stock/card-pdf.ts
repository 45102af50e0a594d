import { type PaperColumn, TablePaper } from '@daodi/platform';
import { type Role, ROLE_MEANINGS } from '@daodi/registry';
import { DIFFERENCE_REASONS, type DifferenceReasonName } from './difference-reasons';
import type { Card } from './cards.service';

/** Widths in points, together those of A4 across without its margins. */
const COLUMNS: readonly PaperColumn[] = [
  { title: '日期时间', width: 96, align: 'left' },
  { title: '摘要', width: 70, align: 'left' },
  { title: '收入', width: 62, align: 'right' },
  { title: '发出', width: 62, align: 'right' },
  { title: '结存', width: 66, align: 'right' },
  { title: '　货位', width: 100, align: 'left' },
  { title: '原因', width: 76, align: 'left' },
  { title: '单据编号', width: 172, align: 'left' },
  { title: '经办岗位', width: 74, align: 'left' },
];

/** What a line of the book is called on a card in the store. */
const WHAT: Readonly<Record<string, string>> = {
  origin: '登记', 'take-in': '外购来货', output: '产出入库', input: '领用', ship: '发货', receive: '收货', 'void-ship': '撤销发货', sell: '销售',
  return: '退货入库', sample: '取样', 'sample-return': '退样', destroy: '销毁', gain: '盘盈', loss: '盘亏', store: '移库', reject: '拒收', short: '短少',
  'stock-take': '盘点', 're-drying': '复烘', 'natural-loss': '自然损耗', 'moisture-regain': '回潮', arrival: '移库到达',
};

const UNITS: Readonly<Record<string, string>> = { KGM: 'kg' };

/** A card 货位卡 on A4 across, to hang at the goods. No name of a person is on it, only by which role. @param at when it was printed */
export async function cardPdf(card: Card, place: string | undefined, herb: string | undefined, at: Date): Promise<Buffer> {
  const unit = card.uom === undefined ? '件' : (UNITS[card.uom] ?? card.uom);
  const paper = await TablePaper.begin('货位卡', COLUMNS, at);
  paper.line('货位卡 Stock card', { size: 15, isBold: true, advance: 22 });
  paper.line([herb, card.lotNumber === undefined ? undefined : `批号 ${String(card.lotNumber)}`, card.code === undefined ? undefined : `编码 ${String(card.code)}`].filter((part) => part !== undefined).join('　　'), { isBold: true });
  paper.line(card.batch);
  paper.line(`货位 ${place ?? '全部'}　　单位 ${unit}　　结存 ${card.balance} ${unit}　　打印 ${inChina(at.toISOString())}`, { advance: 20 });
  paper.head();
  for (const line of card.lines) paper.row(cellsOf(line));
  return paper.end();
}

function cellsOf(line: Readonly<Record<string, unknown>>): string[] {
  const text = (name: string): string => (line[name] === undefined ? '' : String(line[name]));
  const from = text('from');
  const by = Array.isArray(line['by']) ? (line['by'] as string[]) : [];
  return [
    inChina(text('at')), WHAT[text('what')] ?? text('what'), text('in'), text('out'), text('balance'), `　${from === '' ? '' : `${from} → `}${text('place')}`,
    DIFFERENCE_REASONS[text('reason') as DifferenceReasonName]?.zh ?? text('reason'), text('document').replace(/^urn:uuid:/, ''),
    by.map((role) => ROLE_MEANINGS[role as Role]?.split(' ')[0] ?? role).join('、'),
  ];
}

/** China Standard Time, to the minute. */
function inChina(instant: string): string {
  const local = new Date(Date.parse(instant.replace(/(\.\d{3})\d*Z$/, '$1Z')) + 8 * 3_600_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}
