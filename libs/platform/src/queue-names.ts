/** The schema BullMQ's own PostgreSQL backend lives in. */
export const QUEUE_SCHEMA = 'bullmq';

/** Every queue there is, and what its jobs do. */
export const QUEUE = {
  /** Runs a follower to the end of the log. */
  follow: 'follow',
  /** Appends a captured document. */
  captureDocument: 'capture-document',
  /** Sends something to another organisation's system. */
  deliver: 'deliver',
  /** Renders a sheet of labels. */
  renderLabel: 'render-label',
} as const;

/** A name of {@link QUEUE}. */
export type QueueName = (typeof QUEUE)[keyof typeof QUEUE];
