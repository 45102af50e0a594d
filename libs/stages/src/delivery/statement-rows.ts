import { SLIP_NOTES } from './slip-state';
import type { StatementLine } from './statement';
import type { Statement } from './statements.service';

/** The columns of a printed statement; widths in points, together those of A4 across without its margins. */
export const STATEMENT_COLUMNS = [
  { title: '日期', width: 56, align: 'left' },
  { title: '单号', width: 72, align: 'left' },
  { title: '品种 等级', width: 96, align: 'left' },
  { title: '毛 斤', width: 52, align: 'right' },
  { title: '皮 斤', width: 44, align: 'right' },
  { title: '到货 斤', width: 56, align: 'right' },
  { title: '　扣除', width: 108, align: 'left' },
  { title: '净 斤', width: 56, align: 'right' },
  { title: '结算 斤', width: 56, align: 'right' },
  { title: '结算 kg', width: 60, align: 'right' },
  { title: '单价', width: 60, align: 'right' },
  { title: '金额 元', width: 60, align: 'right' },
] as const;

/** A row: the cells of a slip, or one text beside it over the whole width. */
export interface StatementRow {
  readonly cells: readonly string[];
  readonly isAside: boolean;
}

const KINDS: Readonly<Record<string, string>> = { water: '水', impurity: '杂', other: '他' };
/** What a reader of a statement has to know; what concerns the scale stands with the slip. */
const TOLD = ['net-differs', 'net-above-arrived'] as const;

/** Every slip, each followed by what was corrected about it and what is odd. */
export function statementRows({ lines, herbs }: Pick<Statement, 'lines' | 'herbs'>): StatementRow[] {
  return lines.flatMap((line) => [{ cells: cellsOf(line, herbs), isAside: false }, ...asidesOf(line).map((text) => ({ cells: [`　　${text}`], isAside: true }))]);
}

function cellsOf(line: StatementLine, herbs: Readonly<Record<string, string>>): string[] {
  const deductions = line.deductions.map(({ kind, percent, jin }) => `${KINDS[kind] ?? kind}${percent === undefined ? '' : ` ${percent}%`} ${jin}`).join('；');
  return [
    line.day, line.slipNumber ?? line.id.slice(0, 8), [herbs[line.herb] ?? line.herb, line.grade].filter((part) => part !== undefined).join(' '),
    line.gross.jin, line.tare.jin, line.arrived.jin, `　${deductions}`, line.net.jin, line.paid.jin, line.paid.kg,
    line.price === undefined ? '' : `${line.price}/${line.priceUnit}`, line.status === 'void' ? '作废' : (line.amount ?? '未定'),
  ];
}

function asidesOf({ corrections, notes, netOnPaper, net, status, isLate }: StatementLine): string[] {
  return [
    ...corrections.map(({ at, why, was }) => `${at.slice(0, 10)} ${status === 'void' ? '作废或更正' : '更正'}：原 毛 ${was.gross.jin} 皮 ${was.tare.jin} 结算 ${was.paid.jin} 斤${was.price === undefined ? '' : ` 单价 ${was.price}`}；${why ?? ''}`),
    ...notes.filter((note) => TOLD.some((told) => told === note)).map((note) => `${(SLIP_NOTES[note].split(' ')[0]) as string}${netOnPaper === undefined ? '' : `：单上 ${netOnPaper.jin} 斤，计算 ${net.jin} 斤`}`),
    ...(isLate ? ['封堆后补登'] : []),
  ];
}
