/** Labels of one's own batch, asked for over HTTP, drawn by the worker, read back from the paper. */
import { LabelRunner, LabelWorker } from '@daodi/label';
import { crop, harvest } from '../prove/bench/field';
import { type Credential, type Firm, HOST, Product } from '../prove/bench/product';
import { judgeBy } from '../prove/bench/standard';
import { describePrinted, type Printed, printed } from './printed';

const day = (date: string): string => `2026-${date}T09:00:00+08:00`;
const kg = (quantity: string) => ({ quantity, unit: 'kg' });
/** U+20BBF, of 𠮿酮 in the pharmacopoeia; the font has no picture of it. U+2CD8D it has. */
const RARE = { absent: '𠮿', present: '𬶍' };

/** A season up to packs, and the codes of what it made. */
interface Goods {
  readonly dried: string;
  readonly packs: string;
  readonly serials: readonly string[];
}

class Printery {
  private constructor(
    readonly product: Product,
    readonly coop: Firm,
    readonly rival: Firm,
    readonly lab: Firm,
  ) {}

  static async open(options: { demo: boolean; workers?: boolean }): Promise<Printery> {
    const product = await Product.open({ workers: false, ...options });
    return new Printery(product, await product.firm('ANZE-LQ'), await product.firm('RIVAL'), await product.firm('JIN-LAB', 'laboratory'));
  }

  async goods(lotNumber = 'LOT-1'): Promise<Goods> {
    const { product, coop, lab } = this;
    const fresh = await harvest(product, coop, await crop(product, coop), '81.25');
    const dried = (await product.post(coop, '/processing', {
      eventTime: day('08-24'), step: 'drying', inputs: [{ batch: fresh, ...kg('81.25') }], outputs: [{ ...kg('26.9'), form: 'dried' }], losses: [{ cause: 'drying', ...kg('54.35') }],
    })).batches[0].code;
    const packing = await product.post(coop, '/packing', { eventTime: day('09-01'), inputs: [{ batch: dried, ...kg('26') }], pieces: 260, netContent: { quantity: '100', unit: 'g' }, lotNumber, expiryDate: '2028-08-31', serials: 3 });
    await product.post(coop, '/samples', { eventTime: day('08-25'), lines: [{ batch: dried, ...kg('0.2') }], laboratory: { organisation: lab.code }, sampleNumber: 'YP-0825' });
    return { dried, packs: packing.batches[0].code, serials: packing.serials };
  }

  ask(who: Credential, body: object, headers: Record<string, string> = {}) {
    return this.product.send(who, 'POST', '/api/v1/label-sheets', body, headers);
  }

  /** Asks, lets the worker draw, fetches, prints. */
  async print(who: Credential, body: object): Promise<{ sheet: any; paper: Printed }> {
    const sheet = await this.product.post(who, '/label-sheets', body);
    await this.drawn(who, sheet.id);
    return { sheet, paper: printed(await this.pdf(who, sheet.id)) };
  }

  /** Draws a sheet, or waits until whoever is at it has. */
  async drawn(who: Credential, id: string): Promise<any> {
    for (;;) {
      await this.product.app.get(LabelRunner, { strict: false }).run(id);
      const sheet = await this.product.done(who, 'GET', `/api/v1/label-sheets/${id}`);
      if (sheet.state === 'done' || sheet.state === 'failed') return sheet;
    }
  }

  async pdf(who: Credential, id: string): Promise<Buffer> {
    const answer = await this.product.app.inject({ method: 'GET', url: `/api/v1/label-sheets/${id}/sheet.pdf`, headers: { authorization: `Bearer ${who.token}` } });
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
    expect(answer.headers['content-type']).toBe('application/pdf');
    return answer.rawPayload;
  }
}

