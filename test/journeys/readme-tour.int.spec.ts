/** The README's tour, as pasted, against the product as a person starts it. */
import { pastedFrom, READY, Started } from './pasted';

describe('the tour', () => {
  let product: Started;
  beforeAll(async () => {
    product = await Started.start();
  }, 300_000);
  afterAll(() => product?.stop(), 60_000);

  it('makes a batch, sells it, and ends at a page that tells its story', async () => {
    const { code, said, complained } = await product.paste(pastedFrom('README.md'));
    expect({ code, complained }).toEqual({ code: 0, complained: '' });
    // Before its test nothing let the batch go; afterwards the quality head did, twice; more than was there was asked about.
    expect(said).toContain("rule: 'no-passing-report'");
    expect(said.match(/^released$/gm)).toHaveLength(2);
    expect(said).toContain('missing: 453');
    const uri = said.trimEnd().split('\n').at(-1) as string;
    expect(uri).toMatch(new RegExp(`^${product.base}/b/[0-9A-Z]{11}$`));
    const page = said.slice(said.lastIndexOf('Daodi passport'));
    for (const words of ['Forsythiae Fructus', 'Released', 'Anze County', 'Linfen Yaodu Herb Laboratory', '81.25 kg', '26.9 kg', 'lost 54 kg', '260 pieces', 'Packing', 'Shipment', 'Sale']) {
      expect(page).toContain(words);
    }
    expect(product.file('pack.svg').toString()).toMatch(/^<svg |^<\?xml /);
    expect(product.file('label.pdf').subarray(0, 5).toString()).toBe('%PDF-');
    expect(product.file('papers.pdf').subarray(0, 5).toString()).toBe('%PDF-');
    await expectCompleteTrace(uri);
  }, 300_000);

  it('goes on beside the season, which is played after the product is ready and seen through to its end', async () => {
    const season = async () => ((await (await fetch(`${product.base}/readyz`)).json()) as { status: string; demoSeason: { done: number; acts: number; complete: boolean } });
    let told = await season();
    while (!told.demoSeason.complete) {
      expect(told.status).toBe('ready');
      await new Promise((resolve) => setTimeout(resolve, 250));
      told = await season();
    }
    expect(told.demoSeason.done).toBe(told.demoSeason.acts);
    while (!product.said.includes('The demo season is complete')) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(product.said.indexOf('The demo season is complete')).toBeGreaterThan(product.said.indexOf(READY));
  }, 300_000);

  it('is the same in both languages of the README', () => {
    expect(pastedFrom('README.zh-CN.md')).toBe(pastedFrom('README.md'));
    expect(pastedFrom('README.md').split('\n').length).toBeGreaterThan(30);
  });

  async function expectCompleteTrace(uri: string): Promise<void> {
    const { organisations } = JSON.parse(product.file('demo-credentials.json').toString());
    const { apiKey } = organisations.find(({ code }: { code: string }) => code === 'LINFEN-DYF');
    const ask = async () => {
      const response = await fetch(`${product.base}/api/v1/trace?epc=${encodeURIComponent(uri)}&direction=back`, { headers: { authorization: `Bearer ${apiKey}` } });
      return response.json() as Promise<{ complete: boolean; gaps: { reason: string }[]; steps: { unexplained?: number }[] }>;
    };
    let answer = await ask();
    // Readership of the history follows the receipt.
    while (answer.gaps.some(({ reason }) => reason === 'pending')) answer = await ask();
    expect(answer).toMatchObject({ complete: true, gaps: [] });
    expect(answer.steps.map(({ unexplained }) => unexplained)).toEqual([undefined, 0, 0]);
  }
});
