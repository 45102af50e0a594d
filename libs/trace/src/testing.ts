import { randomUUID } from 'node:crypto';
import { type Entry, GroupAppender, type InlineProjection, LOG_MIGRATIONS, catchUp, enrol } from '@daodi/log';
import { createDataSource, freshDatabase, type FreshDatabase } from '@daodi/platform';
import { REGISTRY_MIGRATIONS } from '@daodi/registry';
import type { DataSource } from 'typeorm';
import { type TraceAnswer, traceAnswer, type TraceDirection } from './answer/trace-answer';
import { currentCanonicaliser, nodesFor } from './book';
import { TRACE_MIGRATIONS } from './migrations';
import { traceProjection } from './projection/trace.projection';
import { historyFollower } from './reading/history.follower';

/** A log with trace on a database of its own, for tests: says events as organisations and asks for traces. */
export class TraceBench {
  private constructor(
    readonly database: FreshDatabase,
    readonly dataSource: DataSource,
    readonly appender: GroupAppender,
  ) {}

  static async open(projections: readonly InlineProjection[] = [traceProjection]): Promise<TraceBench> {
    const database = await freshDatabase([...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...TRACE_MIGRATIONS]);
    const dataSource = await createDataSource({ url: database.serviceUrl }).initialize();
    await enrol(dataSource, [historyFollower]);
    return new TraceBench(database, dataSource, new GroupAppender(dataSource, { projections, ring: () => undefined }));
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }

  /** Registers an organisation directly in its tables: these tests are about trace, not about the registry. */
  async organisation(code: string, gs1Prefix?: string): Promise<string> {
    const id = randomUUID();
    await this.dataSource.query(
      `INSERT INTO organisation (id, code, name, type, region, gs1_prefix, since_position) VALUES ($1, $2, $2, 'cooperative', '141026', $3, -1)`,
      [id, code, gs1Prefix ?? null],
    );
    await this.dataSource.query(`INSERT INTO party (identifier, organisation_id, since_position) VALUES ($1, $2, -1)`, [`urn:daodi:org:${code}`, id]);
    return id;
  }

  /** Says an event as an organisation. */
  async say(org: string, body: Record<string, unknown>): Promise<readonly Entry[]> {
    const eventId = (body['eventID'] as string | undefined) ?? `urn:uuid:${randomUUID()}`;
    const { entries } = await this.appender.append({
      decide: () => [{
        kind: 'event', type: String(body['type']), organisationId: org, actor: { kind: 'system', id: org }, provenance: 'epcis',
        requestId: randomUUID(), eventId, eventTime: new Date(String(body['eventTime'])).toISOString(), eventOffset: '+08:00',
        capturedTime: '2026-01-01T00:00:00Z', context: null, body, declaration: body['errorDeclaration'] !== undefined,
      }],
      respond: () => ({ status: 201, body: null }),
    });
    return entries;
  }

  /** Writes a record as an organisation. */
  async record(org: string, type: string, now: Record<string, unknown>, old?: Record<string, unknown>): Promise<void> {
    await this.appender.append({
      decide: () => [{
        kind: 'record', type, organisationId: org, actor: { kind: 'system', id: org }, provenance: 'form', requestId: randomUUID(),
        capturedTime: '2026-01-01T00:00:00Z', context: null, body: { subject: org, change: old === undefined ? 'created' : 'changed', ...(old && { old }), new: now },
      }],
      respond: () => ({ status: 201, body: null }),
    });
  }

  async trace(org: string, epc: string, direction: TraceDirection = 'both'): Promise<TraceAnswer> {
    await catchUp(this.dataSource, historyFollower);
    const canonical = (await currentCanonicaliser(this.dataSource))(epc);
    const node = (await nodesFor(this.dataSource, org, [canonical])).get(canonical) as string;
    return traceAnswer(this.dataSource, org, node, direction, false);
  }

  /** Holdings of one identifier: `code state quantity overdrawn`, sorted. */
  async holdings(epc: string): Promise<string[]> {
    const canonical = (await currentCanonicaliser(this.dataSource))(epc);
    const rows: { code: string | null; state: string; quantity: string; overdrawn: string }[] = await this.dataSource.query(
      `SELECT COALESCE(o.code, h.org::text) AS code, h.state, sum(h.quantity) AS quantity, sum(h.overdrawn) AS overdrawn
         FROM holding h JOIN node n ON n.id = h.node JOIN identifier i ON i.id = n.identifier LEFT JOIN organisation o ON o.id = h.org
        WHERE i.canonical = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [canonical],
    );
    return rows.map((r) => `${r.code} ${r.state} ${r.quantity} ${r.overdrawn}`);
  }
}
