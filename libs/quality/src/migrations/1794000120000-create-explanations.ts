import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What organisations say to findings 已说明, and the rules they made stricter for themselves (inline projections). */
export class CreateExplanations1794000120000 implements MigrationInterface {
  name = 'CreateExplanations1794000120000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE finding_explanation (
        id               uuid   PRIMARY KEY,
        finding          uuid   NOT NULL,
        organisation_id  uuid   NOT NULL,
        identifier       uuid   NOT NULL,
        person_id        uuid   NOT NULL,
        evidence         text   NOT NULL,         -- digest of what the finding then said
        state            jsonb  NOT NULL,
        since_position   bigint NOT NULL
      )`);
    await db.query('CREATE INDEX finding_explanation_finding ON finding_explanation (finding)');
    await db.query('CREATE INDEX finding_explanation_of_organisation ON finding_explanation (organisation_id, since_position)');
    await db.query('CREATE INDEX finding_decision_of_organisation ON finding_decision (organisation_id, since_position)');
    await db.query(`
      CREATE TABLE rule_strictness (
        id               uuid   PRIMARY KEY,      -- of (organisation, rule)
        organisation_id  uuid   NOT NULL,
        rule             text   NOT NULL,
        severity         text   NOT NULL CHECK (severity IN ('note', 'warning', 'blocking')),
        state            jsonb  NOT NULL,
        since_position   bigint NOT NULL,
        UNIQUE (organisation_id, rule)
      )`);
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON finding_explanation, rule_strictness TO daodi_service');
    await db.query('GRANT SELECT ON rule_strictness, finding_explanation TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX finding_decision_of_organisation');
    await db.query('DROP TABLE rule_strictness, finding_explanation');
  }
}
