import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, Word } from '../form/fields';
import { LossDto, OutwardFormBody, QuantityDto } from '../form/form-body';
import { FormRoute, WORK_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { AcceptUndecided } from '../form/goods';
import { issue } from '../form/issue';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { atSite } from '../form/places';
import { type Output, readLosses, transformationOf } from '../form/transformation';
import { SourceBatch, totalOf, withMissing } from './source-batch';
import { acceptUndecided } from '../stock/undecided';

/** One grade that came out. */
export class GradedDto extends QuantityDto {
  @Word(60, { description: 'Grade as the trade writes it. 规格等级', example: '一等' })
  grade: string;

  @Text(100, { optional: true, description: 'Your own lot number of it, as printed. 批号', example: 'Q-2026-11-01' })
  lotNumber?: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码', example: '7K2QZ0ABCD4' })
  code?: string;
}

/** What fell through: siftings, dust, stalks. */
export class SiftingsDto extends QuantityDto {
  @Reference({ optional: true, description: 'A code issued before. 预发编码', example: '7K2QZ0ABCD4' })
  code?: string;
}

/** 过筛分选. */
export class GradingForm extends OutwardFormBody {
  @Reference({ description: 'The batch that is sieved or sorted: our code, or its URI. 过筛的批次', example: '7K2QZ0ABCD4' })
  batch: string;

  @Lines(() => GradedDto, { description: 'What came out, by grade; each gets a code of its own. 各等级产出' })
  outputs: GradedDto[];

  @One(() => SiftingsDto, { optional: true, description: 'Siftings, dust and stalks: waste with a code of its own, so that it can be followed. 筛下的灰渣' })
  siftings?: SiftingsDto;

  @One(() => QuantityDto, {
    optional: true,
    description: 'How much was sieved; all that came out and was lost unless said otherwise. What is missing then is a loss by sieving. 过筛数量',
  })
  used?: QuantityDto;

  @Lines(() => LossDto, { optional: true, min: 0, description: 'What went, by cause. 损耗' })
  losses?: LossDto[];

  @AcceptUndecided()
  acceptUndecided?: boolean;
}

/**
 * Sieving and grading becomes a `batch` record for each grade and for the siftings, and one TransformationEvent. But
 * for their grade the outputs are the material the batch is.
 */
export const gradingForm: Form<GradingForm> = {
  name: 'grading',
  body: GradingForm,
  async compose(work, body) {
    const source = await SourceBatch.find(work, body.batch);
    const { grade: _grade, ...carried } = source.carried;
    const outputs: Output[] = [];
    const add = async (typed: QuantityDto & { code?: string }, pointer: string, role: 'product' | 'waste', facts: { grade?: string; form?: string; lotNumber?: string }): Promise<void> => {
      const measured = source.measured(typed, pointer);
      const { uri } = await issue(work, { kind: source.kind, code: typed.code, pointer: `${pointer}/code`, facts: { ...carried, role, ...facts } });
      outputs.push({ uri, role, form: facts.form, herb: source.herb, measured });
    };
    for (const [i, output] of body.outputs.entries()) {
      await add(output, `/outputs/${i}`, 'product', { grade: output.grade, form: source.form, lotNumber: output.lotNumber });
    }
    if (body.siftings !== undefined) await add(body.siftings, '/siftings', 'waste', { form: 'siftings' });
    const named = readLosses(work, body.losses);
    const outOf = totalOf(work, [...outputs, ...(named ?? [])].map(({ measured }) => measured), '/outputs');
    const used = body.used === undefined ? outOf : source.measured(body.used, '/used');
    const losses = used === undefined || outOf === undefined ? named : withMissing(named ?? [], used, outOf, 'sieving');
    const portions = source.portion(used);
    const site = await atSite(work, body.site);
    // Last: a warning is given only where nothing else is wrong.
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.available), body, 'overdrawn');
    const undecided = await acceptUndecided(work, portions, body.site, body);
    work.event('TransformationEvent', {
      ...transformationOf({ step: 'grading', inputs: portions, outputs, losses }),
      ...site,
      ...accepted,
      ...undecided,
    });
  },
};

/** Sieving and grading. */
@ApiTags('stages')
@Controller('api/v1/gradings')
export class GradingController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['record:batch+', 'event:TransformationEvent'],
    zh: '登记过筛分选：一批分成几个等级与灰渣',
    en: 'Record sieving and grading: one batch into grades and siftings',
    body: GradingForm,
    conflict: 'overdrawn, undecided',
    example: {
      eventTime: '2026-11-02T09:30:00+08:00', batch: '7K2QZ0ABCD4', used: { quantity: '100', unit: 'kg' },
      outputs: [{ grade: '一等', quantity: '61.5', unit: 'kg' }, { grade: '二等', quantity: '33', unit: 'kg' }], siftings: { quantity: '4.8', unit: 'kg' },
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: GradingForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, gradingForm, body);
  }
}
