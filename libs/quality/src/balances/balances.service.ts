import { Injectable } from '@nestjs/common';
import type { Caller, Page } from '@daodi/registry';
import { amountOut, uomOf } from '@daodi/trace';
import { DataSource } from 'typeorm';
import type { BalanceQuery } from './balance.dto';
import { balanceRows, COMES, GOES } from './balance-rows';

const PAGE_DEFAULT = 100;

/** 结存: how much of what came into an organisation's hands, left them, and lies there. */
@Injectable()
export class Balances {
  constructor(private readonly dataSource: DataSource) {}

  /** The caller's own, in the order of their keys. */
  async list({ organisationId }: Caller, { by = 'herb', herb, form, base, year, limit = PAGE_DEFAULT, cursor = '0' }: BalanceQuery): Promise<Page<object>> {
    const offset = Number(cursor);
    const rows = await balanceRows(this.dataSource.manager, organisationId, by, { herb, form, base: base?.toLowerCase(), year }, { offset, limit: limit + 1 });
    const items = rows.slice(0, limit).map(({ key, unit, batches, amounts, owed, findings }) => {
      const out = (base_: bigint): number | string => amountOut(base_, unit);
      const some = (columns: readonly (keyof typeof amounts)[]): object => Object.fromEntries(columns.filter((column) => amounts[column] !== 0n).map((column) => [column, out(amounts[column])]));
      return {
        ...key, batches, uom: uomOf(unit), cameIn: some(COMES), went: some(GOES), onHand: out(amounts.onHand),
        ...some(['onTheWayOut', 'refused']), ...(owed > 0n && { owed: out(owed) }), findings,
      };
    });
    return { items, ...(rows.length > limit && { next: String(offset + limit) }) };
  }
}
