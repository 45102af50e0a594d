/** The card of a batch as it hangs in the store: what came, what went, what is there, at which place and by which role. */
import { Product } from '../prove/bench/product';
import { describePrinted, printed } from './printed';

describePrinted('a card in the store', () => {
  let product: Product;
  let pdf: ReturnType<typeof printed>;
  let other: number;
  beforeAll(async () => {
    product = await Product.open({ workers: false });
    const [coop, rival] = [await product.firm('ANZE-LQ'), await product.firm('RIVAL')];
    const crop = (await product.post(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [coop.plot], mode: 'wild-tended' })).batches[0].code;
    const batch = (await product.post(coop, '/harvests', { eventTime: '2026-08-20T09:30:00+08:00', crop, quantity: '812.5', unit: 'kg', site: coop.site, lotNumber: '2026-LQ-08' })).batches[0].code;
    await product.post(coop, '/sales', { eventTime: '2026-08-21T10:00:00+08:00', site: coop.site, lines: [{ batch, quantity: '12.5', unit: 'kg' }] });
    await product.post(coop, '/stock-takes', { eventTime: '2026-08-31T17:00:00+08:00', site: coop.site, lines: [{ batch, quantity: '795', unit: 'kg', reason: 'drying-loss' }] });
    const ask = (token: string) => product.app.inject({ method: 'GET', url: `/api/v1/batches/${batch}/card.pdf?site=${coop.site}`, headers: { authorization: `Bearer ${token}` } });
    const answer = await ask(coop.owner.token);
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/pdf', 'private, no-store']);
    pdf = printed(answer.rawPayload);
    other = (await ask(rival.owner.token)).statusCode;
  });
  afterAll(() => product.close());

  it('is A4 across, with its fonts in it', () => {
    expect([pdf.pages, pdf.sizeMm, pdf.foreignFonts]).toEqual([1, [297, 210], []]);
  });

  it('tells the batch, each movement and what then lay there', () => {
    const text = pdf.text(1);
    for (const part of ['货位卡', '连翘', '2026-LQ-08', '结存795kg', '2026-08-2009:30产出入库812.5812.5', '2026-08-2110:00销售12.5800', '盘点5795', '干耗', '系统（接口密钥）']) expect(text).toContain(part);
  });

  it('is not for another organisation', () => expect(other).toBe(404));
});
