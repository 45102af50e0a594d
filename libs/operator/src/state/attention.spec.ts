import { attentionOf } from './attention';
import type { OperatorState } from './operator-state';

const well: Omit<OperatorState, 'attention'> = {
  at: '2026-09-01T08:00:00Z',
  log: { size: '812', entriesLastMinute: 3 },
  followers: [{ name: 'history', position: '812', behind: '0', lagSeconds: 0 }],
  queues: [{ queue: 'follow', waiting: 1, active: 1, delayed: 2, failed: 0, oldestAgeSeconds: 4 }],
  captures: { waiting: 1, oldestAgeSeconds: 3, stuck: [] },
  processes: [],
};

describe('what somebody should look at', () => {
  it('is nothing while followers keep up, jobs are young and none is dead', () => {
    expect(attentionOf(well)).toEqual([]);
  });
  it('is a follower that fails, or lags a minute without failing; not both of one', () => {
    const [history] = well.followers;
    const failure = { reason: 'QueryFailedError 23505', failedAt: '2026-09-01T07:58:00Z', times: 7 };
    expect(attentionOf({ ...well, followers: [{ ...history!, behind: '9', lagSeconds: 61 }] })).toEqual([{ what: 'follower-behind', name: 'history' }]);
    expect(attentionOf({ ...well, followers: [{ ...history!, behind: '9', lagSeconds: 61, failure }] })).toEqual([{ what: 'follower-failing', name: 'history' }]);
  });
  it('is queues nobody can ask, which is worse than any of their jobs', () => {
    expect(attentionOf({ ...well, queues: null })).toEqual([{ what: 'queues-away' }]);
  });
  it('is an old job, dead ones with their number, and documents that are stuck', () => {
    const stuck = [{ id: 'c', receivedAt: '2026-09-01T07:00:00Z', chunksDone: 0, chunks: 4 }];
    expect(attentionOf({ ...well, captures: { waiting: 1, oldestAgeSeconds: 3600, stuck }, queues: [{ ...well.queues![0]!, oldestAgeSeconds: 301, failed: 2 }] })).toEqual([
      { what: 'captures-stuck', count: 1 }, { what: 'jobs-old', name: 'follow' }, { what: 'jobs-dead', name: 'follow', count: 2 },
    ]);
  });
});
