/** How long a piece of work may keep the event loop: requests of others wait no longer than this. */
const SLICE_MS = 8;

/** Maps a list in order, letting the event loop breathe whenever a slice of time is used up. */
export async function inSlices<T, R>(items: readonly T[], map: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  let since = performance.now();
  for (let i = 0; i < items.length; i++) {
    results.push(map(items[i] as T, i));
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return results;
}
