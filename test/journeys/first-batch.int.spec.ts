/** From an empty installation to a printed label of one's own batch, as the page for it is pasted. */
import { pastedFrom, Started } from './pasted';
import { describePrinted, printed } from './printed';

const PUBLIC = 'https://trace.example.cn';

describePrinted('the first batch', () => {
  let product: Started;
  beforeAll(async () => {
    product = await Started.start({ DAODI_DEMO: 'off', DAODI_PUBLIC_URL: PUBLIC });
  }, 300_000);
  afterAll(() => product?.stop(), 60_000);

  it('ends at four labels of a real installation, each leading to the batch', async () => {
    const link = /on this machine:\s+(http:\S+)/.exec(product.said)?.[1] as string;
    expect(link).toMatch(new RegExp(`^${product.base}/setup\\?token=`));
    expect((await fetch(link)).status).toBe(200);
    const { code, said, complained } = await product.paste(pastedFrom('docs/FIRST-BATCH.md'), { LINK: link });
    expect({ code, complained }).toEqual({ code: 0, complained: '' });
    for (const words of ['303', 'MY-COOP', "'owner'", 'lianqiao 连翘 青翘 老翘', '净含量 5 kg', '批号 2026-01', '产地 山西省临汾市安泽县']) expect(said).toContain(words);
    const batch = new RegExp(`${PUBLIC}/b/[0-9A-Z]{11}`).exec(said)?.[0];
    const paper = printed(product.file('label.pdf'));
    expect([paper.pages, paper.sizeMm]).toEqual([4, [100, 70]]);
    for (const page of [1, 2, 3, 4]) expect(paper.codes(page)).toEqual([batch]);
    for (const words of ['连翘（青翘）', '5kg', '2026-01', '山西省临汾市安泽县', '某县某某中药材种植专业合作社', '待验']) expect(paper.text(1)).toContain(words);
    expect(paper.text(1)).not.toContain('演示');
  }, 300_000);

  it('is the same in both languages', () => {
    expect(pastedFrom('docs/FIRST-BATCH.zh-CN.md')).toBe(pastedFrom('docs/FIRST-BATCH.md'));
  });
});
