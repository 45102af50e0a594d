import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, organisationUrn, record, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Flag, Lines, One, Reference, References } from './form/fields';
import { OutwardFormBody, QuantityDto } from './form/form-body';
import { weighingElement, type WeighingElement } from './form/weighing';
import { WeighedQuantityDto } from './form/weighing-dto';
import { FormRoute, RECEIVING_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { findUnits } from './form/goods';
import { acceptShortfalls, shortfalls } from './form/overdraw';
import { findParty, fromTo, PartyDto } from './form/parties';
import { atSite } from './form/places';
import { findThings, hasMeasure, type Portion, type Thing } from './form/things';
import { quantityElement } from './form/units';
import type { Work } from './form/work';
import { agreementElement, agreeOn, type Agreed } from './receiving/agree-on';

/** What was sent back, and why. */
export class RejectedDto extends WeighedQuantityDto {
  @Text(200, { optional: true, description: 'Why it was rejected. 拒收原因', example: '受潮' })
  reason?: string;
}

/** What came of one batch of a delivery. */
export class ReceiptLineDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;

  @One(() => WeighedQuantityDto, { optional: true, description: 'What was taken in, as your scale says. 实收' })
  accepted?: WeighedQuantityDto;

  @One(() => RejectedDto, { optional: true, description: 'What was rejected. 拒收' })
  rejected?: RejectedDto;

  @One(() => QuantityDto, { optional: true, description: 'Shipped, and not there. 短少' })
  short?: QuantityDto;

  @Flag({ optional: true, description: 'More of what was shipped is still to come: what is missing now is no difference of weights. 分批到货，余货未到', example: false })
  moreToCome?: boolean;

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

const TYPED = ['accepted', 'rejected', 'short'] as const;
/** What a receipt parts a delivery into; what the receiver's scale found beyond what was shipped is gained. */
const OUTCOMES = [...TYPED, 'gained'] as const;
type Outcome = (typeof OUTCOMES)[number];
type Received = Portion & { readonly outcome: Outcome; readonly reason?: string; readonly weighing?: WeighingElement };

/**
 * A receipt becomes one ObjectEvent with bizStep receiving, and an `alias` record for each lot number of the
 * receiver's. What was never shipped on our records may be received all the same, once it is confirmed: the sender's
 * record may be on its way. Where both weights agree, their difference is booked with its reason: shipped = received +
 * what is short − what was gained, and both numbers stay in sight.
 */
export const receiptForm: Form<ReceiptForm> = {
  name: 'receipt',
  body: ReceiptForm,
  async compose(work, body) {
    const from = await findParty(work, body.from, '/from');
    const lines = body.lines ?? [];
    const things = await findThings(work, lines.map(({ batch }, i) => ({ text: batch, pointer: `/lines/${i}/batch` })), true);
    const stated: Received[] = [];
    for (const [i, line] of lines.entries()) stated.push(...(await receive(work, line, things.get(line.batch), `/lines/${i}`)));
    const containers = await findUnits(work, body.containers, '/containers', true);
    if ((body.lines ?? body.containers) === undefined) work.fault('', 'no-goods', '请填写批次或容器', 'name batches or containers');
    refuseTwice(work, lines, things);
    const sender = from?.organisationId ?? work.caller.organisationId;
    const agreements = await agreeAll(work, sender, lines, things, stated);
    const received = agreements.reduce(book, stated);
    const beyond = shortfalls(received.filter(({ outcome }) => outcome !== 'gained'), ({ book: { transitFrom } }) => transitFrom.get(sender) ?? 0n);
    const accepted = acceptShortfalls(work, beyond, body, 'received-more', agreements.length === 0 ? {} : { agreement: agreements.map(agreementElement) });
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
      'daodi:agreement': agreements.length === 0 ? undefined : agreements.map(agreementElement),
      'daodi:weighing': weighings(received),
      ...accepted,
    });
  },
};

async function receive(work: Work, line: ReceiptLineDto, thing: Thing | undefined, pointer: string): Promise<Received[]> {
  if (TYPED.every((outcome) => line[outcome] === undefined)) {
    work.fault(pointer, 'no-quantity', '请填写实收、拒收或短少之一', 'say what was accepted, rejected or short');
  }
  const received: Received[] = [];
  for (const outcome of TYPED) {
    const typed = line[outcome];
    const at = `${pointer}/${outcome}`;
    const measured = typed && work.measured(typed, at);
    const weighing = typed && outcome !== 'short' ? await weighingElement(work, { typed, measured, uri: thing?.uri ?? '', pointer: at, of: outcome }) : undefined;
    if (thing === undefined || measured === undefined) continue;
    // Of a stranger's batch nothing is known, so its dimension cannot be checked without telling that it exists.
    const isKnown = thing.book.isHolder;
    if (isKnown && !hasMeasure(work, thing, measured, at)) continue;
    received.push({ thing, measured, pointer, outcome, reason: outcome === 'rejected' ? line.rejected?.reason : undefined, weighing });
  }
  return received;
}

/** Compares what was shipped with what was received of each batch the caller knows of. */
async function agreeAll(work: Work, sender: string, lines: readonly ReceiptLineDto[], things: ReadonlyMap<string, Thing>, stated: readonly Received[]): Promise<Agreed[]> {
  const agreements: Agreed[] = [];
  for (const line of lines) {
    const thing = things.get(line.batch);
    const own = stated.filter((one) => one.thing === thing);
    if (thing === undefined || own.length === 0 || own.some(({ measured }) => measured.unit !== 'mg')) continue;
    const receivedMg = own.reduce((sum, { measured }) => sum + measured.amount, 0n);
    const acceptedMg = own.find(({ outcome }) => outcome === 'accepted')?.measured.amount ?? 0n;
    const agreed = await agreeOn(work, { sender, thing, receivedMg, acceptedMg, weighings: own.flatMap(({ weighing }) => weighing ?? []), isPart: line.moreToCome === true });
    if (agreed !== undefined) agreements.push(agreed);
  }
  return agreements;
}

/** Books the difference of two weights that agree: what is missing as short, what is too much as gained. */
function book(received: readonly Received[], { thing, agreement: { agrees, differenceMg }, reason }: Agreed): Received[] {
  if (!agrees) return [...received];
  if (differenceMg < 0n) {
    const pointer = received.find((one) => one.thing === thing)?.pointer ?? '';
    return [...received, { thing, measured: { amount: -differenceMg, unit: 'mg' }, pointer, outcome: 'short', reason }];
  }
  return received.flatMap((one): Received[] => {
    if (one.thing !== thing || one.outcome !== 'accepted') return [one];
    const of = (amount: bigint) => ({ amount, unit: 'mg' as const });
    return [{ ...one, measured: of(one.measured.amount - differenceMg) }, { ...one, outcome: 'gained', measured: of(differenceMg), reason, weighing: undefined }];
  });
}

const weighings = (received: readonly Received[]): readonly WeighingElement[] | undefined => {
  const elements = received.flatMap(({ weighing }) => weighing ?? []);
  return elements.length === 0 ? undefined : elements;
};

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
    const accepted = own.filter(({ outcome }) => outcome === 'accepted' || outcome === 'gained');
    return quantityElement(uri, { amount: accepted.reduce((sum, { measured }) => sum + measured.amount, 0n), unit: own[0]?.measured.unit ?? 'mg' });
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
