import { ScrapeSources } from './scrape-sources';

describe('what is read when somebody asks', () => {
  it('is asked for once, however many ask within five seconds', async () => {
    const sources = new ScrapeSources();
    let [asked, shown] = [0, 0];
    sources.add({ read: async () => (asked++, () => void shown++), forget: () => undefined });
    await Promise.all([sources.refresh(), sources.refresh()]);
    await sources.refresh();
    expect([asked, shown]).toEqual([1, 1]);
  });

  it('is taken back where it fails, and asked for again by the next', async () => {
    const sources = new ScrapeSources();
    let [asked, forgotten] = [0, 0];
    sources.add({ read: () => (asked++, Promise.reject(new Error('gone'))), forget: () => void forgotten++ });
    await sources.refresh();
    await sources.refresh();
    expect([asked, forgotten]).toEqual([2, 2]);
  });

  it('is not waited for when it hangs, nor asked a second time meanwhile, and does not keep the others', async () => {
    const sources = new ScrapeSources();
    let [asked, forgotten, shown] = [0, 0, 0];
    sources.add({ read: () => (asked++, new Promise(() => undefined)), forget: () => void forgotten++ });
    sources.add({ read: async () => () => void shown++, forget: () => undefined });
    const since = performance.now();
    await sources.refresh();
    await sources.refresh();
    expect(performance.now() - since).toBeLessThan(6_000);
    expect([asked, forgotten, shown]).toEqual([1, 2, 1]);
  });
});
