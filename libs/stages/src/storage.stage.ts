import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, findSite, Id } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { BatchLineDto, FormBody } from './form/form-body';
import { FormRoute, WORK_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { findGoods, GoodsContainers, goodsLists, GoodsLines, GoodsSerials } from './form/goods';
import { atSite } from './form/places';
import { refuseUndecided } from './stock/undecided';

/** 入库与移库. */
export class StorageForm extends FormBody {
  @Id({ description: 'Where it lies now: one of your sites. 库房' })
  declare site: string;

  @GoodsLines()
  lines?: BatchLineDto[];

  @GoodsContainers()
  containers?: string[];

  @GoodsSerials()
  serials?: string[];
}

/** Putting goods somewhere becomes an ObjectEvent with bizStep storing; it moves them between one's own sites. */
export const storageForm: Form<StorageForm> = {
  name: 'storage',
  body: StorageForm,
  async compose(work, body) {
    const goods = await findGoods(work, body);
    const to = await findSite(work.tx, body.site);
    if (to !== undefined) await refuseUndecided(work, goods.portions, to);
    work.event('ObjectEvent', {
      action: 'OBSERVE', bizStep: 'storing', disposition: 'in_progress', ...goodsLists(goods), ...(await atSite(work, body.site)),
    });
  },
};

/** Storage. */
@ApiTags('stages')
@Controller('api/v1/storage')
export class StorageController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记入库、移库',
    en: 'Record where goods were put',
    body: StorageForm,
    example: { eventTime: '2026-08-25T18:00:00+08:00', site: '2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', lines: [{ batch: '7K2QZ0ABCD4', quantity: '268', unit: 'kg' }] },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: StorageForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, storageForm, body);
  }
}
