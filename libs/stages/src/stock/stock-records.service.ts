import { Injectable } from '@nestjs/common';
import { type Caller, type Page, readPage } from '@daodi/registry';
import { DataSource } from 'typeorm';
import type { DueQuery } from './due.dto';

type Json = Readonly<Record<string, unknown>>;

interface Row {
  readonly id: string;
  readonly state: Json;
  readonly overdue: boolean;
  readonly since_position: string;
}

/** What is still to be done: a sample that is kept, a retest that was not made. */
const OPEN = ['kept', 'due'];

/** Reads retained samples, retest dates and decisions on zones. What is overdue is a matter of today, so it is said here and is no finding. */
@Injectable()
export class StockRecords {
  constructor(private readonly dataSource: DataSource) {}

  /** The caller's own; those whose event was declared in error are gone. */
  list({ organisationId }: Caller, type: 'retained-sample' | 'retest' | 'zone-decision', { within, ...page }: DueQuery): Promise<Page<Json>> {
    return readPage<Row, Json>(
      this.dataSource,
      `SELECT s.id, s.state, s.due < current_date AND s.status = ANY($4) AS overdue, s.since_position FROM stock_record s
        WHERE s.organisation_id = $1 AND s.type = $2 AND ($3::int IS NULL OR (s.status = ANY($4) AND s.due <= current_date + $3::int))
          AND NOT EXISTS (SELECT FROM declared d WHERE d.org = s.organisation_id AND d.event_id = s.event_id)`,
      [organisationId, type, within ?? null, OPEN],
      page,
      ({ id, state, overdue }) => ({ id, ...state, overdue }),
    );
  }
}
