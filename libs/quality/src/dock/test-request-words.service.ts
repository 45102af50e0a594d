import { Injectable } from '@nestjs/common';
import { type Caller, isDemo } from '@daodi/registry';
import { DataSource } from 'typeorm';

/** What a request for testing calls things. */
export interface RequestWords {
  readonly organisation: string;
  readonly isDemo: boolean;
  /** By batch: its herb in Chinese, its lot number, its number in the own books. */
  readonly batches: ReadonlyMap<string, { readonly herb: string; readonly lotNumber: string; readonly own: string }>;
}

/** Looks up the names a request for testing is printed with. */
@Injectable()
export class TestRequestWords {
  constructor(private readonly dataSource: DataSource) {}

  async of({ organisationId }: Caller, decision: Readonly<Record<string, unknown>>): Promise<RequestWords> {
    const uris = (decision['lots'] as { batch: string }[]).map(({ batch }) => batch);
    const [firm] = await this.dataSource.query('SELECT name FROM organisation WHERE id = $1', [organisationId]);
    const rows: { uri: string; herb: string | null; lot: string | null; own: string | null }[] = await this.dataSource.query(
      `SELECT b.uri, COALESCE(h.name, b.herb) AS herb, b.lot_number AS lot,
              (SELECT string_agg(DISTINCT a.value, '、') FROM node n JOIN alias a ON a.node = n.id AND a.organisation_id = $2 WHERE n.identifier = b.identifier) AS own
         FROM batch b LEFT JOIN herb h ON h.code = b.herb WHERE b.uri = ANY($1)`,
      [uris, organisationId],
    );
    return {
      organisation: firm.name, isDemo: await isDemo(this.dataSource),
      batches: new Map(rows.map(({ uri, herb, lot, own }) => [uri, { herb: herb ?? '', lotNumber: lot ?? '', own: own ?? '' }])),
    };
  }
}
