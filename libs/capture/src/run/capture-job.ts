import { QUEUE, type QueueFactory } from '@daodi/platform';

/** Data of a `capture-document` job: the document to append. Never business data. */
export interface CaptureJob {
  readonly captureId: string;
}

/** Wakes the job of a document. Does not wait and does not throw: a sweep finds what a lost job left. */
export function ringCapture(queues: QueueFactory, captureId: string): void {
  queues.ring(QUEUE.captureDocument, 'capture', { captureId } satisfies CaptureJob, {
    deduplication: { id: `capture:${captureId}` },
    attempts: 5,
    backoff: { type: 'exponential', delay: 1_000 },
    removeOnComplete: true,
    removeOnFail: 100,
  });
}
