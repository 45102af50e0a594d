import { randomUUID } from 'node:crypto';
import { catchUp, enrol } from '@daodi/log';
import { FINDINGS_FOLLOWER, QUALITY_FOLLOWERS } from '@daodi/quality';
import { record } from '@daodi/registry';
import { ownCanonical } from '@daodi/trace';
import { type Story, passAndRelease, tellStory } from '../testing/forsythia-story';
import { kg, PassportBench, pieces, uriOf } from '../testing/passport-bench';
import { KeptPages } from './kept-pages';

/** Pages that are kept are those that would be made: whatever is said changes what it touches, at once. */

let bench: PassportBench;
let story: Story;
let kept: KeptPages;
beforeEach(async () => {
  bench = await PassportBench.open({ isKept: true });
  kept = bench.app.get(KeptPages);
  await enrol(bench.service, QUALITY_FOLLOWERS);
  story = await tellStory(bench);
  await passAndRelease(bench, story);
  await follow();
});
afterEach(() => bench.close());

const follow = async (): Promise<void> => {
  for (const follower of QUALITY_FOLLOWERS) await catchUp(bench.service, follower);
};
const KEY = (code: string, how = 'zh'): string => `${how} /p/b/${code}`;
/** Asks for a page until it is kept: the first look at the log only says where it ends. */
async function asked(code: string): Promise<string> {
  await bench.get(`/p/b/${code}`);
  return (await bench.get(`/p/b/${code}`)).body;
}
/** What the page says now, with nothing kept. */
const anew = async (code: string): Promise<string> => (await bench.get(`/p/b/${code}?x=1`)).body;
/** Lets the half second pass in which the end of the log is not looked at again. */
const pass = (ms: number): void => {
  (kept as unknown as { confirmedAt: number }).confirmedAt -= ms;
};

it('sends what it keeps byte for byte, with the same headers, and 304 to who has it', async () => {
  const first = await bench.get(`/p/b/${story.packs}`);
  const second = await bench.get(`/p/b/${story.packs}`);
  const third = await bench.get(`/p/b/${story.packs}`);
  expect(kept.get(KEY(story.packs))).toBeDefined();
  const { 'x-request-id': _one, date: _a, ...headers } = first.headers;
  const { 'x-request-id': _two, date: _b, ...again } = third.headers;
  expect([second.body, third.body, again]).toEqual([first.body, first.body, headers]);
  const known = await bench.get(`/p/b/${story.packs}`, { 'if-none-match': String(first.headers.etag) });
  expect([known.statusCode, known.body]).toEqual([304, '']);
});

it('keeps languages and JSON apart, and nothing under a query of its own', async () => {
  await asked(story.packs);
  expect((await bench.get(`/p/b/${story.packs}`, { 'accept-language': 'en' })).headers['content-language']).toBe('en');
  expect((await bench.get(`/p/b/${story.packs}`, { accept: 'application/json' })).headers['content-type']).toMatch(/json/);
  expect((await bench.get(`/p/b/${story.packs}?lang=en`)).headers['content-language']).toBe('en');
  await bench.get(`/p/b/${story.packs}?a=1`);
  expect(kept.get(`zh /p/b/${story.packs}?a=1`)).toBeUndefined();
  // The same page under addresses of one's own making would push out what people ask for.
  for (const spelled of [`${story.packs}//`, story.packs.toLowerCase()]) {
    expect((await bench.get(`/p/b/${spelled}`)).statusCode).toBe(200);
    expect(kept.get(KEY(spelled))).toBeUndefined();
  }
});

