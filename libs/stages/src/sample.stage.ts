import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Id, OneOf, organisationUrn, Text, Texts, Whole } from '@daodi/registry';
import { batchCode } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { Lines, One } from './form/fields';
import { BatchLineDto, OutwardFormBody } from './form/form-body';
import { FormRoute, SAMPLING_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { acceptShortfalls, shortfalls } from './form/overdraw';
import { findParty, fromTo, PartyDto } from './form/parties';
import { atSite, checkPerson } from './form/places';
import { withoutAbsent, type Work } from './form/work';
import { findPortions } from './form/things';
import { quantityElement } from './form/units';
import { retain, RetainedDto } from './stock/retained-samples';

/** How a sample came: drawn by rule from the lot, or brought along. */
export const SAMPLE_HOW = { drawn: '抽样 drawn from the lot', submitted: '送检 brought along: its result is of the sample alone' } as const;

/** 抽样: from which packages, how sealed, who watched. */
export class DrawnDto {
  @Whole(1, 1_000_000, { description: 'Packages in the lot. 总包件数', example: 120, unit: '件 packages' })
  packages: number;

  @Whole(1, 1_000_000, { description: 'Packages the sample was drawn from. 抽取包件数', example: 6, unit: '件 packages' })
  from: number;

  @Texts(20, { optional: true, description: 'Numbers of the seals on the sample. 封签号', example: ['FQ-000127'] })
  seals?: string[];

  @Id({ optional: true, description: 'Person of the organisation who watched. 见证人' })
  witness?: string;
}

/** 取样. */
export class SampleForm extends OutwardFormBody {
  @Lines(() => BatchLineDto, { description: 'What was drawn from which batch. 取样批次与数量' })
  lines: BatchLineDto[];

  @One(() => PartyDto, { optional: true, description: 'For which laboratory; without it the sample stays in the house. 送检实验室' })
  laboratory?: PartyDto;

  @OneOf(['test', 'retained'], { optional: true, description: 'test unless said otherwise. 检验样或留样', meanings: { test: '检验样 to be tested', retained: '留样 to be kept' } })
  kind?: 'test' | 'retained';

  @One(() => RetainedDto, { optional: true, description: 'Of a retained sample: where and until when it is kept. 留样存放与期限' })
  retained?: RetainedDto;

  @OneOf(Object.keys(SAMPLE_HOW), { optional: true, description: 'How it came. 抽样或送检', example: 'drawn', meanings: SAMPLE_HOW })
  how?: keyof typeof SAMPLE_HOW;

  @One(() => DrawnDto, { optional: true, description: 'Of a sample that was drawn: from which packages. 抽样情况' })
  drawn?: DrawnDto;

  @Text(60, { optional: true, description: 'Number on the sample; one is made where none is given. 样品编号', example: 'YP-0825' })
  sampleNumber?: string;
}

/** A sample drawn becomes an ObjectEvent with bizStep sampling; what was taken leaves the batch for good. */
export const sampleForm: Form<SampleForm> = {
  name: 'sample',
  body: SampleForm,
  async compose(work, body) {
    const portions = await findPortions(work, body.lines, '/lines');
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.available), body, 'overdrawn');
    const laboratory = body.laboratory && (await findParty(work, body.laboratory, '/laboratory'));
    const replaced = work.replaced?.entry.body['daodi:sample'] as { number: string } | undefined;
    const number = body.sampleNumber ?? replaced?.number ?? `S-${batchCode(work.means.random(10))}`;
    if (body.retained !== undefined && body.kind !== 'retained') work.fault('/retained', 'not-retained', '只有留样才有存放期限', 'only a retained sample is kept');
    const drawn = await drawnOf(work, body);
    const eventID = work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: 'sampling',
      quantityList: portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
      ...(await atSite(work, body.site)),
      ...(laboratory && fromTo(organisationUrn(work.caller.organisationCode), laboratory.uri)),
      'daodi:sample': { number, kind: body.kind ?? 'test', ...drawn },
      ...accepted,
    });
    if (body.retained !== undefined) await retain(work, portions, number, body.retained, eventID);
  },
};

async function drawnOf(work: Work, { how, drawn }: SampleForm): Promise<object> {
  if (drawn === undefined) return how === undefined ? {} : { how };
  if (how === 'submitted') work.fault('/drawn', 'not-drawn', '送检的样品没有抽样情况', 'a sample that was brought along was not drawn');
  if (drawn.from > drawn.packages) work.fault('/drawn/from', 'more-than-packages', '抽取包件数不能多于总包件数', 'a sample is drawn from no more packages than there are');
  await checkPerson(work, drawn.witness, '/drawn/witness');
  return withoutAbsent({ how: 'drawn', packages: { of: drawn.packages, from: drawn.from }, seals: drawn.seals, witness: drawn.witness?.toLowerCase() });
}

/** Samples. */
@ApiTags('stages')
@Controller('api/v1/samples')
export class SampleController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: SAMPLING_ROLES,
    leaves: ['record:retained-sample*', 'event:ObjectEvent'],
    zh: '登记取样',
    en: 'Record a sample drawn',
    body: SampleForm,
    conflict: 'overdrawn',
    example: {
      eventTime: '2026-09-05T09:00:00+08:00', lines: [{ batch: '7K2QZ0ABCD4', quantity: '0.5', unit: 'kg' }], laboratory: { organisation: 'JIN-LAB' },
      how: 'drawn', drawn: { packages: 120, from: 6, seals: ['FQ-000127'] },
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: SampleForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, sampleForm, body);
  }
}
