import { Injectable } from '@nestjs/common';
import { type DeadJob, deadJobs, notFound, Problem, QUEUE, QueueFactory, type QueueName, replayDeadJob } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, record } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { askQueues } from './state/operator-state';

const NAMES: ReadonlySet<string> = new Set(Object.values(QUEUE));

/** Jobs that ran out of attempts: shown, and run again when a person says so. */
@Injectable()
export class DeadJobs {
  constructor(
    private readonly acts: Acts,
    private readonly queues: QueueFactory,
  ) {}

  /** Every dead job, the latest first. @throws Problem 503 where the queues do not answer */
  async list(): Promise<DeadJob[]> {
    const dead = await askQueues(this.queues, deadJobs);
    if (dead === null) throw queuesAway();
    return dead;
  }

  /**
   * Runs a dead job again. That somebody decided so stands in the log before the job is in the queue: a replay the
   * log does not know would be an act without an author, and one that is lost on the way can be asked for again.
   *
   * @throws Problem 404 where there is no such dead job, 503 where the queues do not answer
   */
  async replay(caller: Caller, request: FastifyRequest, queue: string, id: string): Promise<ActAnswer> {
    const dead = NAMES.has(queue) ? (await this.list()).find((job) => job.queue === queue && job.id === id) : undefined;
    const answer = await this.acts.perform(caller, request, {
      decide: () => {
        if (dead === undefined) throw notFound();
        const { name, about, reason, attempts, failedAt } = dead;
        return [record('job-replay', `${queue}/${id}`, 'decided', { new: { queue, job: id, name, about, reason, attempts, failedAt } })];
      },
      respond: () => ({ status: 202, body: { queue, id, state: 'waiting' } }),
    });
    if (!answer.replayed && (await askQueues(this.queues, (queues) => replayDeadJob(queues, queue as QueueName, id))) === null) throw queuesAway();
    return answer;
  }
}

const queuesAway = (): Problem =>
  new Problem(503, 'queues-away', { zh: '任务队列暂时无应答，请稍后再试', en: 'The queues do not answer; try again shortly' }, { headers: { 'Retry-After': '5' } });