it('makes a page anew when its thing, or what it was made of, is spoken of', async () => {
  await asked(story.packs);
  await bench.say(story.coop, '2026-09-20T00:00:00Z', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting', quantityList: [kg(story.dried, 1)] });
  await follow();
  pass(600);
  expect(await kept.find(KEY(story.packs))).toBeUndefined();
  expect((await bench.get(`/p/b/${story.packs}`)).body).toBe(await anew(story.packs));
});

it('makes a page anew when the move of a carton it was in is declared in error', async () => {
  const carton = await bench.issue(story.factory, 'container');
  const at = '2026-09-21T10:00:00+08:00';
  const party = (role: string, code: string) => [{ type: 'possessing_party', [role]: `urn:daodi:org:${code}` }];
  const move = {
    type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventID: `urn:uuid:${randomUUID()}`, epcList: [uriOf(carton)],
    sourceList: party('source', 'XF-YP'), destinationList: party('destination', 'YD-YF'),
  };
  await bench.say(story.factory, at, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: uriOf(carton), childQuantityList: [pieces(story.packs, 50)] });
  await bench.say(story.factory, at.replace('T10', 'T11'), move);
  await follow();
  pass(600);
  const before = await asked(story.packs);
  expect(kept.get(KEY(story.packs))).toBeDefined();
  await bench.say(story.factory, at.replace('T10', 'T11'), { ...move, errorDeclaration: { declarationTime: '2026-09-22T10:00:00+08:00', reason: 'did_not_occur' } });
  await follow();
  pass(600);
  expect(await kept.find(KEY(story.packs))).toBeUndefined();
  const now = (await bench.get(`/p/b/${story.packs}`)).body;
  expect([now === (await anew(story.packs)), now === before]).toEqual([true, false]);
});

it('leaves a page when something else is spoken of, and lets it go when a record may be about anything', async () => {
  await asked(story.packs);
  const other = await bench.issue(story.coop, 'batch');
  await bench.say(story.coop, '2026-09-20T00:00:00Z', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(other, 1)] });
  pass(600);
  expect(await kept.find(KEY(story.packs))).toBeDefined();
  await bench.write(story.coop, [record('organisation', story.coop, 'changed', { new: { code: 'AZ-LQ', name: '新名', type: 'cooperative', region: '141026' } })]);
  pass(600);
  expect(await kept.find(KEY(story.packs))).toBeUndefined();
});

it('keeps no page that was made of findings older than what touches it', async () => {
  await asked(story.packs);
  await bench.say(story.coop, '2026-09-20T00:00:00Z', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting', quantityList: [kg(story.dried, 1)] });
  pass(2_100);
  // The inbox has not read it: what is made now is made of what it said before.
  await bench.get(`/p/b/${story.packs}`);
  await bench.get(`/p/b/${story.packs}`);
  expect(kept.get(KEY(story.packs))).toBeUndefined();
  const [{ position }] = await bench.service.query('SELECT position FROM follower WHERE name = $1', [FINDINGS_FOLLOWER]);
  await follow();
  expect(BigInt(position)).toBeLessThan(BigInt((await bench.service.query('SELECT size FROM log_head'))[0].size));
  expect(await asked(story.packs)).toBe(await anew(story.packs));
  expect(kept.get(KEY(story.packs))).toBeDefined();
});

it('shows a hold at every door within five seconds, though all of them had the page', async () => {
  const other = await bench.another();
  try {
    const doors = [bench.app, other];
    const ask = () => Promise.all(doors.map(async (door) => (await door.inject({ method: 'GET', url: `/p/b/${story.packs}` })).body));
    await ask();
    const [before] = await ask();
    const held = { batch: story.packs, canonical: ownCanonical(story.packs), node: await bench.node(story.packs), reason: '抽检' };
    await bench.write(story.factory, [record('hold', randomUUID(), 'created', { new: held })]);
    const since = Date.now();
    let shown = 0;
    while (shown < doors.length && Date.now() - since < 5_000) shown = (await ask()).filter((body) => body !== before && body.includes('冻结')).length;
    expect(shown).toBe(doors.length);
  } finally {
    await other.close();
  }
});

it('sends nothing that was kept once it could not be confirmed for two seconds', async () => {
  await asked(story.packs);
  pass(1_500);
  expect(kept.get(KEY(story.packs))).toBeDefined();
  pass(2_100);
  expect(kept.get(KEY(story.packs))).toBeUndefined();
});

it('forgets what was least asked for, so that memory has an end', async () => {
  const answer = { status: 200, etag: '"x"', headers: {}, bodyHeaders: {}, body: Buffer.alloc(1_000_000) };
  await kept.find('nothing');
  const rests = { ids: [], position: BigInt((await bench.service.query('SELECT size FROM log_head'))[0].size) };
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  for (let n = 0; n < 60; n++) kept.keep(`page ${n}`, answer, rests, day);
  const left = Array.from({ length: 60 }, (_, n) => n).filter((n) => kept.get(`page ${n}`) !== undefined);
  expect(left).toEqual(Array.from({ length: 33 }, (_, n) => n + 27));
});