describePrinted('labels', () => {
  let shop: Printery;
  let goods: Goods;
  beforeAll(async () => {
    shop = await Printery.open({ demo: false, workers: true });
    goods = await shop.goods();
  });
  afterAll(() => shop.product.close());

  it('of bags say what is on record, embed their font, and lead to the batch', async () => {
    const { sheet, paper } = await shop.print(shop.coop, { batch: goods.packs, kind: 'bag', count: 3 });
    expect(sheet).toMatchObject({ kind: 'bag', format: 'roll-100x70', total: 3, state: 'queued', status: '待验', isDemo: false });
    expect([paper.pages, paper.sizeMm, paper.foreignFonts]).toEqual([3, [100, 70], []]);
    for (const words of ['连翘（青翘）', 'ForsythiaeFructus*', '净含量', '100g', 'LOT-1', '山西省临汾市安泽县', '2026-08-20', '2026-09-01', '2028-08-31', 'ANZE-LQ社', '待验', goods.packs, '未与药典核对']) {
      expect(paper.text(1)).toContain(words);
    }
    expect(paper.text(1)).not.toMatch(/演示|合格/);
    for (const page of [1, 2, 3]) expect(paper.codes(page)).toEqual([`${HOST}/b/${goods.packs}`]);
  });

  it('of single packs carry each its own code', async () => {
    const { sheet, paper } = await shop.print(shop.coop, { batch: goods.packs, kind: 'bag', serials: true, format: 'roll-60x40' });
    expect([sheet.total, paper.pages, paper.sizeMm]).toEqual([3, 3, [60, 40]]);
    expect([1, 2, 3].flatMap((page) => paper.codes(page))).toEqual(goods.serials);
    expect(paper.text(2)).toContain(`S-${goods.serials[1]!.split('/').at(-1)}`);
    const { paper: last } = await shop.print(shop.coop, { batch: goods.packs, kind: 'bag', serials: true, from: 3, to: 3 });
    expect(last.codes(1)).toEqual([goods.serials[2]]);
  });

  it('of single packs are printed by whoever marked them, not by whoever bought some', async () => {
    const { packs } = await shop.goods('LOT-SOLD');
    const buyer = await shop.product.firm('BUYER');
    const ship = { eventTime: day('09-02'), to: { organisation: 'BUYER' }, lines: [{ batch: packs, quantity: 10, unit: '袋' }] };
    await shop.product.post(shop.coop, '/shipments', ship);
    const accepted = { batch: packs, accepted: { quantity: 10, unit: '袋' } };
    await shop.product.post(buyer, '/receipts', { eventTime: day('09-03'), from: { organisation: 'ANZE-LQ' }, lines: [accepted] });
    expect((await shop.ask(buyer, { batch: packs, kind: 'bag', count: 1, format: 'roll-60x40' })).status).toBe(202);
    const { status, body } = await shop.ask(buyer, { batch: packs, kind: 'bag', serials: true, format: 'roll-60x40' });
    expect([status, body.errors.map(({ pointer }: any) => pointer)]).toEqual([422, ['/serials']]);
  });

  it('of cartons are numbered, each once, and say what a carton holds', async () => {
    const { paper } = await shop.print(shop.coop, { batch: goods.dried, kind: 'carton', from: 2, to: 4, of: 20, each: { quantity: '25', unit: 'kg' } });
    expect([paper.pages, paper.sizeMm]).toEqual([3, [100, 150]]);
    expect([1, 2, 3].map((page) => /件号(\d+\/\d+)/.exec(paper.text(page))?.[1])).toEqual(['2/20', '3/20', '4/20']);
    expect(paper.text(1)).toContain('25kg');
    expect(paper.codes(2)).toEqual([`${HOST}/b/${goods.dried}`]);
  });

  it('of a sample carry its number and no verdict', async () => {
    const { paper } = await shop.print(shop.coop, { batch: goods.dried, kind: 'sample' });
    expect(paper.sizeMm).toEqual([60, 40]);
    for (const words of ['YP-0825', '2026-08-25', '200g', 'ANZE-LQ社']) expect(paper.text(1)).toContain(words);
    expect(paper.text(1)).not.toMatch(/合格|待验|放行/);
    expect(paper.codes(1)).toEqual([`${HOST}/b/${goods.dried}`]);
  });

  it('stand ten to an A4 sheet', async () => {
    const { paper } = await shop.print(shop.coop, { batch: goods.packs, kind: 'bag', count: 13, format: 'a4-2x5' });
    expect([paper.pages, paper.sizeMm]).toEqual([2, [210, 297]]);
    expect(paper.codes(1)).toEqual(Array(10).fill(`${HOST}/b/${goods.packs}`));
    expect(paper.codes(2)).toHaveLength(3);
  });

  it('say 合格 only while a release stands, and what was printed before stays as it was', async () => {
    const { product, coop } = shop;
    const head = await product.person(coop, 'coop-head', ['quality-head']);
    const { packs } = await shop.goods('LOT-2');
    const before = await product.post(coop, '/label-sheets', { batch: packs, kind: 'bag', count: 1 });
    await released(shop, head, packs);
    const { sheet, paper } = await shop.print(coop, { batch: packs, kind: 'bag', count: 1 });
    expect([sheet.status, paper.text(1).includes('合格')]).toEqual(['合格', true]);
    // A sheet of labels is no part of the goods' history: the release goes on standing.
    expect((await product.post(coop, '/label-sheets', { batch: packs, kind: 'bag', count: 1 })).status).toBe('合格');
    await shop.drawn(coop, before.id);
    expect(printed(await shop.pdf(coop, before.id)).text(1)).toContain('待验');
    await product.post(head, '/holds', { batch: packs, reason: '复检' });
    expect((await product.post(coop, '/label-sheets', { batch: packs, kind: 'bag', count: 1 })).status).toBe('冻结');
  });

  it('never drop a character: what the font lacks is 〓, and told; a long lot number is printed whole', async () => {
    const lot = `甲字/第2026-09号/安泽/青翘/${RARE.present}/一级/2026批-0001/${RARE.absent}`;
    const { packs } = await shop.goods(lot);
    for (const format of ['roll-100x70', 'roll-100x150', 'a4-2x5', 'roll-60x40']) {
      const { sheet, paper } = await shop.print(shop.coop, { batch: packs, kind: 'bag', count: 1, format });
      expect(sheet.missingCharacters).toEqual([{ character: RARE.absent, codePoint: 'U+20BBF' }]);
      expect(paper.text(1)).toContain(lot.replace(RARE.absent, '〓'));
      expect(paper.text(1)).toContain('字库无此字U+20BBF');
    }
    // Where it cannot be printed whole and legible, it is not printed.
    const { packs: others } = await shop.goods('长'.repeat(100));
    expect((await shop.ask(shop.coop, { batch: others, kind: 'bag', count: 1, format: 'roll-60x40' })).body.type).toBe('urn:daodi:problem:label-too-small');
  });

  it('are for nobody else, who cannot tell whether there are any', async () => {
    const { product, coop, rival } = shop;
    const mine = await product.post(coop, '/label-sheets', { batch: goods.packs, kind: 'bag', count: 1 });
    const never = '00000000-0000-4000-8000-000000000000';
    const plain = (text: string): string => text.replace(/urn:uuid:[^"]+/, '');
    for (const [method, path] of [['GET', ''], ['GET', '/sheet.pdf'], ['POST', '/drawing']] as const) {
      const [theirs, none] = [await product.send(rival, method, `/api/v1/label-sheets/${mine.id}${path}`), await product.send(rival, method, `/api/v1/label-sheets/${never}${path}`)];
      expect([theirs.status, none.status, plain(theirs.text)]).toEqual([404, 404, plain(none.text)]);
      expect((await product.send(undefined, method, `/api/v1/label-sheets/${mine.id}${path}`)).status).toBe(401);
    }
    expect((await shop.ask(rival, { batch: goods.packs, kind: 'bag', count: 1 })).status).toBe(404);
    expect((await product.done(rival, 'GET', '/api/v1/label-sheets')).items).toEqual([]);
    const reader = await product.person(coop, 'coop-field', ['field-worker']);
    expect((await shop.ask(reader, { batch: goods.packs, kind: 'bag', count: 1 })).status).toBe(403);
  });

  it('leave a record each, once for each Idempotency-Key, by which they are accounted for', async () => {
    const { product, coop } = shop;
    const { packs } = await shop.goods('LOT-3');
    const key = { 'idempotency-key': 'labels-1' };
    const first = await shop.ask(coop, { batch: packs, kind: 'bag', count: 250 }, key);
    const again = await shop.ask(coop, { batch: packs, kind: 'bag', count: 250 }, key);
    expect([first.status, again.status, again.body]).toEqual([202, 202, first.body]);
    expect(first.headers['location']).toBe(`/api/v1/label-sheets/${first.body.id}`);
    const more = await shop.ask(coop, { batch: packs, kind: 'bag', count: 11 });
    expect([more.status, more.body]).toMatchObject([409, { type: 'urn:daodi:problem:more-labels-than-packs', made: 260, printed: 250, asked: 11 }]);
    expect((await shop.ask(coop, { batch: packs, kind: 'bag', count: 11, acceptSurplus: true })).body.errors[0].pointer).toBe('/reason');
    expect((await shop.ask(coop, { batch: packs, kind: 'bag', count: 11, acceptSurplus: true, reason: '卡纸，11 张作废' })).status).toBe(202);
    const { items } = await product.done(coop, 'GET', `/api/v1/label-sheets?batch=${packs}`);
    expect(items.map(({ total, surplusBecause }: any) => [total, surplusBecause])).toEqual([[250, undefined], [11, '卡纸，11 张作废']]);
  });

  it('are asked for in words people can correct', async () => {
    const asked = async (body: object) => {
      const { status, body: answer } = await shop.ask(shop.coop, { batch: goods.packs, kind: 'bag', ...body });
      return [status, (answer.errors ?? []).map(({ pointer }: any) => pointer).sort()];
    };
    expect(await asked({})).toEqual([422, ['/count']]);
    expect(await asked({ count: 10_001 })).toEqual([422, ['/count']]);
    expect((await shop.ask(shop.coop, { batch: goods.packs, kind: 'bag', count: 10_001 })).text).toContain('10000');
    expect(await asked({ count: 0 })).toEqual([422, ['/count']]);
    expect(await asked({ kind: 'poster', count: 1, format: 'a0' })).toEqual([422, ['/format', '/kind']]);
    expect(await asked({ serials: true, from: 2, to: 9 })).toEqual([422, ['/to']]);
    expect(await asked({ kind: 'carton', from: 5, to: 4 })).toEqual([422, ['/to']]);
    expect(await asked({ kind: 'carton', from: 3, to: 5, of: 4 })).toEqual([422, ['/of']]);
    expect(await asked({ count: 1, each: { quantity: '1', unit: 'kg' }, of: 3, sampleNumber: 'X' })).toEqual([422, ['/each', '/of', '/sampleNumber']]);
    expect(await asked({ kind: 'sample', sampleNumber: 'never drawn' })).toEqual([422, ['/sampleNumber']]);
    const [reserved] = (await shop.product.post(shop.coop, '/batch-codes', { count: 1 })).codes;
    expect((await shop.ask(shop.coop, { batch: reserved.code, kind: 'bag', count: 1 })).body.type).toBe('urn:daodi:problem:nothing-on-record');
    const growing = await crop(shop.product, shop.coop);
    expect((await shop.ask(shop.coop, { batch: growing, kind: 'bag', count: 1 })).status).toBe(422);
  });

  it('come out the same to the byte when they are drawn again after their file expired, and after a rebuild', async () => {
    const { product, coop } = shop;
    const { sheet } = await shop.print(coop, { batch: goods.packs, kind: 'bag', count: 2 });
    const before = await shop.pdf(coop, sheet.id);
    await product.dataSource.query(`DELETE FROM label_job WHERE sheet_id = $1`, [sheet.id]);
    expect((await product.send(coop, 'GET', `/api/v1/label-sheets/${sheet.id}/sheet.pdf`)).body.type).toBe('urn:daodi:problem:label-sheet-expired');
    expect((await product.rebuilt()).different).toEqual([]);
    expect((await product.send(coop, 'POST', `/api/v1/label-sheets/${sheet.id}/drawing`)).status).toBe(202);
    await shop.drawn(coop, sheet.id);
    expect((await shop.pdf(coop, sheet.id)).equals(before)).toBe(true);
  });

  it('are drawn exactly once, though the job is lost and several at once find what it left', async () => {
    const { product, coop } = shop;
    const { packs } = await shop.goods('LOT-4');
    const { id } = await product.post(coop, '/label-sheets', { batch: packs, kind: 'carton', count: 120 });
    await shop.drawn(coop, id);
    // As a process that died left it: running, some labels drawn, no file.
    await product.dataSource.query(`UPDATE label_job SET state = 'running', done = 40, attempts = 1, digest = NULL, finished_at = NULL WHERE sheet_id = $1`, [id]);
    expect((await product.send(coop, 'GET', `/api/v1/label-sheets/${id}/sheet.pdf`)).status).toBe(409);
    const worker = product.app.get(LabelWorker, { strict: false });
    await Promise.all([worker.runPending(), worker.runPending(), worker.runPending()]);
    await shop.drawn(coop, id);
    const paper = printed(await shop.pdf(coop, id));
    const numbers = Array.from({ length: paper.pages }, (_, i) => /件号(\d+)\/120/.exec(paper.text(i + 1))?.[1]);
    expect(numbers).toEqual(Array.from({ length: 120 }, (_, i) => String(i + 1)));
    expect(await product.done(coop, 'GET', `/api/v1/label-sheets/${id}`)).toMatchObject({ state: 'done', done: 120 });
  });

  it('are given up, and say so, where they end their process each time', async () => {
    const { product, coop } = shop;
    const { id } = await product.post(coop, '/label-sheets', { batch: goods.packs, kind: 'carton', count: 1 });
    await product.dataSource.query(`UPDATE label_job SET state = 'running', done = 0, attempts = 5, digest = NULL, finished_at = NULL WHERE sheet_id = $1`, [id]);
    expect((await shop.drawn(coop, id)).state).toBe('failed');
    expect((await product.send(coop, 'GET', `/api/v1/label-sheets/${id}/sheet.pdf`)).body.type).toBe('urn:daodi:problem:label-sheet-failed');
    await product.done(coop, 'POST', `/api/v1/label-sheets/${id}/drawing`);
    await shop.drawn(coop, id);
    expect(printed(await shop.pdf(coop, id)).pages).toBe(1);
  });
});

/** Three people sign a report, the quality head lets the batch go. */
async function released({ product, coop, lab }: Printery, head: Credential, batch: string): Promise<void> {
  await judgeBy(product, coop, 'lianqiao', [{ item: '装量差异', limitText: '应符合规定', direction: 'conforms' }]);
  await product.post(head, '/samples', { eventTime: day('09-02'), lines: [{ batch, quantity: 2, unit: '袋' }], laboratory: { organisation: lab.code } });
  const [tester, reviewer, approver] = await Promise.all(['tester', 'reviewer', 'approver'].map((role) => product.person(lab, `lab-${role}`, [`lab-${role}`])));
  const { id } = await product.post(tester!, '/test-reports', { number: `R-${batch}`, batch, commissioner: coop.code, standard: '测试', items: [{ test: '装量差异', value: '符合规定', verdict: 'pass' }] });
  await product.post(reviewer!, `/test-reports/${id}/review`, {});
  await product.post(approver!, `/test-reports/${id}/approval`, { verdict: 'pass' });
  await product.post(head, '/releases', { batch, decision: 'released', reason: '检验符合规定' });
}

describePrinted('labels of a demonstration', () => {
  it('say 演示 on every label of every format', async () => {
    const shop = await Printery.open({ demo: true, workers: true });
    try {
      const { packs } = await shop.goods();
      for (const format of ['roll-100x70', 'roll-100x150', 'a4-2x5', 'roll-60x40']) {
        const { paper } = await shop.print(shop.coop, { batch: packs, kind: 'bag', count: 2, format });
        expect(paper.text(1).match(/演示DEMO·非真实货物/g)).toHaveLength(format === 'a4-2x5' ? 2 : 1);
        expect(paper.codes(1)[0]).toBe(`${HOST}/b/${packs}`);
      }
    } finally {
      await shop.product.close();
    }
  });
});
