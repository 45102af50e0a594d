import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference } from '../form/fields';
import { BatchLineDto, LossDto, OutwardFormBody, QuantityDto } from '../form/form-body';
import { FormRoute, WORK_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { AcceptUndecided } from '../form/goods';
import { issue } from '../form/issue';
import { identityOf, materialOf } from '../form/material';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { atSite } from '../form/places';
import { findPortions, type Portion } from '../form/things';
import { type Loss, readLosses, transformationOf } from '../form/transformation';
import type { Measured } from '../form/units';
import type { Work } from '../form/work';
import { totalOf, withMissing } from './source-batch';
import { acceptUndecided } from '../stock/undecided';

/** 拼货. */
export class MixtureForm extends OutwardFormBody {
  @Lines(() => BatchLineDto, { description: 'What was mixed, and how much of each; at least two batches. 拼入的各批次与重量', min: 2 })
  inputs: BatchLineDto[];

  @Text(100, { optional: true, description: 'Name of the mixture; needed where it is not one herb. 混合物或处方名称', example: '清热统货' })
  formula?: string;

  @One(() => QuantityDto, { optional: true, description: 'What the mixture weighed; all that went in, less the losses, unless said otherwise. 拼后重量' })
  weighed?: QuantityDto;

  @Lines(() => LossDto, { optional: true, min: 0, description: 'What was spilt or lost in mixing, by cause. 损耗' })
  losses?: LossDto[];

  @Text(100, { optional: true, description: 'Your own lot number of the mixture, as printed. 批号', example: 'P-2026-11-01' })
  lotNumber?: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码', example: '7K2QZ0ABCD4' })
  code?: string;

  @AcceptUndecided()
  acceptUndecided?: boolean;
}

/**
 * A mixture becomes one `batch` record and one TransformationEvent. It is of a herb or a grade only where all of it is;
 * where it comes from, by which share and how well that is proven follow from the trace and are never typed.
 */
export const mixtureForm: Form<MixtureForm> = {
  name: 'mixture',
  body: MixtureForm,
  async compose(work, body) {
    const inputs = await findPortions(work, body.inputs, '/inputs');
    checkInputs(work, body, inputs);
    const facts = factsOf(work, body, inputs);
    const { measured, losses } = outcomeOf(work, body, inputs);
    const { uri } = await issue(work, { kind: 'batch', code: body.code, pointer: '/code', facts });
    const { herb, form } = facts as { herb?: string; form?: string };
    const site = await atSite(work, body.site);
    // Last: a warning is given only where nothing else is wrong.
    const accepted = acceptShortfalls(work, shortfalls(inputs, ({ book }) => book.available), body, 'overdrawn');
    const undecided = await acceptUndecided(work, inputs, body.site, body);
    work.event('TransformationEvent', {
      ...transformationOf({ step: 'blending', inputs, outputs: [{ uri, role: 'product', form, herb, measured }], losses }),
      ...site,
      ...accepted,
      ...undecided,
    });
  },
};

function checkInputs(work: Work, body: MixtureForm, inputs: readonly Portion[]): void {
  inputs.filter(({ measured }) => measured.unit === 'pcs').forEach(({ pointer }) => {
    work.fault(`${pointer}/unit`, 'unit-dimension', '拼货按重量记录', 'what is mixed is weighed');
  });
  const isComplete = inputs.length === body.inputs.length;
  if (isComplete && new Set(inputs.map(({ thing }) => thing.book.node)).size < 2) {
    work.fault('/inputs', 'one-batch', '拼货至少要两个不同的批次', 'a mixture is made of at least two different batches');
  }
}

/** What all of it is. A mixture with something of which no herb is known is no single herb either. */
function factsOf(work: Work, { formula, lotNumber }: MixtureForm, inputs: readonly Portion[]): Readonly<Record<string, unknown>> {
  const material = materialOf(inputs);
  if (material.hasUnknown && material.herbs.length < 2 && formula === undefined && inputs.length > 0) {
    work.fault('/formula', 'formula-needed', '有的批次品种不明：请写明混合物名称', 'of some of it no herb is known: name the mixture');
  }
  const forms = new Set(inputs.map(({ thing }) => thing.facts?.attributes['form']));
  return { ...identityOf(work, material, { formula }, 'product', '/formula'), role: 'product', form: forms.size === 1 ? [...forms][0] : undefined, lotNumber };
}

function outcomeOf(work: Work, body: MixtureForm, inputs: readonly Portion[]): { measured?: Measured; losses?: readonly Loss[] } {
  const losses = readLosses(work, body.losses);
  const into = totalOf(work, inputs.map(({ measured }) => measured), '/inputs');
  const lost = (losses ?? []).reduce((sum, { measured }) => sum + (measured?.unit === 'mg' ? measured.amount : 0n), 0n);
  const weighed = body.weighed && work.measured(body.weighed, '/weighed');
  if (weighed?.unit === 'pcs') work.fault('/weighed/unit', 'unit-dimension', '拼货按重量记录', 'what is mixed is weighed');
  if (into === undefined) return { losses };
  if (weighed !== undefined) return { measured: weighed, losses: withMissing(losses ?? [], into, { ...weighed, amount: weighed.amount + lost }, 'blending') };
  if (lost >= into.amount) work.fault('/losses', 'more-than-went-in', '损耗不少于投入', 'no less was lost than went in');
  return { measured: { ...into, amount: into.amount > lost ? into.amount - lost : 0n }, losses };
}

/** Mixtures. */
@ApiTags('stages')
@Controller('api/v1/mixtures')
export class MixtureController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['record:batch', 'event:TransformationEvent'],
    zh: '登记拼货：几批合成一批',
    en: 'Record a mixture: several batches into one with a code of its own',
    body: MixtureForm,
    conflict: 'overdrawn, undecided',
    example: {
      eventTime: '2026-11-02T08:40:00+08:00', lotNumber: 'P-2026-11-01',
      inputs: [{ batch: '7K2QZ0ABCD4', quantity: '60', unit: 'kg' }, { batch: '7K2QZ0ABCE2', quantity: '80', unit: '斤' }],
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: MixtureForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, mixtureForm, body);
  }
}
