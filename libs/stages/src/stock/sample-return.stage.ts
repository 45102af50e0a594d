import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines } from '../form/fields';
import { BatchLineDto, FormBody } from '../form/form-body';
import { FormRoute, SAMPLING_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { atSite } from '../form/places';
import { findPortions } from '../form/things';
import { quantityElement } from '../form/units';
import { withoutAbsent } from '../form/work';

/** 退样. */
export class SampleReturnForm extends FormBody {
  @Lines(() => BatchLineDto, { description: 'What came back to which batch. 退回批次与数量' })
  lines: BatchLineDto[];

  @Text(60, { optional: true, description: 'Number on the sample. 样品编号', example: 'S-7K2QZ0ABCD4' })
  sampleNumber?: string;

  @Text(300, { optional: true, description: 'Why it came back. 退回原因', example: '检验余样' })
  reason?: string;
}

/** A sample that comes back becomes an ObjectEvent with bizStep sampling; more than was drawn stands as a debt. */
export const sampleReturnForm: Form<SampleReturnForm> = {
  name: 'sample-return',
  body: SampleReturnForm,
  async compose(work, body) {
    const portions = await findPortions(work, body.lines, '/lines');
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: 'sampling',
      quantityList: portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
      ...(await atSite(work, body.site)),
      'daodi:sampleReturn': withoutAbsent({ number: body.sampleNumber, reason: body.reason }),
    });
  },
};

/** Samples that came back. */
@ApiTags('stock')
@Controller('api/v1/sample-returns')
export class SampleReturnController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: SAMPLING_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记退样',
    en: 'Record that a sample, or what is left of it, came back to its batch',
    body: SampleReturnForm,
    example: { eventTime: '2026-09-12T09:00:00+08:00', lines: [{ batch: '7K2QZ0ABCD4', quantity: '0.2', unit: 'kg' }], sampleNumber: 'S-7K2QZ0ABCD4', reason: '检验余样' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: SampleReturnForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, sampleReturnForm, body);
  }
}
