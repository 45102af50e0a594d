import fc from 'fast-check';
import { type FiledReport, judgeReports } from './judge-reports';
import { type ReportState, type Verdict, VERDICTS } from './report-state';

const report = (id: string, verdict: Verdict | undefined, more: Partial<ReportState> = {}): FiledReport => ({
  id,
  state: {
    number: id, batch: 'urn:b', canonical: 'urn:b', standard: '《中国药典》2020 年版一部', tester: 't', status: 'approved', issuedOn: '2026-09-01',
    items: [{ test: '水分', value: '8.1', unit: '%', limitText: '≤10.0%', verdict: 'pass' }],
    verdict, ...more,
  },
});
const verdictOf = (filed: readonly FiledReport[], id: string) => judgeReports(filed).find((r) => r.id === id)?.verdict;

describe('judgeReports', () => {
  it.each<[string, Partial<ReportState>, Verdict]>([
    ['a pass whose items passed', {}, 'pass'],
    ['a pass whose items state no verdict', { items: [{ test: '性状', value: '符合规定' }] }, 'pass'],
    ['a pass with a failed item', { items: [{ test: '水分', value: '12', verdict: 'fail' }] }, 'undetermined'],
    ['a pass with an item nobody could judge', { items: [{ test: '铅', value: '—', verdict: 'undetermined' }] }, 'undetermined'],
    ['a pass without any item', { items: [] }, 'undetermined'],
    ['a fail', { verdict: 'fail' }, 'fail'],
    ['a signature without a verdict', { verdict: undefined }, 'undetermined'],
  ])('takes %s for what it is', (_name, more, verdict) => {
    expect(verdictOf([report('r', 'pass', more)], 'r')).toBe(verdict);
  });

  it('leaves out what the approver has not signed', () => {
    expect(judgeReports([report('r', 'pass', { status: 'reviewed' }), report('s', 'pass', { status: 'draft' })])).toEqual([]);
  });

  it('lets an amendment correct the text, not the verdict', () => {
    const first = report('a', 'fail');
    expect(judgeReports([first, report('b', 'pass', { supersedes: 'a' })])).toMatchObject([
      { id: 'a', verdict: 'fail', supersededBy: 'b' },
      { id: 'b', verdict: 'undetermined', stated: 'pass', lessened: 'amended-verdict' },
    ]);
    expect(verdictOf([report('a', 'pass'), report('b', 'pass', { supersedes: 'a' })], 'b')).toBe('pass');
    expect(verdictOf([report('a', 'pass'), report('b', 'fail', { supersedes: 'a' })], 'b')).toBe('fail');
  });

  it('does not forget a fail over several amendments, in whatever order they are read', () => {
    const chain = [report('a', 'fail'), report('b', 'undetermined', { supersedes: 'a' }), report('c', 'pass', { supersedes: 'b' })];
    expect(verdictOf(chain, 'c')).toBe('undetermined');
    expect(verdictOf([...chain].reverse(), 'c')).toBe('undetermined');
  });

  it('never passes a chain of amendments in which anything but a pass was ever signed', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...VERDICTS), { minLength: 1, maxLength: 6 }), (words) => {
      const chain = words.map((word, i) => report(`r${i}`, word, i === 0 ? {} : { supersedes: `r${i - 1}` }));
      const counting = judgeReports(chain).filter((r) => r.supersededBy === undefined);
      expect(counting).toHaveLength(1);
      expect(counting[0]?.verdict === 'pass').toBe(words.every((word) => word === 'pass'));
    }));
  });
});
