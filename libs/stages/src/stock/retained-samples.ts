import { randomUUID } from 'node:crypto';
import { Day, record, Text } from '@daodi/registry';
import { amountOut, uomOf } from '@daodi/trace';
import type { Portion } from '../form/things';
import { withoutAbsent, type Work } from '../form/work';

/** 留样: where a retained sample is kept, and until when. */
export class RetainedDto {
  @Text(200, { description: 'Where it is kept: cabinet, shelf. 留样存放位置', example: '留样柜 2 层' })
  place: string;

  @Day({ description: 'Until when it is kept. 留样期限', example: '2029-09-05' })
  until: string;
}

/**
 * Adds a `retained-sample` record for each batch a retained sample was drawn from. Its mass left the batch when it was
 * drawn; nothing that later becomes of it is counted again. A correction keeps the records' ids.
 */
export async function retain(work: Work, portions: readonly Portion[], number: string, { place, until }: RetainedDto, eventID: string): Promise<void> {
  const earlier = work.replaced === undefined ? [] : await recordsOf(work, work.replaced.entry.eventId as string);
  for (const [i, { thing, measured }] of portions.entries()) {
    const known = earlier[i];
    work.records.push(record('retained-sample', known?.id ?? randomUUID(), known === undefined ? 'created' : 'changed', {
      ...(known && { old: known.state }),
      new: withoutAbsent({
        batch: thing.uri, number, quantity: amountOut(measured.amount, measured.unit), uom: uomOf(measured.unit), place, due: until, eventID,
        // What has been destroyed stays so, whatever is corrected about its drawing.
        status: known?.state['status'] ?? 'kept', destroyed: known?.state['destroyed'],
      }),
    }));
  }
}

async function recordsOf(work: Work, eventId: string): Promise<{ id: string; state: Record<string, unknown> }[]> {
  return work.tx.query(
    `SELECT id, state FROM stock_record WHERE organisation_id = $1 AND type = 'retained-sample' AND event_id = $2 ORDER BY since_position, id`,
    [work.caller.organisationId, eventId],
  );
}
