import { Injectable } from '@nestjs/common';
import { invalid, notFound } from '@daodi/platform';
import { type Caller, findHerb, findPicker, pickerNames, uuidOf } from '@daodi/registry';
import { DataSource } from 'typeorm';
import type { StatementQuery } from './delivery-lists.dto';
import { STATEMENT_RULE, type SlipHistory, type StatementLine, statementOf, type StatementTotals } from './statement';
import type { SlipState } from './slip-state';

/** A statement 结算单 of one picker and season, for the station that bought. */
export interface Statement {
  readonly organisation: string;
  readonly picker: { readonly id: string; readonly kind: string; readonly name?: string; readonly group?: string; readonly village?: string };
  readonly from: string;
  readonly to: string;
  readonly lines: readonly StatementLine[];
  readonly totals: StatementTotals;
  readonly rule: typeof STATEMENT_RULE;
  /** Names of the herbs on it, by code. */
  readonly herbs: Readonly<Record<string, string>>;
}

/** Makes statements from the slips as they stand, with all that was corrected. */
@Injectable()
export class Statements {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Problem 404 where the picker is not the organisation's; 422 where the season ends before it begins */
  async of(caller: Caller, pickerId: string, { from, to }: StatementQuery): Promise<Statement> {
    const id = uuidOf(pickerId);
    const picker = id === undefined ? undefined : await findPicker(this.dataSource, caller.organisationId, id);
    if (id === undefined || picker === undefined) throw notFound();
    if (to < from) throw invalid([{ pointer: '', rule: 'to-before-from', detail: { zh: '截止日期早于开始日期', en: 'the last day is before the first' } }]);
    const histories = await this.histories(caller, id, from, to);
    const name = (await pickerNames(this.dataSource, caller.organisationId, [id])).get(id);
    const [{ name: organisation }] = await this.dataSource.query('SELECT name FROM organisation WHERE id = $1', [caller.organisationId]);
    const herbs: Record<string, string> = {};
    for (const code of new Set(histories.map(({ slip }) => slip.herb))) herbs[code] = (await findHerb(this.dataSource, code))?.name ?? code;
    return {
      organisation, picker: { id, kind: picker.kind, name: name?.name, group: name?.group, village: picker.village }, from, to,
      ...statementOf(histories), rule: STATEMENT_RULE, herbs,
    };
  }

  private async histories(caller: Caller, picker: string, from: string, to: string): Promise<SlipHistory[]> {
    const rows: { id: string; state: SlipState; heap_id: string | null; batch: string | null; versions: SlipHistory['versions'] }[] = await this.dataSource.query(
      `SELECT s.id, s.state, s.heap_id, h.batch,
              (SELECT jsonb_agg(jsonb_build_object('state', v.state, 'why', v.why, 'at', to_char(v.record_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY v.position)
                 FROM slip_version v WHERE v.slip_id = s.id) AS versions
         FROM slip s LEFT JOIN heap h ON h.id = s.heap_id
        WHERE s.organisation_id = $1 AND s.picker_id = $2 AND s.day BETWEEN $3 AND $4 ORDER BY s.day, s.state ->> 'weighedAt', s.since_position`,
      [caller.organisationId, picker, from, to],
    );
    return rows.map(({ id, state, heap_id, batch, versions }) => ({ slip: { ...state, id, heap: heap_id ?? undefined }, batch: batch ?? undefined, versions }));
  }
}
