/** A picker's statement as it comes out of the printer: what was weighed, what was corrected, what is paid. */
import { Product } from '../prove/bench/product';
import { describePrinted, printed } from './printed';

describePrinted('a statement on paper', () => {
  let product: Product;
  let pdf: ReturnType<typeof printed>;
  beforeAll(async () => {
    product = await Product.open({ workers: false });
    const coop = await product.firm('ANZE-LQ');
    const { id } = await product.post(coop, '/pickers', { kind: 'household', name: '王秀英', group: '三组' });
    const slip = (slipNumber: string, more: object = {}) => ({ eventTime: '2026-08-20T19:40:00+08:00', picker: id, area: coop.plot, herb: 'lianqiao', grade: '青翘', unit: '斤', gross: '86.4', tare: '1.4', price: '3.2', slipNumber, ...more });
    await product.post(coop, '/slips', slip('A-1', { deductions: [{ kind: 'water', percent: '5' }, { kind: 'impurity', weight: '2' }] }));
    await product.post(coop, '/slips', slip('A-2', { netOnPaper: '84' }));
    const wrong = await product.post(coop, '/slips', slip('A-3', { gross: '68.4' }));
    await product.post(coop, `/slips/${wrong.id}/correction`, { reason: '看错磅', replacement: slip('A-3') });
    const gone = await product.post(coop, '/slips', slip('A-4'));
    await product.post(coop, `/slips/${gone.id}/correction`, { reason: '重复登记' });
    for (let n = 5; n < 45; n++) await product.post(coop, '/slips', slip(`A-${n}`, { price: undefined }));
    const answer = await product.app.inject({ method: 'GET', url: `/api/v1/pickers/${id}/statement.pdf?from=2026-08-01&to=2026-08-31`, headers: { authorization: `Bearer ${coop.owner.token}` } });
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/pdf', 'private, no-store']);
    pdf = printed(answer.rawPayload);
  });
  afterAll(() => product.close());

  it('is A4 across, with its fonts in it, on as many pages as it needs', () => {
    expect([pdf.pages, pdf.sizeMm, pdf.foreignFonts]).toEqual([2, [297, 210], []]);
  });

  it('tells whose it is, every slip, and what was corrected', () => {
    const text = pdf.text(1);
    for (const part of ['结算单', '王秀英', '三组', 'ANZE-LQ社', '连翘青翘', '水5%4.25；杂2', '78.75', '39.375', '252.00', '单上84斤，计算85斤', '268.80', '原毛68.4皮1.4结算67斤', '看错磅', '作废', '重复登记', '未定']) {
      expect(text).toContain(part);
    }
  });

  it('ends with what arrived, what was taken off, what is paid, and the rule', () => {
    const text = pdf.text(2);
    // 43 slips of 85 斤 arrived; 6.25 + 1 斤 were taken off; three have a price.
    for (const part of ['合计43单（另作废1单）', '到货3655斤=1827.5kg', '扣除7.25斤=3.625kg', '结算3647.75斤=1823.875kg', '金额¥792.80（40单没有单价，未计）', '每张单四舍五入到分', '交售人（签字）']) {
      expect(text).toContain(part);
    }
  });
});
