import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, organisationUrn, record, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, References } from './form/fields';
import { OutwardFormBody, QuantityDto } from './form/form-body';
import { FormRoute, RECEIVING_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { findUnits } from './form/goods';
import { acceptShortfalls, shortfalls } from './form/overdraw';
import { findParty, fromTo, PartyDto } from './form/parties';
import { atSite } from './form/places';
import { findThings, hasMeasure, type Portion, type Thing } from './form/things';
import { quantityElement } from './form/units';
import type { Work } from './form/work';

/** What was sent back, and why. */
export class RejectedDto extends QuantityDto {
  @Text(200, { optional: true, description: 'Why it was rejected. 拒收原因', example: '受潮' })
  reason?: string;
}

/** What came of one batch of a delivery. */
export class ReceiptLineDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;

  @One(() => QuantityDto, { optional: true, description: 'What was accepted. 实收' })
  accepted?: QuantityDto;

  @One(() => RejectedDto, { optional: true, description: 'What was rejected. 拒收' })
  rejected?: RejectedDto;

  @One(() => QuantityDto, { optional: true, description: 'Shipped, and not there. 短少' })
  short?: QuantityDto;

  @Text(100, { optional: true, description: 'The number you give it in your own books. 物料批号', example: 'WL-2026-0912' })
  lotNumber?: string;
}

/** 收货. */
export class ReceiptForm extends OutwardFormBody {
  @One(() => PartyDto, { description: 'From whom. 发货方' })
  from: PartyDto;

  @Lines(() => ReceiptLineDto, { optional: true, description: 'How much of which batch. 批次与数量' })
  lines?: ReceiptLineDto[];

  @References({ optional: true, description: 'Containers received with all that is in them. 整箱' })
  containers?: string[];
}

const OUTCOMES = ['accepted', 'rejected', 'short'] as const;
type Outcome = (typeof OUTCOMES)[number];
type Received = Portion & { readonly outcome: Outcome; readonly reason?: string };

/**
 * A receipt becomes one ObjectEvent with bizStep receiving, and an `alias` record for each lot number of the
 * receiver's. What was never shipped on our records may be received all the same, once it is confirmed: the sender's
 * record may be on its way.
 */
export const receiptForm: Form<ReceiptForm> = {
  name: 'receipt',
  body: ReceiptForm,
  async compose(work, body) {
    const from = await findParty(work, body.from, '/from');
    const lines = body.lines ?? [];
    const things = await findThings(work, lines.map(({ batch }, i) => ({ text: batch, pointer: `/lines/${i}/batch` })), true);
    const received = lines.flatMap((line, i) => receive(work, line, things.get(line.batch), `/lines/${i}`));
    const containers = await findUnits(work, body.containers, '/containers', true);
    if ((body.lines ?? body.containers) === undefined) work.fault('', 'no-goods', '请填写批次或容器', 'name batches or containers');
    refuseTwice(work, lines, things);
    const sender = from?.organisationId ?? work.caller.organisationId;
    const accepted = acceptShortfalls(work, shortfalls(received, ({ book }) => book.transitFrom.get(sender) ?? 0n), body, 'received-more');
    for (const line of lines) await rememberLotNumber(work, line.lotNumber, things.get(line.batch));
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: 'receiving',
      disposition: 'in_progress',
      epcList: containers.length === 0 ? undefined : containers.map(({ uri }) => uri),
      quantityList: received.length === 0 ? undefined : acceptedOf(received),
      ...(await atSite(work, body.site)),
      ...fromTo(from?.uri ?? '', organisationUrn(work.caller.organisationCode)),
      'daodi:receipt': received.length === 0 ? undefined : outcomesOf(received),
      ...accepted,
    });
  },
};

function receive(work: Work, line: ReceiptLineDto, thing: Thing | undefined, pointer: string): Received[] {
  if (OUTCOMES.every((outcome) => line[outcome] === undefined)) {
    work.fault(pointer, 'no-quantity', '请填写实收、拒收或短少之一', 'say what was accepted, rejected or short');
  }
  return OUTCOMES.flatMap((outcome) => {
    const typed = line[outcome];
    const measured = typed && work.measured(typed, `${pointer}/${outcome}`);
    if (thing === undefined || measured === undefined) return [];
    // Of a stranger's batch nothing is known, so its dimension cannot be checked without telling that it exists.
    const isKnown = thing.book.isHolder;
    if (isKnown && !hasMeasure(work, thing, measured, `${pointer}/${outcome}`)) return [];
    return [{ thing, measured, pointer, outcome, reason: outcome === 'rejected' ? line.rejected?.reason : undefined }];
  });
}

/** Two lines of one batch would hide which of them the lot number and the rejection belong to. */
function refuseTwice(work: Work, lines: readonly ReceiptLineDto[], things: ReadonlyMap<string, Thing>): void {
  const seen = new Set<string>();
  lines.forEach(({ batch }, i) => {
    const node = things.get(batch)?.book.canonical;
    if (node !== undefined && seen.has(node)) work.fault(`/lines/${i}/batch`, 'batch-twice', '同一批次请合并为一行', 'put one batch into one line');
    if (node !== undefined) seen.add(node);
  });
}

/** What standard readers see: the amount accepted of each batch, zero included. */
function acceptedOf(received: readonly Received[]) {
  const uris = [...new Set(received.map(({ thing }) => thing.uri))];
  return uris.map((uri) => {
    const own = received.filter(({ thing }) => thing.uri === uri);
    const accepted = own.find(({ outcome }) => outcome === 'accepted');
    return quantityElement(uri, accepted?.measured ?? { amount: 0n, unit: own[0]?.measured.unit ?? 'mg' });
  });
}

function outcomesOf(received: readonly Received[]): Record<string, unknown> {
  const lists = OUTCOMES.map((outcome) => [
    outcome,
    received.filter((r) => r.outcome === outcome).map(({ thing, measured, reason }) => ({ ...quantityElement(thing.uri, measured), ...(reason !== undefined && { reason }) })),
  ] as const);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

/** The receiver's own number becomes another name of the batch, for the receiver. */
async function rememberLotNumber(work: Work, value: string | undefined, thing: Thing | undefined): Promise<void> {
  if (value === undefined || thing === undefined) return;
  const scheme = 'own-lot';
  const { node } = thing.book;
  const [known] = await work.tx.query(
    'SELECT FROM alias WHERE organisation_id = $1 AND scheme = $2 AND value = $3 AND node = $4',
    [work.caller.organisationId, scheme, value, node],
  );
  if (known === undefined) work.records.push(record('alias', thing.uri, 'created', { new: { scheme, value, node, uri: thing.uri } }));
}

/** Receipts. */
@ApiTags('stages')
@Controller('api/v1/receipts')
export class ReceiptController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: RECEIVING_ROLES,
    leaves: ['record:alias*', 'event:ObjectEvent'],
    zh: '登记收货',
    en: 'Record a receipt',
    body: ReceiptForm,
    conflict: 'received-more-than-shipped',
    example: {
      eventTime: '2026-09-02T15:00:00+08:00', from: { organisation: 'ANZE-LQ' },
      lines: [{ batch: '7K2QZ0ABCD4', accepted: { quantity: '197', unit: 'kg' }, rejected: { quantity: '2', unit: 'kg', reason: '霉变' }, short: { quantity: '1', unit: 'kg' }, lotNumber: 'YL-260902-01' }],
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ReceiptForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, receiptForm, body);
  }
}
