import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports of one laboratory are looked up by the number of their sample. */
export class IndexSamplesOfReports1794000140000 implements MigrationInterface {
  name = 'IndexSamplesOfReports1794000140000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX test_report_sample ON test_report (organisation_id, (state ->> 'sampleNumber')) WHERE state ->> 'sampleNumber' IS NOT NULL`);
    await db.query(`CREATE INDEX test_report_failed ON test_report (identifier) WHERE status = 'approved' AND state ->> 'verdict' = 'fail'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX test_report_sample, test_report_failed');
  }
}
