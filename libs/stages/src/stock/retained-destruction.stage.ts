import { Body, Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { notFound, Problem } from '@daodi/platform';
import { type ActAnswer, type Caller, CurrentCaller, Id, OneOf, Permit, record, Text, uuidOf } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { FormBody } from '../form/form-body';
import { FormRoute } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { checkPerson } from '../form/places';
import { DESTRUCTION_METHODS } from './destruction-details';
import { DueQuery } from './due.dto';
import { StockRecords } from './stock-records.service';

/** 留样销毁. */
export class RetainedDestructionForm extends FormBody {
  @Id({ description: 'Who destroyed it: id of a person of your organisation. 销毁人' })
  destroyedBy: string;

  @Id({ description: 'Who watched: id of another person of your organisation. 监督人' })
  watchedBy: string;

  @OneOf(Object.keys(DESTRUCTION_METHODS), { description: 'How it was destroyed. 销毁方式', meanings: DESTRUCTION_METHODS, example: 'burning' })
  method: string;

  @Text(300, { description: 'Why it was destroyed. 销毁原因', example: '留样到期' })
  reason: string;
}

/** The destruction of a retained sample is a record: its mass left the batch when the sample was drawn. */
export const retainedDestructionForm = (id: string): Form<RetainedDestructionForm> => ({
  name: 'retained-destruction',
  body: RetainedDestructionForm,
  async compose(work, { eventTime, destroyedBy, watchedBy, method, reason }) {
    const [known] = await work.tx.query(
      `SELECT state, status FROM stock_record s WHERE id = $1 AND organisation_id = $2 AND type = 'retained-sample'
          AND NOT EXISTS (SELECT FROM declared d WHERE d.org = s.organisation_id AND d.event_id = s.event_id)`,
      [uuidOf(id) ?? null, work.caller.organisationId],
    );
    if (known === undefined) throw notFound();
    await checkPerson(work, destroyedBy, '/destroyedBy');
    await checkPerson(work, watchedBy, '/watchedBy');
    if (destroyedBy.toLowerCase() === watchedBy.toLowerCase()) work.fault('/watchedBy', 'same-person', '监督人须为另一人', 'who watches is somebody else');
    work.refuseFaults();
    if (known.status === 'destroyed') throw new Problem(409, 'already-destroyed', { zh: '该留样已销毁', en: 'This retained sample has been destroyed already' });
    const destroyed = { at: eventTime, destroyedBy: destroyedBy.toLowerCase(), watchedBy: watchedBy.toLowerCase(), method, reason };
    work.records.push(record('retained-sample', id.toLowerCase(), 'changed', { old: known.state, new: { ...known.state, status: 'destroyed', destroyed } }));
  },
});

/** Retained samples. */
@ApiTags('stock')
@Controller('api/v1/retained-samples')
export class RetainedSampleController {
  constructor(
    private readonly forms: Forms,
    private readonly records: StockRecords,
  ) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '留样 / Retained samples, with their due dates' })
  @ApiOkResponse({ schema: { example: { items: [{ id: '7b0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', batch: 'https://trace.example.cn/b/7K2QZ0ABCD4', number: 'S-7K2QZ0ABCD4', quantity: 0.2, uom: 'KGM', place: '留样柜 2 层', due: '2029-09-05', overdue: false, status: 'kept' }] } } })
  list(@CurrentCaller() caller: Caller, @Query() query: DueQuery): Promise<object> {
    return this.records.list(caller, 'retained-sample', query);
  }

  @FormRoute({
    path: ':id/destruction',
    roles: ['owner', 'manager', 'quality-head', 'machine'],
    leaves: ['record:retained-sample'],
    zh: '登记留样销毁',
    en: 'Record that a retained sample was destroyed, by whom and before whose eyes',
    body: RetainedDestructionForm,
    example: { eventTime: '2026-09-12T09:00:00+08:00', destroyedBy: '5d0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', watchedBy: '6e0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', method: 'burning', reason: '留样到期' },
  })
  destroy(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: RetainedDestructionForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, retainedDestructionForm(id), body);
  }
}
