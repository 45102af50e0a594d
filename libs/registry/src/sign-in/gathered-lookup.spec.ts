import { GatheredLookup } from './gathered-lookup';

describe('GatheredLookup', () => {
  const key = (name: string): Buffer => Buffer.from(name);

  it('asks once for what is wanted in one turn, and gives each its own', async () => {
    const asked: string[][] = [];
    const lookup = new GatheredLookup(async (keys) => {
      asked.push(keys.map(String));
      return keys.filter((one) => String(one) !== 'gone').reverse().map((one) => [one, `of ${String(one)}`] as const);
    });
    expect(await Promise.all(['a', 'b', 'a', 'gone'].map((name) => lookup.find(key(name))))).toEqual(['of a', 'of b', 'of a', undefined]);
    expect(asked).toEqual([['a', 'b', 'gone']]);
  });

  it('remembers nothing: what was there a moment ago may be gone', async () => {
    let there = true;
    const lookup = new GatheredLookup(async (keys) => (there ? keys.map((one) => [one, 1] as const) : []));
    expect(await lookup.find(key('a'))).toBe(1);
    there = false;
    expect(await lookup.find(key('a'))).toBeUndefined();
  });

  it('fails for all of a turn where asking fails, and asks again in the next', async () => {
    let isDown = true;
    const lookup = new GatheredLookup(async (keys) => {
      if (isDown) throw new Error('database is away');
      return keys.map((one) => [one, 1] as const);
    });
    const outcomes = await Promise.allSettled([lookup.find(key('a')), lookup.find(key('b'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect(await lookup.find(key('a'))).toBe(1);
  });
});
