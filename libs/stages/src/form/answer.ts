import { ApiProperty } from '@nestjs/swagger';
import type { Entry, StoredResponse } from '@daodi/log';
import { weighingNotesOf } from './weighing-notes';
import { identifierLists, quantityLists, type EpcisEvent } from '@daodi/epcis';

/** An entry as an answer is made of it. */
export type Written = Pick<Entry, 'kind' | 'type' | 'eventId' | 'declaration' | 'body'>;

/** Something that got a code, or whose facts changed, in this act. */
export class BatchAnswer {
  @ApiProperty({ example: '7K2QZ0ABCD4' })
  code: string;

  @ApiProperty({ example: 'https://trace.example.cn/b/7K2QZ0ABCD4' })
  uri: string;

  @ApiProperty({ enum: ['crop', 'batch', 'retail', 'container'] })
  kind: string;

  @ApiProperty({ required: false, example: 'lianqiao' })
  herb?: string;

  @ApiProperty({ required: false })
  grade?: string;

  @ApiProperty({ required: false, enum: ['product', 'co-product', 'waste', 'rework'] })
  role?: string;

  @ApiProperty({ required: false })
  lotNumber?: string;

  @ApiProperty({ required: false, type: Number, example: 812.5 })
  quantity?: number;

  @ApiProperty({ required: false, example: 'KGM', description: 'KGM; absent where quantity counts pieces' })
  uom?: string;
}

/** What a recorded form answers. */
export class FormAnswer {
  @ApiProperty({ description: 'The event the form made; the first of several', example: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  eventID: string;

  @ApiProperty({ type: [String], description: 'All events of this act' })
  eventIDs: string[];

  @ApiProperty({ type: [BatchAnswer] })
  batches: BatchAnswer[];

  @ApiProperty({ required: false, type: [String], description: 'Serials commissioned' })
  serials?: string[];

  @ApiProperty({ required: false })
  sampleNumber?: string;

  @ApiProperty({ required: false, description: 'Of a sale on credit: its id, under which payments are recorded' })
  credit?: string;

  @ApiProperty({ required: false, enum: ['sale', 'shipment'], description: 'Of a sale on credit: what it became' })
  recordedAs?: string;

  @ApiProperty({ required: false, description: 'Of field work with inputs: first day on which may be harvested, as far as is known; a use beyond the label leaves it open. 最早可采收日', example: '2026-06-24' })
  earliestHarvest?: string;

  @ApiProperty({ required: false, type: [Object], description: 'What was taken although the book held less' })
  overdrawn?: object[];

  @ApiProperty({ required: false, type: [Object], description: 'How your weight compares with the sender’s, and what was booked. 两次称重的比对', example: [{ epcClass: 'https://trace.example.cn/b/7K2QZ0ABCD4', shipped: 200, received: 199.9, difference: -0.1, tolerance: 0.2, divisions: 0.2, allowance: 0, isAllowanceOnRecord: false, uom: 'KGM', agrees: true, reason: 'scale-difference' }] })
  agreement?: object[];

  @ApiProperty({ required: false, type: [Object], description: 'What is odd about a weighing, though it was recorded. 称重提示', example: [{ epcClass: 'https://trace.example.cn/b/7K2QZ0ABCD4', rule: 'calibration-expired', zh: '衡器检定已过期', en: 'the calibration of the scale had run out' }] })
  notes?: object[];
}

/** The answer to a form, made of the entries it left: the same now and when it is asked again. */
export function answerOf(written: readonly Written[], status: number): StoredResponse {
  const events = written.filter(({ kind, declaration }) => kind === 'event' && declaration !== true);
  const main = events[0];
  const bodies = events.map(({ body }) => body as unknown as EpcisEvent);
  const records = written.filter(({ kind, type }) => kind === 'record' && type === 'batch');
  const commissioned = bodies.find((body) => body.type === 'ObjectEvent' && body.ilmd?.['daodi:ofBatch'] !== undefined);
  const notes = weighingNotesOf(bodies);
  const credit = written.find(({ kind, type }) => kind === 'record' && type === 'credit')?.body as { subject: string; new: { recordedAs: string } } | undefined;
  const earliestHarvest = (main?.body['daodi:application'] as { earliestHarvest?: string } | undefined)?.earliestHarvest;
  const sample = main?.body['daodi:sample'] as { number: string } | undefined;
  return {
    status,
    location: main && eventPath(main.eventId as string),
    body: {
      eventID: main?.eventId,
      eventIDs: events.map(({ eventId }) => eventId),
      batches: records.map(({ body }) => batchAnswer((body as unknown as { new: Record<string, unknown> }).new, bodies)),
      ...(commissioned && { serials: identifierLists(commissioned).flatMap(([, list]) => list) }),
      ...(credit && { credit: credit.subject, recordedAs: credit.new.recordedAs }),
      ...(earliestHarvest !== undefined && { earliestHarvest }),
      ...(sample && { sampleNumber: sample.number }),
      ...(main?.body['daodi:acceptedOverdrawn'] !== undefined && { overdrawn: main.body['daodi:acceptedOverdrawn'] }),
      ...(main?.body['daodi:agreement'] !== undefined && { agreement: main.body['daodi:agreement'] }),
      ...(notes.length > 0 && { notes }),
    },
  };
}

/** Where an event of one's own can be read. */
export const eventPath = (eventId: string): string => `/api/v1/events/${encodeURIComponent(eventId)}`;

function batchAnswer(facts: Readonly<Record<string, unknown>>, events: readonly EpcisEvent[]): Record<string, unknown> {
  const made = events.flatMap((event) => quantityLists(event).filter(([list]) => list === (event['daodi:intake'] === undefined ? 'outputQuantityList' : 'quantityList'))).flatMap(([, list]) => list);
  const quantity = made.find(({ epcClass }) => epcClass === facts['uri']);
  const shown = ['code', 'uri', 'kind', 'herb', 'grade', 'role', 'lotNumber'].filter((name) => facts[name] !== undefined);
  return {
    ...Object.fromEntries(shown.map((name) => [name, facts[name]])),
    ...(quantity && { quantity: quantity.quantity, ...(quantity.uom && { uom: quantity.uom }) }),
  };
}
