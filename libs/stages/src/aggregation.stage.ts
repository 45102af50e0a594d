import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { companyPrefixMatches, gs1KeyOf } from '@daodi/gs1';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, prefixOwners } from '@daodi/registry';
import { currentCanonicaliser, ownCodeOf, ownSerialOf, readBatchCode } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { Reference } from './form/fields';
import { BatchLineDto, FormBody } from './form/form-body';
import { FormRoute, WORK_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { findGoods, GoodsContainers, GoodsLines, GoodsSerials } from './form/goods';
import { issue } from './form/issue';
import { atSite } from './form/places';
import { findThings } from './form/things';
import { quantityElement } from './form/units';
import type { Work } from './form/work';

/** 装箱与拆箱. */
export class AggregationForm extends FormBody {
  @OneOf(['pack', 'unpack'], { description: 'Put in or take out. 装箱或拆箱', meanings: { pack: '装箱 put in', unpack: '拆箱 take out' } })
  action: 'pack' | 'unpack';

  @Reference({ optional: true, description: 'The container: our code, its SSCC or any URI. Without it, packing gives a new one a code. 箱码' })
  container?: string;

  @GoodsLines()
  lines?: BatchLineDto[];

  @GoodsContainers()
  containers?: string[];

  @GoodsSerials()
  serials?: string[];
}

/**
 * Packing things into a container, or taking them out, becomes an AggregationEvent; it moves nothing by itself. A
 * container without a name of its own gets a code of ours, by a `batch` record of kind container.
 */
export const aggregationForm: Form<AggregationForm> = {
  name: 'aggregation',
  body: AggregationForm,
  async compose(work, body) {
    const isPacked = body.action === 'pack';
    const isEmptied = !isPacked && (body.lines ?? body.containers ?? body.serials) === undefined;
    const goods = isEmptied ? undefined : await findGoods(work, body);
    const parentID = await containerOf(work, body);
    const epcs = [...(goods?.containers ?? []), ...(goods?.serials ?? [])].map(({ uri }) => uri);
    if (parentID !== undefined && epcs.includes(parentID)) work.fault('/containers', 'inside-itself', '容器不能装入自身', 'a container cannot be inside itself');
    work.event('AggregationEvent', {
      action: isPacked ? 'ADD' : 'DELETE',
      bizStep: isPacked ? 'packing' : 'unpacking',
      disposition: 'in_progress',
      ...(await atSite(work, body.site)),
      parentID,
      childEPCs: epcs.length === 0 ? undefined : epcs,
      childQuantityList: goods && goods.portions.length > 0 ? goods.portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)) : undefined,
    });
  },
};

/** The container's URI: a new code, a reserved one, one in the caller's hands, or a key of the caller's. */
async function containerOf(work: Work, { action, container }: AggregationForm): Promise<string | undefined> {
  const made = { kind: 'container', facts: {}, pointer: '/container' } as const;
  if (container === undefined) {
    if (action === 'pack') return (await issue(work, made)).uri;
    work.fault('/container', 'no-container', '请填写箱码', 'say which container');
    return undefined;
  }
  const isNewKey = action === 'pack' && readBatchCode(container) === undefined && (await isFreeKey(work, container));
  const thing = (await findThings(work, [{ text: container, pointer: '/container' }], isNewKey)).get(container);
  if (thing?.facts?.attributes['state'] === 'reserved' && action === 'pack') return (await issue(work, { ...made, code: thing.facts.code })).uri;
  if (thing?.facts !== undefined && thing.facts.kind !== 'container') work.fault('/container', 'no-container', '这不是容器', 'this is no container');
  return thing?.uri;
}

/** A GS1 key under nobody else's prefix, or a URI that is nobody's: whoever uses it first names its own container. */
async function isFreeKey(work: Work, uri: string): Promise<boolean> {
  const canonical = (await currentCanonicaliser(work.tx))(uri);
  if (ownCodeOf(canonical) !== undefined || ownSerialOf(canonical) !== undefined) return false;
  if (gs1KeyOf(uri) === undefined) return true;
  const owner = (await prefixOwners(work.tx)).find(({ prefix }) => companyPrefixMatches(uri, prefix));
  return owner === undefined || owner.organisationId === work.caller.organisationId;
}

/** Aggregations. */
@ApiTags('stages')
@Controller('api/v1/aggregations')
export class AggregationController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['record:batch?', 'event:AggregationEvent'],
    zh: '登记装箱、拆箱',
    en: 'Record what goes into a container, or comes out of it',
    body: AggregationForm,
    example: { eventTime: '2026-09-20T15:00:00+08:00', action: 'pack', lines: [{ batch: '7K2QZ0ABCD4', quantity: 40, unit: '盒' }] },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AggregationForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, aggregationForm, body);
  }
}
