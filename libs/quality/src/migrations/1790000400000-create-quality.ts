import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Test reports, commissions, releases, holds and decisions (inline projections), and findings (a follower's). */
export class CreateQuality1790000400000 implements MigrationInterface {
  name = 'CreateQuality1790000400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE test_report (                -- as the laboratory states it; whether it counts is judged when asked
        id               uuid    PRIMARY KEY,
        organisation_id  uuid    NOT NULL,      -- the laboratory
        identifier       uuid    NOT NULL,      -- of the batch it names
        number           text    NOT NULL,
        status           text    NOT NULL CHECK (status IN ('draft', 'reviewed', 'approved')),
        supersedes       uuid,
        commissioner_id  uuid,                  -- as the laboratory states it
        state            jsonb   NOT NULL,
        since_position   bigint  NOT NULL,
        decided_position bigint,                -- of the approver's signature
        UNIQUE (organisation_id, number)
      )`);
    await db.query(`CREATE INDEX test_report_identifier ON test_report (identifier)`);
    await db.query(`CREATE INDEX test_report_commissioner ON test_report (commissioner_id, since_position)`);
    await db.query(`CREATE INDEX test_report_of_organisation ON test_report (organisation_id, since_position)`);
    await db.query(`CREATE INDEX test_report_supersedes ON test_report (supersedes) WHERE supersedes IS NOT NULL`);
    await db.query(`
      CREATE TABLE test_commission (            -- a holder says that a laboratory tests a batch for it
        id               uuid   PRIMARY KEY,
        organisation_id  uuid   NOT NULL,
        identifier       uuid   NOT NULL,
        laboratory_id    uuid   NOT NULL,
        state            jsonb  NOT NULL,
        since_position   bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX test_commission_identifier ON test_commission (identifier)`);
    await db.query(`CREATE INDEX test_commission_of_organisation ON test_commission (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE release_decision (               -- every decision stays; the latest of an organisation on a batch stands
        id               uuid   PRIMARY KEY,
        organisation_id  uuid   NOT NULL,
        identifier       uuid   NOT NULL,
        node             uuid   NOT NULL,
        decision         text   NOT NULL CHECK (decision IN ('released', 'rejected')),
        state            jsonb  NOT NULL,
        record_time      timestamptz NOT NULL,
        since_position   bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX release_decision_node ON release_decision (node, since_position)`);
    await db.query(`CREATE INDEX release_decision_identifier ON release_decision (identifier)`);
    await db.query(`CREATE INDEX release_decision_of_organisation ON release_decision (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE quality_hold (               -- 冻结 by an organisation, of its own share of a batch
        id               uuid    PRIMARY KEY,
        organisation_id  uuid    NOT NULL,
        identifier       uuid    NOT NULL,
        node             uuid    NOT NULL,
        lifted           boolean NOT NULL,
        state            jsonb   NOT NULL,
        record_time      timestamptz NOT NULL,
        since_position   bigint  NOT NULL
      )`);
    await db.query(`CREATE INDEX quality_hold_node ON quality_hold (node)`);
    await db.query(`CREATE INDEX quality_hold_of_organisation ON quality_hold (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE finding_decision (           -- 特批: signatures under a warning, each bound to what it then said
        id               uuid   PRIMARY KEY,
        finding          uuid   NOT NULL,
        organisation_id  uuid   NOT NULL,
        identifier       uuid   NOT NULL,
        person_id        uuid   NOT NULL,
        evidence         text   NOT NULL,
        state            jsonb  NOT NULL,
        since_position   bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX finding_decision_finding ON finding_decision (finding)`);
    await db.query(`
      CREATE TABLE finding (
        id               uuid   PRIMARY KEY,    -- of (rule, node, organisation)
        rule             text   NOT NULL,
        severity         text   NOT NULL CHECK (severity IN ('note', 'warning', 'blocking')),
        node             uuid   NOT NULL,
        identifier       uuid   NOT NULL,
        organisation_id  uuid   NOT NULL,       -- whose share of the batch it is about
        numbers          jsonb  NOT NULL,
        evidence         text   NOT NULL,       -- digest of what it says: a decision covers no other
        since_position   bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX finding_identifier ON finding (identifier)`);
    await db.query(`CREATE INDEX finding_node ON finding (node)`);
    await db.query(`CREATE INDEX finding_of_organisation ON finding (organisation_id, since_position)`);

    const tables = TABLES.join(', ');
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ${tables} TO daodi_service`);
    await db.query(`GRANT SELECT ON ${tables} TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE ${TABLES.join(', ')}`);
  }
}

const TABLES = ['test_report', 'test_commission', 'release_decision', 'quality_hold', 'finding_decision', 'finding'];
