import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, Whole } from '../form/fields';
import { LossDto, OutwardFormBody, QuantityDto } from '../form/form-body';
import { FormRoute, WORK_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { AcceptUndecided } from '../form/goods';
import { issue } from '../form/issue';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { atSite } from '../form/places';
import { type Loss, readLosses, transformationOf } from '../form/transformation';
import { type Measured, quantityOf } from '../form/units';
import type { Work } from '../form/work';
import { SourceBatch, totalOf, withMissing } from './source-batch';
import { acceptUndecided } from '../stock/undecided';

/** Packages of one weight. */
export class PackagesDto extends QuantityDto {
  @Whole(1, 1_000_000, { description: 'How many packages hold this much each. 件数', example: 24 })
  count: number;
}

/** 换包装. */
export class RepackingForm extends OutwardFormBody {
  @Reference({ description: 'The batch that is wrapped anew: our code, or its URI. 换包装的批次', example: '7K2QZ0ABCD4' })
  batch: string;

  @One(() => PackagesDto, { description: 'The new packages, and what each holds. 新包装：件数与每件重量' })
  packages: PackagesDto;

  @One(() => QuantityDto, { optional: true, description: 'What the odd package holds. 零头重量' })
  odd?: QuantityDto;

  @One(() => QuantityDto, { optional: true, description: 'Old sacks that stood in the book as goods: their weight is a loss. 旧包装皮重' })
  oldWrapping?: QuantityDto;

  @One(() => QuantityDto, {
    optional: true,
    description: 'How much was unpacked; all that came out and was lost unless said otherwise. What is missing then is a loss by repacking. 拆包数量',
  })
  used?: QuantityDto;

  @Lines(() => LossDto, { optional: true, min: 0, description: 'What was spilt or lost, by cause. 损耗' })
  losses?: LossDto[];

  @Text(100, { optional: true, description: 'Your own lot number, as printed on the new packages. 批号', example: 'H-2026-11-01' })
  lotNumber?: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码', example: '7K2QZ0ABCD4' })
  code?: string;

  @AcceptUndecided()
  acceptUndecided?: boolean;
}

/**
 * Repacking of bulk becomes one `batch` record and one TransformationEvent with bizStep `repackaging`: the material
 * stays what it is, and the new code leads back to the old one. Bulk into packs for sale is packing.
 */
export const repackingForm: Form<RepackingForm> = {
  name: 'repacking',
  body: RepackingForm,
  async compose(work, body) {
    const source = await SourceBatch.find(work, body.batch);
    const each = inMass(work, source, body.packages, '/packages');
    const odd = inMass(work, source, body.odd, '/odd');
    const packed = each && { ...each, amount: each.amount * BigInt(body.packages.count) + (odd?.amount ?? 0n) };
    const named = lossesOf(work, source, body);
    const outOf = totalOf(work, [packed, ...named.map(({ measured }) => measured)], '/packages');
    const used = body.used === undefined ? outOf : inMass(work, source, body.used, '/used');
    const losses = used === undefined || outOf === undefined ? named : withMissing(named, used, outOf, 'repacking');
    const portions = source.portion(used);
    const packages = each && [{ count: body.packages.count, ...quantityOf(each) }, ...(odd === undefined ? [] : [{ count: 1, ...quantityOf(odd) }])];
    const { uri } = await issue(work, {
      kind: source.kind, code: body.code, pointer: '/code', facts: { ...source.carried, role: source.role, lotNumber: body.lotNumber, packages },
    });
    const site = await atSite(work, body.site);
    // Last: a warning is given only where nothing else is wrong.
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.available), body, 'overdrawn');
    const undecided = await acceptUndecided(work, portions, body.site, body);
    work.event('TransformationEvent', {
      ...transformationOf({ step: 'repacking', inputs: portions, outputs: [{ uri, role: source.role, form: source.form, herb: source.herb, measured: packed }], losses }),
      bizStep: 'repackaging',
      ...site,
      'daodi:packages': packages && [{ epcClass: uri, packages }],
      ...accepted,
      ...undecided,
    });
  },
};

/** A mass of the batch; packs for sale are not wrapped anew by weight. */
function inMass(work: Work, source: SourceBatch, typed: QuantityDto | undefined, pointer: string): Measured | undefined {
  const measured = typed && source.measured(typed, pointer);
  if (measured?.unit === 'pcs') work.fault(`${pointer}/unit`, 'unit-dimension', '换包装按重量记录；零售小包装请用包装表单', 'repacking is recorded by mass; packs for sale are made by packing');
  return measured?.unit === 'mg' ? measured : undefined;
}

function lossesOf(work: Work, source: SourceBatch, { losses, oldWrapping }: RepackingForm): readonly Loss[] {
  const wrapping = inMass(work, source, oldWrapping, '/oldWrapping');
  return [...(wrapping === undefined ? [] : [{ cause: 'old-wrapping', measured: wrapping }]), ...(readLosses(work, losses) ?? [])];
}

/** Repacking. */
@ApiTags('stages')
@Controller('api/v1/repackings')
export class RepackingController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['record:batch', 'event:TransformationEvent'],
    zh: '登记换包装：几件、每件多重、零头',
    en: 'Record repacking: so many packages of so much, and the odd one',
    body: RepackingForm,
    conflict: 'overdrawn, undecided',
    example: {
      eventTime: '2026-11-02T10:20:00+08:00', batch: '7K2QZ0ABCD4', packages: { count: 24, quantity: '25', unit: 'kg' }, odd: { quantity: '11.4', unit: 'kg' },
      oldWrapping: { quantity: '3.2', unit: 'kg' },
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: RepackingForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, repackingForm, body);
  }
}
