import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { invalid, readTable } from '@daodi/platform';
import { type Caller, findOwn, INSTRUMENT_TEMPLATES } from '@daodi/registry';
import { DataSource } from 'typeorm';
import type { PreviewResultsDto } from './import.dto';
import { type InstrumentTemplate, readResults } from './read-results';

/** Results of instruments, read for reports. Reading stores nothing: what is wrong is put right in the file, and a person enters the report. */
@Injectable()
export class ResultImport {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * What a file says, sample by sample, as the items of reports to be entered, with the batch each sample was drawn of where
   * that is on record for this laboratory, and everything that cannot be taken.
   *
   * @throws Problem 422 where the template is not the caller's, or the file is no table
   */
  async preview(caller: Caller, { template: id, file }: PreviewResultsDto): Promise<object> {
    const template = await findOwn(this.dataSource.manager, caller, INSTRUMENT_TEMPLATES, id);
    if (template === undefined) throw invalid([{ pointer: '/template', rule: 'unknown-template', detail: { zh: '本组织没有这一模板', en: 'The organisation has no such template' } }]);
    const bytes = Buffer.from(file, 'base64');
    const table = await readTable(bytes);
    if (!table.ok) throw invalid([{ pointer: '/file', rule: table.rule, detail: table.detail }]);
    const rawFileDigest = createHash('sha256').update(bytes).digest('hex');
    const { samples, faults } = readResults(table.rows, template as unknown as InstrumentTemplate, rawFileDigest);
    const drawn = await this.drawnFor(caller, samples.map(({ sampleNumber }) => sampleNumber));
    return {
      rawFileDigest, faults,
      samples: samples.map(({ sampleNumber, rows, items }) => {
        const batches = [...new Set(drawn.filter((one) => one.number === sampleNumber).map(({ batch }) => batch))];
        return { sampleNumber, rows, items, ...(batches.length === 1 ? { batch: batches[0] } : { unknown: batches.length === 0 ? 'not-on-record' : 'several' }) };
      }),
    };
  }

  /** Samples drawn for this laboratory, or by itself, under these numbers. */
  private async drawnFor({ organisationId }: Caller, numbers: readonly string[]): Promise<{ number: string; batch: string }[]> {
    return this.dataSource.query(
      `SELECT y.body #>> '{daodi:sample,number}' AS number, COALESCE(b.uri, i.canonical) AS batch
         FROM line l JOIN entry_body y ON y.position = l.position JOIN identifier i ON i.id = l.identifier LEFT JOIN batch b ON b.identifier = l.identifier
        WHERE l.role = 'sample' AND l.path = '' AND l.held AND NOT l.void AND (l.dest_org = $1 OR (l.org = $1 AND l.dest_org IS NULL)) AND y.body #>> '{daodi:sample,number}' = ANY($2)`,
      [organisationId, numbers],
    );
  }
}
