import { createHash } from 'node:crypto';
import { type Account, RegistryBench } from '../testing/registry-bench';

let bench: RegistryBench;
let coop: Account;
let rival: Account;
beforeAll(async () => {
  bench = await RegistryBench.open([], true, { DAODI_FILE_BYTES_MAX: '4096', DAODI_FILE_BYTES_PER_DAY: '10000' });
  [coop, rival] = [await bench.organisation('FILES'), await bench.organisation('FILES-RIVAL')];
});
afterAll(() => bench.close());

const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF`);
const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const url = (digest: string): string => `/api/v1/files/${digest}`;
const put = (who: Account, bytes: Buffer, type = 'application/pdf', digest = digestOf(bytes)) =>
  bench.app.inject({ method: 'PUT', url: url(digest), payload: bytes, headers: { authorization: `Bearer ${who.token}`, 'content-type': type } });
const get = (who: Account, digest: string, method: 'GET' | 'HEAD' = 'GET') => bench.app.inject({ method, url: url(digest), headers: { authorization: `Bearer ${who.token}` } });

it('keeps what has the digest of its address, once, and gives it back as it was', async () => {
  const bytes = pdf('林地承包合同');
  const size = await bench.size();
  const taken = await put(coop, bytes);
  expect([taken.statusCode, taken.json(), taken.headers.location]).toEqual([201, { sha256: digestOf(bytes), mediaType: 'application/pdf', byteSize: bytes.length }, url(digestOf(bytes))]);
  expect((await bench.entriesFrom(size)).map(({ kind, type }) => `${kind} ${type}`)).toEqual(['record file']);
  const again = await put(coop, bytes);
  expect([again.statusCode, again.json()]).toEqual([200, taken.json()]);
  expect(await bench.size()).toBe(size + 1);
  const read = await get(coop, digestOf(bytes).toUpperCase());
  expect([read.statusCode, read.rawPayload.equals(bytes)]).toEqual([200, true]);
  expect(read.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'content-disposition': expect.stringMatching(/^attachment/), 'content-security-policy': "default-src 'none'; sandbox" });
  expect([(await get(coop, digestOf(bytes), 'HEAD')).statusCode, (await get(coop, '0'.repeat(64), 'HEAD')).statusCode]).toEqual([200, 404]);
  expect((await bench.send(coop, 'GET', '/api/v1/files')).json().items).toEqual([taken.json()]);
});

it('takes the same as JSON', async () => {
  const bytes = Buffer.from('品种,数量\n连翘,12.5\n', 'utf8');
  const response = await bench.app.inject({ method: 'PUT', url: url(digestOf(bytes)), payload: { file: bytes.toString('base64') }, headers: { authorization: `Bearer ${coop.token}` } });
  expect([response.statusCode, response.json().mediaType]).toEqual([201, 'text/csv']);
});

it('says what is wrong with a file, and keeps nothing of it', async () => {
  const size = await bench.size();
  const bytes = pdf('x');
  const rules = async (response: Promise<{ statusCode: number; json(): any }>) => {
    const { statusCode, json } = await response;
    return [statusCode, json().type?.split(':').at(-1), json().errors?.map(({ rule }: { rule: string }) => rule)];
  };
  expect(await rules(put(coop, bytes.subarray(0, 5), 'application/pdf', digestOf(bytes)))).toEqual([422, 'invalid', ['other-digest']]);
  expect(await rules(put(coop, Buffer.from('<svg onload="x()"/>'), 'image/png'))).toEqual([422, 'invalid', ['file-type']]);
  expect((await put(coop, pdf('x'.repeat(5000)))).statusCode).toBe(413);
  expect((await put(coop, bytes, 'text/html')).statusCode).toBe(415);
  expect((await bench.app.inject({ method: 'PUT', url: url(digestOf(bytes)), headers: { authorization: `Bearer ${coop.token}` } })).statusCode).toBe(422);
  expect((await put(coop, bytes, 'application/pdf', 'no-digest')).statusCode).toBe(404);
  expect(await bench.size()).toBe(size);
  // A file is a file only where files are handed in.
  const elsewhere = await bench.app.inject({ method: 'POST', url: '/api/v1/sites', payload: bytes, headers: { authorization: `Bearer ${coop.token}`, 'content-type': 'application/pdf' } });
  expect(elsewhere.statusCode).toBe(415);
});

it('is nobody else’s: what another handed in answers like what nobody did, and handing in the same gives one’s own only', async () => {
  const bytes = pdf('只属于合作社');
  await put(coop, bytes);
  const [theirs, none] = [await get(rival, digestOf(bytes)), await get(rival, '0'.repeat(64))];
  expect([theirs.statusCode, { ...theirs.json(), instance: '' }]).toEqual([404, { ...none.json(), instance: '' }]);
  const taken = await put(rival, bytes);
  expect([taken.statusCode, (await get(rival, digestOf(bytes))).statusCode]).toEqual([201, 200]);
});

it('has a daily allowance for each organisation', async () => {
  const poor = await bench.organisation('FILES-MANY');
  for (let n = 0; n < 3; n++) expect((await put(poor, pdf(`${n}`.repeat(3000)))).statusCode).toBe(201);
  const refused = await put(poor, pdf('3'.repeat(3000)));
  expect([refused.statusCode, refused.json().type]).toEqual([429, 'urn:daodi:problem:file-allowance-used']);
  expect((await put(rival, pdf('4'.repeat(100)))).statusCode).toBe(201);
});
