import { findFreshPerDry, isUnlike, learntBand } from '@daodi/herbal';
import type { Caller } from '@daodi/registry';
import { amountOut } from '@daodi/trace';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { groupBy } from '../history/group-by';
import { type Run, runsOf } from './runs-of';
import type { LearntYieldsQuery } from './learnt-yields.dto';

/** Most runs a band names that are unlike the others. */
const UNLIKE_NAMED_MAX = 50;

/** 得率: what an organisation's own steps came to, base by base and year by year. It decides nothing. */
@Injectable()
export class LearntYields {
  constructor(private readonly dataSource: DataSource) {}

  /** Bands of the caller's own steps, in the order of their keys. */
  async list({ organisationId }: Caller, { herb }: LearntYieldsQuery): Promise<{ readonly items: readonly object[] }> {
    const runs = await runsOf(this.dataSource.manager, organisationId, herb);
    return { items: [...groupBy(runs, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => band(own)) };
  }
}

const keyOf = ({ herb, grade, step, from, to, base, year }: Run): string => JSON.stringify([herb, grade, step, from, to, base, year]);

function band(runs: readonly Run[]): object {
  const { herb, grade, step, from, to, base, year } = runs[0] as Run;
  const learnt = learntBand(runs.map(ratioOf));
  const usual = from === 'fresh' && to === 'dried' ? findFreshPerDry(herb, grade ?? undefined) : undefined;
  const unlike = runs.filter((run) => isUnlike(ratioOf(run), learnt) === true);
  return {
    herb, ...(grade !== null && { grade }), ...(step !== null && { step }), from, to, ...(base !== null && { base }), ...(year !== null && { year }), runs: learnt.runs,
    inPerOut: {
      median: hundredths(learnt.median), ...(learnt.least !== undefined && learnt.most !== undefined && { learnt: [hundredths(learnt.least), hundredths(learnt.most)] }),
      ...(usual !== undefined && { usual: [hundredths(usual.least), hundredths(usual.most)], verified: usual.verified, source: usual.source }),
    },
    unlike: unlike.slice(0, UNLIKE_NAMED_MAX).map((run) => ({
      batch: run.batch, eventIds: run.eventIds, in: amountOut(run.in, 'mg'), out: amountOut(run.out, 'mg'), uom: 'KGM', inPerOut: hundredths(ratioOf(run)),
    })),
  };
}

/** Hundredths, rounded down. */
const ratioOf = ({ in: went, out }: Run): bigint => (went * 100n) / out;
const hundredths = (value: bigint): number => Number(value) / 100;
