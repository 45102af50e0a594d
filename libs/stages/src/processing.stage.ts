import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PROCESSING_STEP_MEANINGS, PROCESSING_STEPS } from '@daodi/herbal';
import { type ActAnswer, type Caller, CurrentCaller, Id, OneOf, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, Reference, Word } from './form/fields';
import { AuxiliaryDto, LossDto, OutwardFormBody } from './form/form-body';
import { FormRoute, WORK_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { AcceptUndecided } from './form/goods';
import { issue } from './form/issue';
import { identityOf, materialOf, OUTPUT_ROLE_MEANINGS, OUTPUT_ROLES, type OutputRole } from './form/material';
import { acceptShortfalls, shortfalls } from './form/overdraw';
import { atSite, checkHerb, findProduct } from './form/places';
import { sopOf } from './form/sop';
import { findPortions } from './form/things';
import { type Output, readAuxiliaries, readLosses, transformationOf } from './form/transformation';
import { weighedPortions, weighingMembers } from './form/weighing';
import { WeighedBatchLineDto, WeighedQuantityDto } from './form/weighing-dto';
import type { Work } from './form/work';
import { acceptUndecided } from './stock/undecided';

/** One thing that came out. */
export class OutputDto extends WeighedQuantityDto {
  @OneOf(OUTPUT_ROLES, { optional: true, description: 'product unless said otherwise. 产出类别', meanings: OUTPUT_ROLE_MEANINGS })
  role?: OutputRole;

  @Word(40, { optional: true, description: 'fresh, dried, slices, powder, extract, … 形态', example: 'dried' })
  form?: string;

  @Word(60, { optional: true, description: 'Only where it is not what went in. 品种', example: 'lianqiao' })
  herb?: string;

  @Word(60, { optional: true, description: 'Grade as traded. 规格等级', example: '青翘' })
  grade?: string;

  @Text(100, { optional: true, description: 'Your own lot number, as printed. 批号', example: 'D-2026-08-01' })
  lotNumber?: string;

  @Id({ optional: true, description: 'Product of yours. 产品' })
  product?: string;

  @Text(100, { optional: true, description: 'Name of what several herbs became. 处方或混合物名称', example: '双黄连混合料' })
  formula?: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;
}

/** 加工: the one form for everything that turns batches into others. */
export class ProcessingForm extends OutwardFormBody {
  @OneOf(PROCESSING_STEPS, { description: 'What is done. 工序', example: 'drying', meanings: PROCESSING_STEP_MEANINGS })
  step: string;

  @Text(200, { optional: true, description: 'How, e.g. 蜜炙, 60 °C hot air. 方法', example: '60 °C 热风' })
  method?: string;

  @Lines(() => WeighedBatchLineDto, { description: 'What went in. 投入' })
  inputs: WeighedBatchLineDto[];

  @Lines(() => OutputDto, { description: 'What came out, waste included. 产出' })
  outputs: OutputDto[];

  @Lines(() => LossDto, { optional: true, min: 0, description: 'Mass that went, by cause. 损耗' })
  losses?: LossDto[];

  @Lines(() => AuxiliaryDto, { optional: true, min: 0, description: 'What was added and is no batch: honey, vinegar, water. 辅料' })
  auxiliaries?: AuxiliaryDto[];

  @Id({ optional: true, description: 'Version of the SOP it followed. 所依规程版本' })
  sop?: string;

  @AcceptUndecided()
  acceptUndecided?: boolean;
}

/** Processing becomes one `batch` record for each output and one TransformationEvent. */
export const processingForm: Form<ProcessingForm> = {
  name: 'processing',
  body: ProcessingForm,
  async compose(work, body) {
    const inputs = await findPortions(work, body.inputs, '/inputs');
    const accepted = acceptShortfalls(work, shortfalls(inputs, ({ book }) => book.available), body, 'overdrawn');
    const undecided = await acceptUndecided(work, inputs, body.site, body);
    const material = materialOf(inputs);
    const outputs: Output[] = [];
    for (const [i, output] of body.outputs.entries()) outputs.push(await makeOutput(work, material, output, `/outputs/${i}`));
    const losses = readLosses(work, body.losses);
    const auxiliaries = readAuxiliaries(work, body.auxiliaries);
    const weighing = await weighingMembers(work, [
      ...weighedPortions(body.inputs, inputs, '/inputs', 'input'),
      ...body.outputs.map((typed, i) => ({ typed, measured: outputs[i]?.measured, uri: outputs[i]?.uri ?? '', pointer: `/outputs/${i}`, of: 'output' as const })),
    ]);
    work.event('TransformationEvent', {
      ...transformationOf({ step: body.step, inputs, outputs, losses, auxiliaries }),
      ...(await atSite(work, body.site)),
      'daodi:sop': await sopOf(work, body.sop),
      ...weighing,
      ...accepted,
      ...undecided,
    });
  },
};

async function makeOutput(work: Work, material: ReturnType<typeof materialOf>, output: OutputDto, pointer: string): Promise<Output> {
  const { role = 'product', form, lotNumber } = output;
  await checkHerb(work, output.herb, `${pointer}/herb`);
  const product = await findProduct(work, output.product, `${pointer}/product`);
  const identity = identityOf(work, material, { ...output, productId: product?.id }, role, pointer);
  const measured = work.measured(output, pointer);
  const { uri } = await issue(work, { kind: 'batch', code: output.code, pointer: `${pointer}/code`, facts: { ...identity, role, form, lotNumber } });
  return { uri, role, form, herb: identity['herb'] as string | undefined, measured };
}

/** Processing. */
@ApiTags('stages')
@Controller('api/v1/processing')
export class ProcessingController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['record:batch+', 'event:TransformationEvent'],
    zh: '登记加工',
    en: 'Record processing: anything that turns batches into others',
    body: ProcessingForm,
    conflict: 'overdrawn, undecided',
    example: {
      eventTime: '2026-08-24T17:00:00+08:00', step: 'drying', inputs: [{ batch: '7K2QZ0ABCD4', quantity: '812.5', unit: 'kg' }],
      outputs: [{ role: 'product', quantity: '268', unit: 'kg', form: 'dried', lotNumber: 'D-2026-08-01' }, { role: 'waste', quantity: '4.5', unit: 'kg' }],
      losses: [{ cause: 'drying', quantity: '540', unit: 'kg' }],
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ProcessingForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, processingForm, body);
  }
}
