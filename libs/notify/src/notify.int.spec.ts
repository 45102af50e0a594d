import { createHmac } from 'node:crypto';
import { Config, Installation } from '@daodi/platform';
import { Product, type Firm } from '../../../test/prove/bench/product';
import { bare, harvested, kgs, passing, uriOf } from '../../../test/prove/bench/field';
import { Deliver } from './sending/deliver.service';
import { httpCall } from './sending/http-call';
import { DeliverWorker } from './sending/deliver.worker';
import { HttpSink, MailSink } from './testing/sinks';

const SECRET = 'a secret of enough length';
const ALL = ['release-suspended', 'blocking-finding', 'shipment-arriving', 'report-approved'];

/** The body of a mail, whichever of the two transfer encodings (RFC 2045, 6.7 and 6.8) it came in. */
function textOf(data: string): string {
  const [head = '', ...rest] = data.split('\n\n');
  const body = rest.join('\n\n');
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return body.replace(/=\n/g, '').replace(/(?:=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replace(/=/g, ''), 'hex').toString('utf8'));
}

describe('notices', () => {
  const mail = new MailSink();
  const web = new HttpSink();
  let product: Product;
  let coop: Firm;
  let shop: Firm;
  let at: string;
  beforeAll(async () => {
    at = await web.listen();
    product = await Product.open({ settings: { DAODI_SMTP_URL: await mail.listen(), DAODI_MAIL_FROM: 'daodi@trace.example.cn', DAODI_SMS_REQUEST: `POST ${at}/sms {"to":"{phone}","say":"{text}"}`, DAODI_NOTICE_PRIVATE_TARGETS: 'on' } });
    coop = await product.firm('ANZE-NT');
    shop = await product.firm('SHOP-NT', 'retailer');
  });
  afterAll(async () => {
    await product.close();
    mail.close();
    web.close();
  });

  const subscribe = (firm: Firm, channel: string, target: string, more: object = {}) => product.send(firm.owner, 'POST', '/api/v1/notice-subscriptions', { occasions: ALL, channel, target, language: 'zh', ...more });
  const told = async () => {
    await product.settled();
    await product.app.get(DeliverWorker).sweep();
  };
  const until = async (holds: () => boolean | Promise<boolean>) => {
    for (const end = Date.now() + 60_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) if (Date.now() > end) throw new Error(`it did not come to that: ${JSON.stringify([mail.mails.length, web.calls, await product.dataSource.query('SELECT occasion, about, state FROM delivery')])}`);
  };
  const ship = (batch: string, kilograms: string) => product.post(coop, '/shipments', { eventTime: '2026-08-21T09:00:00+08:00', to: { organisation: shop.code }, lines: [{ batch: uriOf(batch), quantity: kilograms, unit: 'kg' }] });

  it('are subscribed to by whoever leads an organisation; another\'s subscription does not exist for others', async () => {
    for (const who of [coop, undefined]) expect((await product.send(who, 'POST', '/api/v1/notice-subscriptions', {})).status).toBe(who === undefined ? 401 : 403);
    const mine = await subscribe(coop, 'email', 'ernie@example.cn');
    expect(mine.status).toBe(201);
    expect(mine.body).toMatchObject({ channel: 'email', to: 'e***@example.cn', status: 'active' });
    expect((await product.send(shop.owner, 'GET', `/api/v1/notice-subscriptions/${mine.body.id}`)).status).toBe(404);
    expect((await product.send(shop.owner, 'DELETE', `/api/v1/notice-subscriptions/${mine.body.id}`)).status).toBe(404);
    expect((await product.send(shop.owner, 'GET', '/api/v1/notice-subscriptions')).body.items).toEqual([]);
    expect((await product.send(coop.owner, 'DELETE', `/api/v1/notice-subscriptions/${mine.body.id}`)).status).toBe(200);
    expect(await product.dataSource.query('SELECT * FROM notice_target')).toEqual([]);
  });

  it('go to an address that could be one, named with its fault where not', async () => {
    const wrong = await subscribe(coop, 'webhook', 'ftp://example.cn');
    expect([wrong.status, wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([422, ['/target', '/secret']]);
    for (const [channel, target] of [['email', 'nobody'], ['sms', 'abc'], ['wecom', 'http://user:pass@example.cn/']]) expect((await subscribe(coop, channel!, target!)).status).toBe(422);
  });

  it('leave neither address nor secret in the log', async () => {
    await subscribe(shop, 'email', 'buyer-of-shop@example.cn');
    await subscribe(coop, 'webhook', `${at}/hook?token=hidden-token`, { secret: SECRET });
    const bodies: { body: object }[] = await product.dataSource.query(`SELECT body FROM entry JOIN entry_body USING (position) WHERE type = 'notice-subscription'`);
    expect(bodies.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(bodies)).not.toMatch(/buyer-of-shop|hidden-token|ernie|enough length/);
  });

  it('tell the receiver by mail that a shipment is on its way: what, which batch, a link, and nothing else', async () => {
    const batch = await harvested(product, coop, '50');
    await ship(batch, '30');
    await told();
    await until(() => mail.mails.length === 1);
    const [{ from, to, data }] = mail.mails as [typeof mail.mails[0]];
    expect([from, to]).toEqual(['daodi@trace.example.cn', ['buyer-of-shop@example.cn']]);
    const plain = textOf(data);
    expect(plain).toContain(`有货物发来：批 ${batch}`);
    expect(plain).toContain(`/b/${batch}`);
    // A code is random and may hold any of these.
    expect(plain.replaceAll(batch, '')).not.toMatch(/ANZE|30|kg/);
  });

  it('ring nobody\'s bell for a claim that something is on its way', async () => {
    const rival = await product.firm('RIVAL-NT', 'processor');
    const batch = await harvested(product, coop, '10');
    const claimed = await product.send(rival, 'POST', '/epcis/events', bare('ObjectEvent', '2026-08-22T09:00:00+08:00', { action: 'OBSERVE', bizStep: 'shipping', quantityList: [kgs(uriOf(batch), 5)], ...passing(rival, shop) }), { 'gs1-epcis-version': '2.0.0' });
    expect(claimed.status).toBe(201);
    await told();
    expect(await product.dataSource.query(`SELECT state FROM delivery WHERE batch = $1`, [batch])).toEqual([]);
  });

  it('tell by a signed call that a blocking finding was opened, again after an answer that was none', async () => {
    web.statuses.push(500);
    const batch = await harvested(product, coop, '5');
    await product.post(coop, '/shipments', { eventTime: '2026-08-21T10:00:00+08:00', to: { organisation: shop.code }, lines: [{ batch: uriOf(batch), quantity: '8', unit: 'kg' }], acceptOverdrawn: true, reason: '山上尚未同步' });
    await told();
    await until(() => web.calls.filter(({ url, body }) => url.startsWith('/hook') && body.includes(batch)).length === 2);
    const [first, again] = web.calls.filter(({ body }) => body.includes(batch));
    expect(again!.headers['x-daodi-delivery']).toBe(first!.headers['x-daodi-delivery']);
    expect(JSON.parse(again!.body)).toMatchObject({ type: 'daodi.notice', occasion: 'blocking-finding', batch });
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(again!.headers['x-daodi-signature']))!;
    expect(createHmac('sha256', SECRET).update(`${seconds}.${again!.body}`).digest('hex')).toBe(signature);
    await until(async () => (await product.dataSource.query(`SELECT FROM delivery WHERE state = 'waiting'`)).length === 0);
  });

  it('repeat nothing when their follower is rebuilt from the first entry, and tell a late subscriber nothing old', async () => {
    await subscribe(shop, 'wecom', `${at}/late`);
    const before = [mail.mails.length, web.calls.length];
    await product.dataSource.query(`UPDATE follower SET position = 0 WHERE name = 'notify'`);
    await told();
    await told();
    expect(await product.dataSource.query(`SELECT FROM delivery WHERE state = 'waiting'`)).toEqual([]);
    expect([mail.mails.length, web.calls.length]).toEqual(before);
  });

  it('reach group robots and telephones', async () => {
    await subscribe(shop, 'dingtalk', `${at}/ding?access_token=t`, { secret: 'SECx', language: 'en' });
    await subscribe(shop, 'feishu', `${at}/fei`, { secret: 'x' });
    await subscribe(shop, 'sms', '13800000000');
    const batch = await harvested(product, coop, '20');
    await ship(batch, '2');
    await told();
    const to = (path: string) => web.calls.find(({ url, body }) => url.startsWith(path) && body.includes(batch));
    await until(() => ['/late', '/ding', '/fei', '/sms'].every((path) => to(path) !== undefined));
    expect(to('/ding')!.url).toMatch(/^\/ding\?access_token=t&timestamp=\d{13}&sign=/);
    expect(JSON.parse(to('/ding')!.body).text.content).toContain(`A shipment is on its way: batch ${batch}`);
    expect(JSON.parse(to('/fei')!.body)).toMatchObject({ msg_type: 'text', sign: expect.any(String) });
    expect(JSON.parse(to('/sms')!.body).to).toBe('13800000000');
  });

  it('do not go behind our own walls unless the operator lets them, by number or by name, nor where they are sent on', async () => {
    for (const url of [`${at}/secret`, at.replace('127.0.0.1', 'localhost'), at.replace('127.0.0.1', '[::1]'), at.replace('127.0.0.1', '2130706433'), 'http://169.254.169.254/latest']) {
      await expect(httpCall({ method: 'POST', url, body: '{}' }, false)).rejects.toThrow('private address');
    }
    web.statuses.push(302);
    await expect(httpCall({ method: 'POST', url: `${at}/moved`, body: '{}' }, true)).rejects.toThrow('answered 302');
    expect(web.calls.some(({ url }) => url === '/secret' || url === '/elsewhere')).toBe(false);

    const [{ id }]: [{ id: string }] = await product.dataSource.query(`INSERT INTO delivery (subscription_id, occasion, about) SELECT subscription_id, 'report-approved', 'walls' FROM notice_target WHERE target LIKE '%/hook%' RETURNING id`);
    const strict = new Deliver(product.dataSource, { ...product.app.get(Config), noticePrivateTargets: false }, product.app.get(Installation));
    await expect(strict.run(id)).rejects.toMatchObject({ name: 'UnrecoverableError', message: 'PrivateTarget' });
  });
});
