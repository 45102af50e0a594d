import { Injectable } from '@nestjs/common';
import type { Caller } from '@daodi/registry';
import { amountOut, type LineUnit, uomOf } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { withoutAbsent } from '../form/work';

/** One line as the list shows it. */
export const WASTE_EXAMPLE = { batch: 'https://trace.example.cn/b/7K2QZ0ABCD4', code: '7K2QZ0ABCD4', herb: 'lianqiao', quantity: 4.5, uom: 'KGM' };

/** Reads which waste still lies in a house. */
@Injectable()
export class Waste {
  constructor(private readonly dataSource: DataSource) {}

  async open({ organisationId }: Caller): Promise<object> {
    const rows: { uri: string; code: string; herb: string | null; quantity: string; unit: LineUnit }[] = await this.dataSource.query(
      `SELECT b.uri, b.code, b.herb, sum(h.quantity) AS quantity, h.unit FROM holding h JOIN node n ON n.id = h.node JOIN batch b ON b.identifier = n.identifier
        WHERE h.org = $1 AND h.state = 'available' AND h.quantity > 0 AND b.attributes ->> 'role' = 'waste' GROUP BY 1, 2, 3, 5 ORDER BY 2`,
      [organisationId],
    );
    return { items: rows.map(({ uri, code, herb, quantity, unit }) => withoutAbsent({ batch: uri, code, herb: herb ?? undefined, quantity: amountOut(BigInt(quantity), unit), uom: uomOf(unit) })) };
  }
}
