import { randomUUID } from 'node:crypto';
import { bareEvent, EpcisBench, type Partner, testDocument, testEvent } from './testing/epcis-bench';

describe('imports by EPCIS', () => {
  let bench: EpcisBench;
  let coop: Partner;
  let rival: Partner;
  let n = 0;
  beforeAll(async () => {
    bench = await EpcisBench.open();
    coop = await bench.partner('COOP');
    rival = await bench.partner('RIVAL');
    await grant('paper', 'active');
    await grant('ended', 'ended');
  });
  afterAll(() => bench.close());

  /** These tests are not about how a grant is given. */
  const grant = (run: string, status: string) =>
    bench.dataSource.query(
      `INSERT INTO import_grant (id, organisation_id, run, status, until, state, since_position)
       VALUES ($1, $2, $3, $4, clock_timestamp() + interval '1 hour', '{}', -1)`,
      [randomUUID(), coop.organisationId, run, status],
    );
  const stored = (from: number) =>
    bench.dataSource.query(
      `SELECT e.type, e.provenance, to_char(e.captured_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS written, b.body -> 'new' ->> 'run' AS run
         FROM entry e JOIN entry_body b USING (position) WHERE e.position >= $1 ORDER BY e.position`,
      [from],
    );
  const OF_RUN = { 'x-import-run': 'paper', 'x-captured-time': '2025-09-01T18:00:00+08:00' };

  it('are stored as they were sent, with a record beside them that names the run', async () => {
    const from = await bench.size();
    const event = bareEvent(++n);
    expect((await bench.send(coop, 'POST', '/epcis/events', event, OF_RUN)).statusCode).toBe(201);
    expect(await stored(from)).toEqual([
      { type: 'ObjectEvent', provenance: 'import', written: '2025-09-01 10:00', run: null },
      { type: 'import', provenance: 'import', written: '2025-09-01 10:00', run: 'paper' },
    ]);
    // The very same event of a system that sends it later is no other.
    expect((await bench.send(coop, 'POST', '/epcis/events', event)).statusCode).toBe(200);
  });

  it('come in documents too, of both behaviours', async () => {
    for (const behaviour of ['rollback', 'proceed']) {
      const from = await bench.size();
      const headers = { ...OF_RUN, 'GS1-Capture-Error-Behaviour': behaviour };
      const answer = await bench.send(coop, 'POST', '/epcis/capture', testDocument([testEvent(++n), testEvent(++n)]), headers);
      expect(answer.statusCode).toBe(202);
      await bench.runJobs();
      expect((await stored(from)).map(({ type, provenance, written, run }: Record<string, string>) => [type, provenance, written, run])).toEqual([
        ['ObjectEvent', 'import', '2025-09-01 10:00', null], ['ObjectEvent', 'import', '2025-09-01 10:00', null], ['import', 'import', '2025-09-01 10:00', 'paper'],
      ]);
    }
  });

  it('are refused by both doors without a live grant, and leave nothing', async () => {
    const size = await bench.size();
    for (const [who, run] of [[coop, 'ended'], [coop, 'unheard-of'], [rival, 'paper']] as const) {
      for (const [url, body] of [['/epcis/events', bareEvent(++n)], ['/epcis/capture', testDocument([testEvent(++n)])]] as const) {
        const answer = await bench.send(who, 'POST', url, body, { 'x-import-run': run });
        expect([answer.statusCode, answer.json().errors[0].rule]).toEqual([403, 'header-x-import-run']);
      }
    }
    await bench.runJobs();
    expect(await bench.size()).toBe(size);
  });

  it('are refused by the job where the grant ended between the acknowledgement and the log', async () => {
    for (const behaviour of ['rollback', 'proceed']) {
      const run = `ends-${behaviour}`;
      await grant(run, 'active');
      const size = await bench.size();
      const headers = { 'x-import-run': run, 'GS1-Capture-Error-Behaviour': behaviour };
      const answer = await bench.send(coop, 'POST', '/epcis/capture', testDocument([testEvent(++n)]), headers);
      expect(answer.statusCode).toBe(202);
      await bench.dataSource.query(`UPDATE import_grant SET status = 'ended' WHERE run = $1`, [run]);
      await bench.runJobs();
      const job = (await bench.send(coop, 'GET', String(answer.headers.location))).json();
      expect(job).toMatchObject({ running: false, success: false, errors: [{ type: 'epcisException:SecurityException', rule: 'import-not-granted' }] });
      expect(await bench.size()).toBe(size);
    }
  });
});
