/** Trace: identifiers, batches, holdings, genealogy, standing, readership, and the answer to "where from, where to". */
export { TRACE_MIGRATIONS } from './migrations';
export { traceProjection } from './projection/trace.projection';
export type { BatchFacts } from './projection/project-records';
export { batchCode, readBatchCode } from './domain/batch-code';
export { identifierId } from './domain/identifier-id';
export { linesOfEvent } from './domain/lines-of-event';
export type { LineRole, LineUnit } from './domain/line';
export { ownCanonical, ownCodeOf, ownSerialCanonical, ownSerialOf } from './domain/own-code';
export { bookOf, type BookEntry, currentCanonicaliser, lotsOfSerials, nodesFor, withdrawalsTouching } from './book';
export { historyFollower, HISTORY_FOLLOWER } from './reading/history.follower';
export { readableNodes, readableNodesSql } from './reading/readable-nodes';
export { TraceService } from './answer/trace.service';
export { TraceModule } from './trace.module';
export type { TraceAnswer, TraceDirection, TraceEdge, TraceNode } from './answer/trace-answer';
export type { CompositionAnswer, CompositionPart, DeclaredRoot } from './composition/composition-answer';
export { amountOut, uomOf } from './answer/amount';
export { type ReadEvent, Readership } from './reading/readership.service';
export { cutEvent, eventForNamed, type MayRead, type ReadQuestion, whatMayRead } from './reading/what-may-read';
