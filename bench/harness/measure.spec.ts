import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample, Target } from './bench';
import { measure, resultOf } from './measure';
import type { Report } from './report';
import { quantile, spreadOf } from './statistics';
import { writeTable } from './table';

describe('quantile', () => {
  it('lies between neighbours in proportion', () => {
    expect([quantile([4, 1, 3, 2], 0), quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 1)]).toEqual([1, 2.5, 4]);
  });
  it('has nothing to say of nothing', () => expect(() => spreadOf([])).toThrow('nothing was measured'));
});

/** Sides that take so many seconds for 100 units, one value after the other; they note who was measured. */
function sides(ours: number[], baseline: number[], noted: string[] = []) {
  const side = (name: string, seconds: number[]) => async (): Promise<Sample> => {
    noted.push(name);
    return { units: 100, seconds: seconds.shift() as number, latenciesMs: [1, 2, 100] };
  };
  return { ours: side('ours', ours), baseline: side('baseline', baseline), tearDown: async () => undefined };
}

describe('measure', () => {
  it('turns the order in every other pair', async () => {
    const noted: string[] = [];
    await measure({ target: {} }, sides([1, 1, 1], [1, 1, 1], noted), 3, () => undefined);
    expect(noted).toEqual(['ours', 'baseline', 'baseline', 'ours', 'ours', 'baseline']);
  });
  it('takes the median of the ratios of pairs, not the ratio of medians', async () => {
    const { ratio, ours } = await measure({ target: { throughputAtLeast: 0.5 } }, sides([2, 10, 4], [1, 5, 1]), 3, () => undefined);
    expect(ratio).toEqual({ median: 0.5, min: 0.25, max: 0.5 });
    expect(ours).toEqual({ median: 25, min: 10, max: 50 });
  });
  it('turns the ratio round where time is what counts', async () => {
    const { ratio } = await measure({ target: { timeAtMost: 1.5 } }, sides([3], [2]), 1, () => undefined);
    expect(ratio?.median).toBeCloseTo(1.5);
  });
});

describe('resultOf', () => {
  const pair = { ours: { unitsPerSecond: 40 }, baseline: { unitsPerSecond: 100 }, ratio: 0.4 };
  const isMet = (target: Target, latencies: number[] = []) => resultOf(target, [pair], latencies).isMet;
  it('meets what is reached exactly and misses what is not', () => {
    expect([isMet({ throughputAtLeast: 0.4 }), isMet({ throughputAtLeast: 0.41 }), isMet({ timeAtMost: 0.4 }), isMet({ timeAtMost: 0.39 })]).toEqual([true, false, true, false]);
  });
  it('never meets a limit nothing was measured for', () => {
    expect([isMet({ p99AtMostMs: 250 }), isMet({ p99AtMostMs: 250 }, [1, 2]), isMet({ p99AtMostMs: 250 }, [1, 400])]).toEqual([false, true, false]);
    expect(resultOf({ throughputAtLeast: 0 }, [{ ours: { unitsPerSecond: 1 } }], []).isMet).toBe(false);
  });
});

describe('writeTable', () => {
  it('writes rows of full results and leaves those of other benches', () => {
    const folder = mkdtempSync(join(tmpdir(), 'daodi-table-'));
    try {
      const document = join(folder, 'page.md');
      writeFileSync(document, 'before\n<!-- measured: begin -->\n| `other` | kept |\n| `one` | old |\n<!-- measured: end -->\nafter\n');
      const pair = { ours: { unitsPerSecond: 40 }, baseline: { unitsPerSecond: 80 }, ratio: 0.5 };
      const result = resultOf({ throughputAtLeast: 0.4 }, Array.from({ length: 9 }, () => pair), []);
      const machine = { cpu: 'x', cores: 2, memoryGigabytes: 4, node: 'v20', load: 0.5 };
      const report: Report = { name: 'one', measures: 'm', unit: 'events', target: { throughputAtLeast: 0.4 }, size: 'full', at: '2026-11-24T00:00:00Z', machine, ...result };
      writeFileSync(join(folder, 'one.json'), JSON.stringify(report));
      writeFileSync(join(folder, 'two.small.json'), JSON.stringify({ ...report, name: 'two' }));
      writeFileSync(join(folder, 'two.json'), JSON.stringify({ ...report, name: 'two', pairs: [pair] }));
      writeTable(document, folder);
      const text = readFileSync(document, 'utf8');
      expect(text).toContain('| `one` | 40 (40–40) events/s | 80 (80–80) events/s | **0.5 (0.5–0.5)** | – | throughput ratio ≥ 0.4 | met | 2026-11-24, 9 pairs, load 0.5 |');
      expect(text).toContain('| `other` | kept |');
      expect([text.includes('`two`'), text.startsWith('before\n'), text.endsWith('<!-- measured: end -->\nafter\n')]).toEqual([false, true, true]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
