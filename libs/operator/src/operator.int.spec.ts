import { createDataSource } from '@daodi/platform';
import { PASSWORD, Product, type Credential, type Firm } from '../../../test/prove/bench/product';

const DOCUMENT = {
  '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-08-01T08:00:00+08:00',
  epcisBody: { eventList: [{ type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-08-01T08:00:00+08:00', eventTimeZoneOffset: '+08:00', epcList: ['urn:epc:id:sgtin:952123.0000001.7'] }] },
};
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the operator\'s view', () => {
  let product: Product;
  let operator: Credential;
  let firm: Firm;
  beforeAll(async () => {
    product = await Product.open();
    operator = await product.operator();
    firm = await product.firm('ANZE-QM', 'cooperative');
  });
  afterAll(() => product.close());

  const state = async () => (await product.send(operator, 'GET', '/api/v1/operator/state')).body;
  const dead = async () => (await product.send(operator, 'GET', '/api/v1/operator/dead-jobs')).body.items;
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const asOwner = async (sql: string) => {
    const owner = await createDataSource({ url: product.database.ownerUrl }).initialize();
    await owner.query(sql).finally(() => owner.destroy());
  };
  /** Signs in at the page, as a browser on it would. @returns the cookie */
  const browser = async (login: string, headers: Record<string, string> = {}) => {
    const answer = await product.send(undefined, 'POST', '/operator/sign-in?lang=en', new URLSearchParams({ login, password: PASSWORD }).toString(), { ...FORM, ...headers });
    return { answer, cookie: String(answer.headers['set-cookie']).split(';')[0]! };
  };

  describe('is refused', () => {
    it('to nobody with 401, to everybody who is not the operator with 403', async () => {
      const person = await product.person(firm, 'qm-quality', ['quality-head', 'manager']);
      for (const [method, path] of [['GET', 'state'], ['GET', 'dead-jobs'], ['POST', 'dead-jobs/follow/1/replay']] as const) {
        expect((await product.send(undefined, method, `/api/v1/operator/${path}`)).status).toBe(401);
        for (const who of [firm, firm.owner, person]) expect((await product.send(who, method, `/api/v1/operator/${path}`)).status).toBe(403);
      }
    });

    it('as a page to nobody, who gets the sign-in, and to others, who are told that they are not the operator', async () => {
      const nobody = await product.send(undefined, 'GET', '/operator?lang=zh');
      expect([nobody.status, nobody.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
      expect(nobody.text).toContain('运营者登录');
      const { cookie } = await browser('anze-qm-owner');
      const other = await product.send(undefined, 'GET', '/operator', undefined, { cookie });
      expect(other.status).toBe(403);
      expect(other.text).toContain('This account is not the operator’s');
      expect(other.text).not.toContain('Followers');
    });

    it('to a browser that another site sends, and leaves no entry', async () => {
      expect((await browser('operator', { 'sec-fetch-site': 'cross-site' })).answer.status).toBe(403);
      const { cookie } = await browser('operator', { 'sec-fetch-site': 'same-origin' });
      const before = await product.size();
      const replay = await product.send(undefined, 'POST', '/operator/dead-jobs/follow/1/replay', '', { ...FORM, cookie, 'sec-fetch-site': 'cross-site' });
      expect(replay.status).toBe(403);
      expect(await product.size()).toBe(before);
    });

    it('to a wrong password, which is said in words and not typed back', async () => {
      const answer = await product.send(undefined, 'POST', '/operator/sign-in?lang=en', 'login=operator&password=wrong-wrong', FORM);
      expect(answer.status).toBe(401);
      expect(answer.text).toContain('Login or password is not right');
      expect(answer.text).toContain('value="operator"');
      expect(answer.text).not.toContain('wrong-wrong');
    });
  });

  it('tells how the log grows, how far each follower is and what each queue holds, and nothing of any organisation', async () => {
    await product.settled();
    const now = await state();
    expect(now.log.size).toBe(String(await product.size()));
    expect(now.log.entriesLastMinute).toBeGreaterThan(5);
    expect(now.followers.map(({ name }: { name: string }) => name).sort()).toEqual(product.followers.map(({ name }) => name).sort());
    for (const follower of now.followers) expect(follower).toMatchObject({ behind: '0', lagSeconds: 0, position: now.log.size });
    expect(now.queues.map(({ queue }: { queue: string }) => queue)).toEqual(['follow', 'capture-document', 'deliver', 'render-label']);
    expect(now.captures).toEqual({ waiting: 0, oldestAgeSeconds: 0, stuck: [] });
    expect(now.attention).toEqual([]);
    expect(JSON.stringify(now)).not.toMatch(/ANZE|负责人|社/);
  });

  it('counts the past minute only', async () => {
    const [{ lately }] = await product.dataSource.query(`SELECT count(*)::int AS lately FROM entry WHERE record_time >= now() - interval '1 minute'`);
    expect(Math.abs((await state()).log.entriesLastMinute - lately)).toBeLessThanOrEqual(1);
  });

  it('says why a follower stands still, and that it does no more once it has moved on', async () => {
    await asOwner('REVOKE UPDATE ON follower FROM daodi_service');
    await product.post(firm.owner, '/sites', { kind: 'warehouse', name: '二号库', region: '141026' });
    await until(async () => (await state()).followers.every(({ failure }: { failure?: object }) => failure !== undefined));
    const failing = await state();
    expect(failing.followers[0].failure).toMatchObject({ reason: 'QueryFailedError 42501' });
    expect(failing.attention[0].what).toBe('follower-failing');
    await asOwner('GRANT UPDATE ON follower TO daodi_service');
    await product.settled();
    for (const follower of (await state()).followers) expect(follower.failure).toBeUndefined();
    // Jobs that died for it have no work left, so nobody is asked to run them again.
    await until(async () => (await dead()).length === 0);
    expect((await state()).attention).toEqual([]);
  });

  it('shows a document whose job died, and runs it again by a button once what was broken is mended', async () => {
    await asOwner('REVOKE SELECT ON capture_chunk FROM daodi_service');
    const captured = await product.send(firm, 'POST', '/epcis/capture', DOCUMENT, { 'gs1-epcis-version': '2.0.0' });
    expect(captured.status).toBe(202);
    const id = String(captured.headers.location).split('/').at(-1)!;
    await until(async () => (await dead()).some(({ about }: { about?: string }) => about === id));
    const [job] = (await dead()).filter(({ about }: { about?: string }) => about === id);
    expect(job).toMatchObject({ queue: 'capture-document', name: 'capture', attempts: 5, reason: 'QueryFailedError' });
    expect((await state()).attention).toContainEqual({ what: 'jobs-dead', name: 'capture-document', count: expect.any(Number) });

    const { cookie } = await browser('operator');
    const page = await product.send(undefined, 'GET', '/operator?lang=zh', undefined, { cookie });
    expect(page.status).toBe(200);
    expect(page.text).toContain(`action="/operator/dead-jobs/capture-document/${job.id}/replay?lang=zh"`);
    for (const words of ['重新运行', '有 1 件事需要处理', '队列“入库采集文件”有 1 个死任务']) expect(page.text).toContain(words);
    expect(page.text).not.toMatch(/<script|ANZE|952123/);

    await asOwner('GRANT SELECT ON capture_chunk TO daodi_service');
    const before = await product.size();
    const pressed = await product.send(undefined, 'POST', `/operator/dead-jobs/capture-document/${job.id}/replay?lang=zh`, '', { ...FORM, cookie, 'sec-fetch-site': 'same-origin' });
    expect([pressed.status, pressed.headers.location]).toEqual([303, '/operator?lang=zh&note=replayed']);
    await until(async () => (await product.send(firm, 'GET', `/epcis/capture/${id}`, undefined, { 'gs1-epcis-version': '2.0.0' })).body.running === false);
    const entries: { kind: string; type: string; body: { subject: string; new: object }; actor_id: string }[] = await product.dataSource.query(
      'SELECT kind, type, actor_id, body FROM entry JOIN entry_body USING (position) WHERE position >= $1 ORDER BY position', [before]);
    const [replay] = entries.filter(({ type }) => type === 'job-replay');
    expect(replay).toMatchObject({ kind: 'record', body: { subject: `capture-document/${job.id}`, change: 'decided', new: { queue: 'capture-document', job: job.id, about: id, reason: 'QueryFailedError', attempts: 5 } } });
    expect(entries.filter(({ kind }) => kind === 'event')).toHaveLength(1);
    expect(await dead()).toEqual([]);

    const again = await product.send(undefined, 'POST', `/operator/dead-jobs/capture-document/${job.id}/replay?lang=en`, '', { ...FORM, cookie, 'sec-fetch-site': 'same-origin' });
    expect(again.headers.location).toBe('/operator?lang=en&note=gone');
    expect((await product.send(operator, 'POST', `/api/v1/operator/dead-jobs/capture-document/${job.id}/replay`)).status).toBe(404);
    expect((await product.send(operator, 'POST', '/api/v1/operator/dead-jobs/no-such-queue/1/replay')).status).toBe(404);
  });

  it('keeps the session out of reach of scripts and other sites, and ends it', async () => {
    const { answer, cookie } = await browser('operator');
    expect(answer.status).toBe(303);
    expect(answer.headers['set-cookie']).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    expect((await product.send(undefined, 'POST', '/operator/sign-out?lang=en', '', { ...FORM, cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect((await product.send(undefined, 'GET', '/operator', undefined, { cookie })).status).toBe(401);
  });
});
