import { Injectable } from '@nestjs/common';
import { isoTime } from '@daodi/log';
import { type Caller, type Page, readPage, siteUrn } from '@daodi/registry';
import { amountOut, type LineUnit, readBatchCode, uomOf } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { findFacts } from '../form/things';
import { withoutAbsent } from '../form/work';
import type { DifferencePageQuery } from './differences.dto';

type Json = Readonly<Record<string, unknown>>;

interface CountRow {
  readonly event_id: string;
  readonly uri: string;
  readonly kind: string;
  readonly place: string | null;
  readonly unit: LineUnit;
  readonly booked: string;
  readonly counted: string;
  readonly reason: string | null;
  readonly moisture: object | null;
  readonly moisture_before: object | null;
  readonly dry_matter: object | null;
  readonly at: string;
  readonly since_position: string;
}

/** One line as the list shows it. */
export const DIFFERENCE_EXAMPLE = {
  eventID: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70', eventTime: '2026-10-31T09:00:00.000000Z', kind: 'stock-take', batch: 'https://trace.example.cn/b/7K2QZ0ABCD4',
  site: 'urn:daodi:site:2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', book: 268, counted: 266.4, difference: -1.6, uom: 'KGM', reason: 'drying-loss', moisture: { percent: '11.8', method: 'oven' },
};

/** Reads past stock-takes and changes of lying stock; what was declared in error is left out. */
@Injectable()
export class Differences {
  constructor(private readonly dataSource: DataSource) {}

  /** The caller's own, oldest first. @param of stock-takes, or re-dryings, losses and regains */
  async list({ organisationId }: Caller, of: 'stock-take' | 'stock-change', { batch, site, ...page }: DifferencePageQuery): Promise<Page<Json>> {
    const uri = batch === undefined ? null : await this.uriOf(batch);
    return readPage<CountRow, Json>(
      this.dataSource,
      // Ordered by one number: the place of a line within its event is the last four digits of it.
      `SELECT c.*, ${isoTime('c.event_time')} AS at, c.position * 10000 + c.ordinal AS since_position FROM stock_count c
        WHERE c.organisation_id = $1 AND (c.kind = 'stock-take') = $2 AND ($3::text IS NULL OR c.uri = $3) AND ($4::text IS NULL OR c.place = $4)
          AND NOT EXISTS (SELECT FROM declared d WHERE d.org = c.organisation_id AND d.event_id = c.event_id)`,
      [organisationId, of === 'stock-take', uri, site === undefined ? null : siteUrn(site.toLowerCase())],
      page,
      viewOf,
    );
  }

  private async uriOf(batch: string): Promise<string> {
    const code = readBatchCode(batch);
    const facts = code === undefined ? undefined : (await findFacts({ tx: this.dataSource.manager }, [code])).get(code);
    return (facts?.uri ?? batch).replaceAll('\0', '');
  }
}

function viewOf({ event_id, at, kind, uri, place, unit, booked, counted, reason, moisture, moisture_before, dry_matter }: CountRow): Json {
  const [book, found] = [BigInt(booked), BigInt(counted)];
  return withoutAbsent({
    eventID: event_id, eventTime: at, kind, batch: uri, site: place ?? undefined,
    book: amountOut(book, unit), counted: amountOut(found, unit), difference: amountOut(found - book, unit), uom: uomOf(unit),
    reason: reason ?? undefined, moisture: moisture ?? undefined, moistureBefore: moisture_before ?? undefined, dryMatter: dry_matter ?? undefined,
  });
}
