import { Injectable } from '@nestjs/common';
import type { Caller } from '@daodi/registry';
import { amountOut, type LineUnit, uomOf } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { withoutAbsent } from '../form/work';
import { headedFor } from './zones';

/** One line as the list shows it. */
export const UNDER_WAY_EXAMPLE = { batch: 'https://trace.example.cn/b/7K2QZ0ABCD4', to: 'urn:daodi:site:6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', quantity: 120, uom: 'KGM' };

interface Row {
  readonly uri: string;
  readonly place: string;
  readonly quantity: string;
  readonly unit: LineUnit;
}

/** Reads what is on its way between places of one house. */
@Injectable()
export class Transfers {
  constructor(private readonly dataSource: DataSource) {}

  async underWay({ organisationId }: Caller): Promise<object> {
    const rows: Row[] = await this.dataSource.query(
      `SELECT COALESCE(b.uri, i.canonical) AS uri, h.place, h.quantity, h.unit FROM holding h JOIN node n ON n.id = h.node JOIN identifier i ON i.id = n.identifier
         LEFT JOIN batch b ON b.identifier = n.identifier
        WHERE h.org = $1 AND h.state = 'available' AND h.place LIKE 'urn:daodi:site:%:on-the-way' AND h.quantity > 0 ORDER BY 1, 2`,
      [organisationId],
    );
    return { items: rows.map(({ uri, place, quantity, unit }) => withoutAbsent({ batch: uri, to: headedFor(place), quantity: amountOut(BigInt(quantity), unit), uom: uomOf(unit) })) };
  }
}
