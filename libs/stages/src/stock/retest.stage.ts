import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Day, Permit, record, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Flag, Reference } from '../form/fields';
import { FormBody } from '../form/form-body';
import { FormRoute } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { findThings } from '../form/things';
import { withoutAbsent } from '../form/work';
import { DueQuery } from './due.dto';
import { StockRecords } from './stock-records.service';

/** 复验期. */
export class RetestForm extends FormBody {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;

  @Day({ description: 'Until when it is to be tested again. 复验日期', example: '2027-03-01' })
  due: string;

  @Text(300, { optional: true, description: 'Where the date comes from, or which report the last retest gave. 依据', example: '企业复验期 18 个月' })
  basis?: string;

  @Flag({ optional: true, description: 'True where no further retest is wanted, such as of a batch that is used up. 是否不再复验', example: false })
  done?: boolean;
}

/** A retest date is a record, one for each batch of an organisation; a later one takes its place. */
export const retestForm: Form<RetestForm> = {
  name: 'retest',
  body: RetestForm,
  async compose(work, { batch, due, basis, done }) {
    const thing = (await findThings(work, [{ text: batch, pointer: '/batch' }])).get(batch);
    if (thing === undefined) return;
    const [known] = await work.tx.query(`SELECT id, state FROM stock_record WHERE organisation_id = $1 AND type = 'retest' AND uri = $2`, [work.caller.organisationId, thing.uri]);
    const now = withoutAbsent({ batch: thing.uri, due, basis, status: done === true ? 'done' : 'due' });
    work.records.push(known === undefined ? record('retest', randomUUID(), 'created', { new: now }) : record('retest', known.id, 'changed', { old: known.state, new: now }));
  },
};

/** Retest dates. */
@ApiTags('stock')
@Controller('api/v1/retests')
export class RetestController {
  constructor(
    private readonly forms: Forms,
    private readonly records: StockRecords,
  ) {}

  @FormRoute({
    roles: ['owner', 'manager', 'warehouse', 'quality-head', 'machine'],
    leaves: ['record:retest'],
    zh: '设定复验日期',
    en: 'Set when a batch is to be tested again',
    body: RetestForm,
    example: { eventTime: '2026-09-12T09:00:00+08:00', batch: '7K2QZ0ABCD4', due: '2027-03-01', basis: '企业复验期 18 个月' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: RetestForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, retestForm, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '复验提醒 / Retest dates; within=30 for what is due within thirty days' })
  @ApiOkResponse({ schema: { example: { items: [{ id: '7b0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', batch: 'https://trace.example.cn/b/7K2QZ0ABCD4', due: '2027-03-01', basis: '企业复验期 18 个月', status: 'due', overdue: false }] } } })
  list(@CurrentCaller() caller: Caller, @Query() query: DueQuery): Promise<object> {
    return this.records.list(caller, 'retest', query);
  }
}
