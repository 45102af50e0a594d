import { catchUp, enrol } from '@daodi/log';
import { FrontDoor } from '@daodi/platform';
import { QUALITY_FOLLOWERS } from '@daodi/quality';
import { type Story, passAndRelease, tellStory } from '../testing/forsythia-story';
import { PassportBench } from '../testing/passport-bench';

/** Over a connection, where kept pages go out before the router is asked. */

let bench: PassportBench;
let story: Story;
let url: string;
beforeAll(async () => {
  bench = await PassportBench.open({ isKept: true });
  await enrol(bench.service, QUALITY_FOLLOWERS);
  story = await tellStory(bench);
  await passAndRelease(bench, story);
  for (const follower of QUALITY_FOLLOWERS) await catchUp(bench.service, follower);
  url = (await bench.app.listen(0, '127.0.0.1').then(() => bench.app.getUrl())) + `/p/b/${story.packs}`;
  // The first look at the log only says where it ends.
  await ask();
  await ask();
});
afterAll(() => bench.close());

const ask = async (headers: Record<string, string> = {}) => {
  const answer = await fetch(url, { headers: { accept: 'text/html', ...headers } });
  const received: Record<string, string> = {};
  answer.headers.forEach((value, name) => (received[name] = value));
  return { status: answer.status, headers: received, body: await answer.text() };
};
/** Those of one answer only, or of the connection. */
const lasting = ({ 'x-request-id': _id, date: _date, connection: _connection, 'keep-alive': _alive, ...headers }: Record<string, string>) => headers;
const counted = async (): Promise<number> => {
  const { body } = await bench.app.inject('/metrics');
  return Number(/^daodi_page_seconds_count\{page="passport",status="2xx"\} (\d+)$/m.exec(body)?.[1]);
};

it('sends what the router sends: the same bytes, the same headers, an id of its own', async () => {
  const door = jest.spyOn(bench.app.get(FrontDoor) as unknown as { answer(): boolean }, 'answer');
  const kept = await ask();
  expect(door.mock.results).toEqual([{ type: 'return', value: true }]);
  const again = await ask();
  const routed = await bench.app.inject({ method: 'GET', url: `/p/b/${story.packs}`, headers: { accept: 'text/html' } });
  expect([kept.status, kept.body]).toEqual([200, routed.body]);
  expect(lasting(kept.headers)).toEqual(lasting(routed.headers as Record<string, string>));
  expect(lasting(again.headers)).toEqual(lasting(kept.headers));
  expect(kept.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(again.headers['x-request-id']).not.toBe(kept.headers['x-request-id']);
});

it('is counted as a page', async () => {
  const before = await counted();
  await ask();
  await ask();
  expect(await counted()).toBe(before + 2);
});

it('leaves to the router whoever has the page already, comes by a proxy, or wants it in a language', async () => {
  const { headers } = await ask();
  expect((await ask({ 'if-none-match': String(headers['etag']) })).status).toBe(304);
  expect((await ask({ 'x-forwarded-proto': 'http', 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
  expect((await ask({ 'accept-language': 'en' })).headers['content-language']).toBe('en');
  expect((await ask({ accept: 'application/json' })).headers['content-type']).toMatch(/json/);
});
