import { judgeByStandard, type StandardToJudgeBy } from '@daodi/herbal';
import herbs from '../../herbs.json';
import { ORGANISATIONS } from './data/organisations';
import { season } from './data/season';
import { STANDARDS } from './data/standards';
import { confirmersOf, standardsPaper } from './standards';

const toJudgeBy = ({ key, family, limits }: (typeof STANDARDS)[number]): StandardToJudgeBy => ({
  id: key, version: '1', family,
  items: limits.map(({ item, analytes, ...limit }, i) => ({ id: `L${i + 1}`, test: item, ...(analytes !== undefined && { analyte: analytes[0] }), ...limit, confirmed: true })),
});

describe('the standards made up for the demonstration', () => {
  it('say so, are of herbs of the catalogue, and are confirmed by two people of each organisation', () => {
    for (const { name, herb, product, confirmedBy } of STANDARDS) {
      expect(name).toMatch(/虚构.*|演示/);
      expect(name).toContain('演示');
      expect(herb === undefined ? product?.key : herbs.some(({ code }) => code === herb)).toBeTruthy();
      for (const code of confirmedBy) expect([code, new Set(confirmersOf(code)).size]).toEqual([code, 2]);
    }
    expect(ORGANISATIONS.filter(({ code }) => STANDARDS.some(({ confirmedBy }) => confirmedBy.includes(code))).length).toBe(9);
  });

  it('are what the season’s reports pass by; the one that fails passes by none', () => {
    const approved = new Map(season(2026).filter(({ path }) => path.endsWith('/approval')).map(({ path, body }) => [path.split('@report/')[1]?.split('/')[0], body.verdict]));
    const reports = season(2026).filter(({ path }) => path.endsWith('/test-reports'));
    expect(reports.length).toBeGreaterThanOrEqual(12);
    for (const { report, body } of reports) {
      const items = (body.items as { test: string; value: string; unit?: string; verdict: 'pass' | 'fail' }[]).map(({ verdict, ...item }) => ({ ...item, stated: verdict }));
      const standard = STANDARDS.find(({ herb, grade, family }) => keyOfReport(String(body.standard), items.map(({ test }) => test), body) === `${family} ${herb ?? ''} ${grade ?? ''}`);
      expect([report, standard === undefined]).toEqual([report, false]);
      const { verdict } = judgeByStandard(toJudgeBy(standard as (typeof STANDARDS)[number]), [{ id: String(report), items }], {});
      expect([report, verdict]).toEqual([report, approved.get(report)]);
    }
    expect([...approved.values()]).toContain('fail');
  });

  it('stand on pages that are the same each time', async () => {
    const [first, second] = [await standardsPaper(2026), await standardsPaper(2026)];
    expect(first.equals(second)).toBe(true);
    expect(first.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(STANDARDS.length);
  });
});

/** By what a report prints: the herb its standard names, and for 连翘 the limit of its extract, which tells the grade. */
function keyOfReport(standard: string, tests: readonly string[], { items }: Readonly<Record<string, unknown>>): string {
  if (standard.includes('四味')) return 'registration  ';
  const extract = (items as { test: string; limitText?: string }[]).find(({ test }) => test === '浸出物')?.limitText;
  const herb = { 连翘: 'lianqiao', 地黄: 'dihuang', 黄芩: 'huangqin', 党参: 'dangshen' }[/》(.{2})项/.exec(standard)?.[1] ?? ''] ?? tests.join();
  return `pharmacopoeia ${herb} ${herb !== 'lianqiao' ? '' : extract === '不得少于 16.0%' ? '老翘' : '青翘'}`;
}
