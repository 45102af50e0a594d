/**
 * Labels: how long a thousand take, what they weigh and how long they keep others waiting; and that a process killed
 * while it draws leaves a sheet which the next start finishes, each label on it once.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { FORMATS, type LabelText, renderSheet, type SheetPlan } from '@daodi/label';
import { HOST, PASSWORD, SQUARE } from './bench/product';
import { freePort, Standalone } from './bench/standalone';
import { campaign, type Tally } from './bench/tally';

/** Judged in full size only: other tests may be running beside the small one. */
const THOUSAND_WITHIN_MS = 3_000;
/** For ten thousand: pages are kept as references until the end, and the collector takes its time. */
const GROWTH_MAX_MB = 256;
/** A health check that waits a quarter of a second is no alarm. */
const PAUSE_MAX_MS = 250;
const POLL_MS = 20;

export const prove = campaign(async (tally) => {
  const sizes = tally.size === 'full' ? [1_000, 10_000] : [1_000];
  // The first sheet of a process reads the fonts.
  await renderSheet(planOf(1), () => undefined);
  for (const total of sizes) await measured(tally, total);
  await killed(tally);
});

const TEXT: LabelText = {
  kind: 'carton', isDemo: false, title: '连翘（青翘）', subtitle: 'lianqiao · Forsythiae Fructus*', status: { zh: '待验', en: 'Not released', isWarning: false },
  fields: [
    { zh: '每件', en: 'Each', value: '25 kg', rank: 1, isStrong: true }, { zh: '批号', en: 'Lot', value: 'QQ260824', rank: 1, isStrong: true },
    { zh: '产地', en: 'Origin', value: '山西省临汾市安泽县', rank: 1 }, { zh: '采收', en: 'Harvest', value: '2026-08-20', rank: 1 },
    { zh: '单位', en: 'Producer', value: '安泽县某某中药材种植专业合作社', rank: 1 },
  ],
  notes: [{ zh: '2026-09-02 打印，现状请扫码', en: 'scan for the current state' }],
};

const planOf = (total: number): SheetPlan => ({
  title: '连翘', text: TEXT, format: FORMATS['roll-100x70'], total, at: new Date(0),
  piece: (index) => ({ uri: `${HOST}/b/7K2QZ0ABCD4`, captions: ['7K2QZ0ABCD4'], number: `${index + 1}/${total}` }),
});

async function measured(tally: Tally, total: number): Promise<void> {
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const [before, from] = [process.memoryUsage().rss, performance.now()];
  let peak = before;
  const pdf = await renderSheet(planOf(total), () => void (peak = Math.max(peak, process.memoryUsage().rss)));
  const [tookMs, pauseMs, grownMb] = [performance.now() - from, pauses.max / 1e6, (peak - before) / 2 ** 20];
  pauses.disable();
  tally.say(`${total} labels in ${(tookMs / 1000).toFixed(2)} s, ${(pdf.length / 2 ** 20).toFixed(2)} MB, memory grew by ${grownMb.toFixed(0)} MB, longest pause ${pauseMs.toFixed(0)} ms`);
  await tally.holds(`${total} labels are pages enough`, () => assert.equal(pagesOf(pdf), total));
  if (tally.size === 'small') return;
  await tally.holds(`${total} labels in time, in bounded memory, without keeping others waiting`, () => {
    assert.ok(tookMs <= (THOUSAND_WITHIN_MS * total) / 1000, `${tookMs} ms`);
    assert.ok(grownMb <= GROWTH_MAX_MB, `${grownMb} MB`);
    assert.ok(pauseMs <= PAUSE_MAX_MS, `${pauseMs} ms`);
  });
}

/** A page is an object of its own; the tree of pages counts them. */
const pagesOf = (pdf: Buffer): number => Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);

async function killed(tally: Tally): Promise<void> {
  const [kills, total] = tally.size === 'full' ? [4, 10_000] : [1, 5_000];
  const folder = mkdtempSync(join(tmpdir(), 'daodi-label-'));
  const [data, port] = [join(folder, 'data'), await freePort()];
  const start = () => Standalone.start(data, port, { settings: { DAODI_PUBLIC_URL: HOST } });
  let product = await start();
  try {
    const client = new Client(product.url, await product.keyOfFirstOrganisation());
    const batch = await client.harvested();
    const body = { batch, kind: 'carton', count: total };
    const undisturbed = await client.post('/label-sheets', body);
    const whole = await client.finished(undisturbed.id);
    const sheet = await client.post('/label-sheets', body);
    for (let n = 1; n <= kills; n++) {
      const done = await client.underWay(sheet.id);
      await product.kill();
      tally.say(`kill ${n}: ${done} of ${total} labels were noted as drawn`);
      product = await start();
    }
    const pdf = await client.finished(sheet.id);
    await tally.holds('a sheet whose drawing was killed has each label once', () => {
      assert.equal(pagesOf(pdf), total);
      // Both were asked for on the same day of the same batch: but for the date inside, the same bytes.
      assert.equal(contentOf(pdf), contentOf(whole));
    });
    await tally.holds('and stands in the log once', async () => assert.equal((await client.get('/label-sheets')).items.length, 2));
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Digest of a PDF without its dates and the id made of them. */
function contentOf(pdf: Buffer): string {
  return createHash('sha256').update(pdf.toString('latin1').replace(/\(D:[^)]*\)/g, '').replace(/\/ID \[[^\]]*\]/g, ''), 'latin1').digest('hex');
}

/** One organisation's way to the product. */
class Client {
  constructor(
    private readonly url: string,
    private token: string,
  ) {}

  async post(path: string, body: object): Promise<any> {
    const answer = await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async get(path: string): Promise<any> {
    return (await fetch(`${this.url}/api/v1${path}`, { headers: { authorization: `Bearer ${this.token}` } })).json();
  }

  /** Land, a crop, a harvest. @returns the code of what was harvested */
  async harvested(): Promise<string> {
    this.token = (await this.post('/sessions', { login: 'owner', password: PASSWORD })).token;
    const base = await this.post('/bases', { name: '东山基地', region: '141026' });
    const plot = await this.post('/plots', { baseId: base.id, name: '东坡', layer: 'crop', fromYear: 2023, boundary: SQUARE, datum: 'WGS-84' });
    const crop = await this.post('/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [plot.id], mode: 'wild-tended' });
    const harvest = await this.post('/harvests', { eventTime: '2026-08-20T09:30:00+08:00', crop: crop.batches[0].code, quantity: '812.5', unit: 'kg' });
    return harvest.batches[0].code;
  }

  /** How many labels are noted as drawn, as soon as any are. */
  async underWay(id: string): Promise<number> {
    for (;;) {
      const { state, done } = await this.get(`/label-sheets/${id}`);
      if (state === 'done' || state === 'failed') throw new Error(`the sheet was ${state} before it could be disturbed`);
      if (done > 0) return done;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** The file, once it is there. */
  async finished(id: string): Promise<Buffer> {
    for (;;) {
      const { state } = await this.get(`/label-sheets/${id}`);
      if (state === 'failed') throw new Error('the sheet was given up');
      if (state === 'done') break;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    const answer = await fetch(`${this.url}/api/v1/label-sheets/${id}/sheet.pdf`, { headers: { authorization: `Bearer ${this.token}` } });
    return Buffer.from(await answer.arrayBuffer());
  }
}
