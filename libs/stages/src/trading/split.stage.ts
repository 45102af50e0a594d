import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, LINES_MAX, Reference, Whole } from '../form/fields';
import { LossDto, OutwardFormBody, QuantityDto } from '../form/form-body';
import { FormRoute, WORK_ROLES } from '../form/form-route';
import { AcceptUndecided } from '../form/goods';
import { type Form, Forms } from '../form/forms.service';
import { issue } from '../form/issue';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { atSite } from '../form/places';
import { type Output, readLosses, transformationOf } from '../form/transformation';
import { amountOfElement, type Measured } from '../form/units';
import type { Work } from '../form/work';
import { acceptUndecided } from '../stock/undecided';
import { SourceBatch, totalOf } from './source-batch';

/** One part, or several of the same weight. */
export class SplitPartDto extends QuantityDto {
  @Whole(1, LINES_MAX, { optional: true, description: 'How many such parts; one unless said otherwise. 份数', example: 3 })
  count?: number;

  @Text(100, { optional: true, description: 'Your own lot number of the part, as printed. 批号', example: 'F-2026-11-01' })
  lotNumber?: string;

  @Reference({ optional: true, description: 'A code issued before, for a single part. 预发编码', example: '7K2QZ0ABCD4' })
  code?: string;
}

/** 分票. */
export class SplitForm extends OutwardFormBody {
  @Reference({ description: 'The batch that is divided: our code, or its URI. 被分的批次', example: '7K2QZ0ABCD4' })
  batch: string;

  @Lines(() => SplitPartDto, { description: 'The parts; each gets a code of its own. 分出的各份' })
  parts: SplitPartDto[];

  @OneOf(['stays', 'part'], {
    optional: true,
    description: 'What is left of the batch; it stays unless said otherwise. 余量',
    meanings: { stays: '留在原批 stays in the batch', part: '另成一份 becomes one more part' },
  })
  remainder?: 'stays' | 'part';

  @Lines(() => LossDto, { optional: true, min: 0, description: 'What was spilt or lost in dividing, by cause. 损耗' })
  losses?: LossDto[];

  @AcceptUndecided()
  acceptUndecided?: boolean;
}

/**
 * A split becomes a `batch` record for each part and one TransformationEvent. The parts are the material the batch is,
 * so nothing about it is asked; what goes in is what the parts and losses are, to the milligram.
 */
export const splitForm: Form<SplitForm> = {
  name: 'split',
  body: SplitForm,
  async compose(work, body) {
    const source = await SourceBatch.find(work, body.batch);
    const losses = readLosses(work, body.losses);
    const parts = partsOf(work, source, body);
    const typed = totalOf(work, [...parts.map(({ measured }) => measured), ...(losses ?? []).map(({ measured }) => measured)], '/parts');
    const left = body.remainder === 'part' ? leftOf(work, source, typed) : undefined;
    const used = left === undefined || typed === undefined ? typed : { ...typed, amount: typed.amount + left.amount };
    const portions = source.portion(used);
    const outputs: Output[] = [];
    for (const { measured, lotNumber, code, pointer } of [...parts, ...(left === undefined ? [] : [{ measured: left, pointer: '/remainder' }])] as Part[]) {
      const facts = { ...source.carried, role: source.role, lotNumber };
      const { uri } = await issue(work, { kind: source.kind, code, pointer: `${pointer}/code`, facts });
      outputs.push({ uri, role: source.role, form: source.form, herb: source.herb, measured });
    }
    const site = await atSite(work, body.site);
    // Last: a warning is given only where nothing else is wrong.
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.available), body, 'overdrawn');
    // Parts have codes of their own: what came out of a zone for what is undecided would no longer be seen as such.
    const undecided = await acceptUndecided(work, portions, body.site, body);
    work.event('TransformationEvent', {
      ...transformationOf({ step: 'splitting', inputs: portions, outputs, losses }),
      ...site,
      ...accepted,
      ...undecided,
    });
  },
};

interface Part {
  readonly measured?: Measured;
  readonly lotNumber?: string;
  readonly code?: string;
  readonly pointer: string;
}

function partsOf(work: Work, source: SourceBatch, { parts }: SplitForm): Part[] {
  const total = parts.reduce((sum, { count = 1 }) => sum + count, 0);
  if (total > LINES_MAX) {
    work.fault('/parts', 'too-many-parts', `一次最多分成 ${LINES_MAX} 份`, `one form makes at most ${LINES_MAX} parts`);
    return [];
  }
  return parts.flatMap((part, i) => {
    const pointer = `/parts/${i}`;
    const measured = source.measured(part, pointer);
    const { count = 1, code, lotNumber } = part;
    if (count > 1 && code !== undefined) work.fault(`${pointer}/code`, 'code-of-many', '预发编码只能用于一份', 'a code issued before is for a single part');
    return Array.from({ length: count }, () => ({ measured, lotNumber, code: count > 1 ? undefined : code, pointer }));
  });
}

/** What the book holds beyond the parts; of a split that is corrected, what it held when that was recorded. */
function leftOf(work: Work, { thing }: SourceBatch, typed: Measured | undefined): Measured | undefined {
  if (thing === undefined || typed === undefined) return undefined;
  const before = replacedAmount(work, thing.uri);
  const there = before?.wasWhole === true ? before.amount : thing.book.available + (before?.amount ?? 0n);
  return there > typed.amount ? { amount: there - typed.amount, unit: typed.unit } : undefined;
}

/** What the replaced split took of the batch, and whether that was all there was. */
function replacedAmount({ replaced }: Work, uri: string): { amount: bigint; wasWhole: boolean } | undefined {
  const input = ((replaced?.entry.body['inputQuantityList'] ?? []) as { epcClass: string; quantity: number; uom?: string }[]).find(({ epcClass }) => epcClass === uri);
  if (input === undefined) return undefined;
  const typed = replaced?.entry.body['daodi:typed'] as { input?: { remainder?: string } } | undefined;
  return { amount: amountOfElement(input), wasWhole: typed?.input?.remainder === 'part' };
}

/** Splits. */
@ApiTags('stages')
@Controller('api/v1/splits')
export class SplitController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['record:batch+', 'event:TransformationEvent'],
    zh: '登记分票：一批分成几份，各有编码',
    en: 'Record a split: one batch into parts with codes of their own',
    body: SplitForm,
    conflict: 'overdrawn, undecided',
    example: { eventTime: '2026-11-02T08:10:00+08:00', batch: '7K2QZ0ABCD4', parts: [{ quantity: '25', unit: 'kg', count: 3 }, { quantity: '12.5', unit: '斤' }], remainder: 'stays' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: SplitForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, splitForm, body);
  }
}
