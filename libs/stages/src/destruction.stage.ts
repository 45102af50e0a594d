import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Id, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Flag, Lines } from './form/fields';
import { BatchLineDto, FormBody } from './form/form-body';
import { ANSWERABLE_ROLES, FormRoute } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { acceptShortfalls, shortfalls } from './form/overdraw';
import { atSite, checkPerson } from './form/places';
import { findPortions } from './form/things';
import { quantityElement } from './form/units';
import { CertificateOfDestruction, destructionDetails, ExecutorOfDestruction, MethodOfDestruction, PlaceOfDestruction, ResidueDto } from './stock/destruction-details';

/** 销毁. */
export class DestructionForm extends FormBody {
  @Lines(() => BatchLineDto, { description: 'How much of which batch. 批次与数量' })
  lines: BatchLineDto[];

  @Id({ description: 'Who saw it: id of a person of your organisation. 监督人' })
  witness: string;

  @Text(500, { description: 'Why it is destroyed. 销毁原因', example: '霉变' })
  reason: string;

  @MethodOfDestruction()
  method?: string;

  @PlaceOfDestruction()
  place?: string;

  @CertificateOfDestruction()
  certificate?: string;

  @ExecutorOfDestruction()
  executor?: string;

  @Lines(() => ResidueDto, { optional: true, min: 0, description: 'What is left of it, and where that went. 残余物与去向' })
  residues?: ResidueDto[];

  @Flag({ optional: true, description: 'Take it although the book holds less. 确认超出库存' })
  acceptOverdrawn?: boolean;
}

/** A destruction becomes an ObjectEvent with bizStep destroying; what was rejected goes first. */
export const destructionForm: Form<DestructionForm> = {
  name: 'destruction',
  body: DestructionForm,
  async compose(work, body) {
    const portions = await findPortions(work, body.lines, '/lines');
    await checkPerson(work, body.witness, '/witness');
    await checkPerson(work, body.executor, '/executor');
    if (body.executor?.toLowerCase() === body.witness.toLowerCase()) work.fault('/executor', 'same-person', '销毁人与监督人须为两人', 'who destroys is not who watches');
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.available + book.rejected), body, 'overdrawn');
    work.event('ObjectEvent', {
      action: 'DELETE',
      bizStep: 'destroying',
      disposition: 'destroyed',
      quantityList: portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
      ...(await atSite(work, body.site)),
      ...accepted,
      'daodi:witness': body.witness.toLowerCase(),
      'daodi:destruction': destructionDetails(work, body),
      'daodi:reason': body.reason,
    });
  },
};

/** Destructions. */
@ApiTags('stages')
@Controller('api/v1/destructions')
export class DestructionController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: ANSWERABLE_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记销毁',
    en: 'Record a destruction',
    body: DestructionForm,
    conflict: 'overdrawn',
    example: { eventTime: '2026-09-10T16:00:00+08:00', lines: [{ batch: '7K2QZ0ABCD4', quantity: '2', unit: 'kg' }], witness: '5d0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', reason: '霉变' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: DestructionForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, destructionForm, body);
  }
}
