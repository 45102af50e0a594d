import { TablePaper } from '@daodi/platform';
import { statementRows, STATEMENT_COLUMNS } from './statement-rows';
import type { Statement } from './statements.service';

/** A statement on A4 across, to print and sign. The same statement gives the same pages. @param at the day of printing, in the document */
export async function statementPdf(statement: Statement, at: Date): Promise<Buffer> {
  const { organisation, picker, from, to, totals, rule } = statement;
  const paper = await TablePaper.begin('结算单', STATEMENT_COLUMNS, at);
  paper.line('结算单 Statement', { size: 15, isBold: true, advance: 22 });
  paper.line(`${organisation}　　${from} — ${to}`);
  paper.line(`交售人 ${[picker.name ?? '（姓名已删除）', picker.group, picker.village].filter((part) => part !== undefined).join('　')}　　编号 ${picker.id}`, { advance: 20 });
  paper.head();
  for (const { cells, isAside } of statementRows(statement)) {
    if (isAside) paper.aside(cells[0] ?? '');
    else paper.row(cells);
  }
  paper.keepTogether(90);
  paper.space(6);
  paper.line(
    `合计 ${totals.slips} 单${totals.void > 0 ? `（另作废 ${totals.void} 单）` : ''}　到货 ${totals.arrived.jin} 斤 = ${totals.arrived.kg} kg　扣除 ${totals.deducted.jin} 斤 = ${totals.deducted.kg} kg　结算 ${totals.paid.jin} 斤 = ${totals.paid.kg} kg`,
    { isBold: true, advance: 17 },
  );
  paper.line(`金额 ¥ ${totals.amount}${totals.withoutPrice > 0 ? `（${totals.withoutPrice} 单没有单价，未计）` : ''}`, { isBold: true, advance: 17 });
  paper.paragraph(rule.zh, 7, 16);
  paper.line('收购站（签字）__________________　　交售人（签字）__________________　　日期 ______________');
  return paper.end();
}
