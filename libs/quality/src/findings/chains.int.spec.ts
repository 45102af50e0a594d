import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { catchUp, enrol, GroupAppender, LOG_MIGRATIONS } from '@daodi/log';
import { createDataSource, freshDatabase, isStrict, vectorsFolder } from '@daodi/platform';
import { REGISTRY_MIGRATIONS } from '@daodi/registry';
import { TRACE_MIGRATIONS, traceProjection } from '@daodi/trace';
import { QUALITY_MIGRATIONS, QUALITY_PROJECTIONS } from '../index';
import { findingsFollower } from './findings.follower';

type Event = Record<string, unknown>;

const CHAINS = ['all_wholechain_events.jsonld', 'gdst_data_withmasterdata.jsonld'];
const folder = join(vectorsFolder(process.env), 'chains');
const present = existsSync(folder);
if (!present) {
  if (isStrict(process.env)) throw new Error(`the published chains are not at ${folder}`);
  console.warn(`skipped: the published chains are not at ${folder} (set DAODI_VECTORS)`);
}

const CAPTOR = '5b6fc5a2-53e8-4c53-9e4f-0d6f3d2c9a11';

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const copy = [...items];
  let state = seed;
  for (let i = copy.length - 1; i > 0; i--) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const j = state % (i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** The inbox after these events, one a request, read after every `stride`. */
async function inbox(events: readonly Event[], stride: number): Promise<Record<string, unknown>[]> {
  const database = await freshDatabase([...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...TRACE_MIGRATIONS, ...QUALITY_MIGRATIONS]);
  const dataSource = await createDataSource({ url: database.serviceUrl }).initialize();
  try {
    await enrol(dataSource, [findingsFollower]);
    const appender = new GroupAppender(dataSource, { projections: [traceProjection, ...QUALITY_PROJECTIONS], ring: () => undefined });
    for (const [i, body] of events.entries()) {
      const eventTime = new Date(String(body.eventTime)).toISOString();
      await appender.append({
        decide: () => [{
          kind: 'event', type: String(body.type), organisationId: CAPTOR, actor: { kind: 'system', id: CAPTOR }, provenance: 'epcis',
          requestId: randomUUID(), eventId: String(body.eventID), eventTime, eventOffset: '+08:00', capturedTime: eventTime, context: null, body,
          declaration: body.errorDeclaration !== undefined,
        }],
        respond: () => ({ status: 201, body: null }),
      });
      if (i % stride === stride - 1) await catchUp(dataSource, findingsFollower);
    }
    await catchUp(dataSource, findingsFollower);
    return await dataSource.query('SELECT id, rule, severity, node, organisation_id, numbers, evidence FROM finding ORDER BY id');
  } finally {
    await dataSource.destroy();
    await database.drop();
  }
}

(present ? describe : describe.skip).each(CHAINS)('a real interoperability chain, %s', (name) => {
  it('has the same findings in every order of arrival and however often the inbox reads', async () => {
    const { epcisBody } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const events: Event[] = epcisBody.eventList ?? epcisBody.queryResults.resultsBody.eventList;
    const plain = await inbox(events, events.length);
    expect(plain.length).toBeGreaterThan(0);
    for (const seed of [1, 2, 3]) expect(await inbox(shuffled(events, seed), seed === 3 ? 1 : 7)).toEqual(plain);
    expect(plain.filter(({ rule }) => rule === 'overdrawn').length).toBeGreaterThan(0);
  });
});
