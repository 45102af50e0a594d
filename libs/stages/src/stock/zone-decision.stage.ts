import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problem } from '@daodi/platform';
import { type ActAnswer, type Caller, CurrentCaller, Id, type Page, PageQuery, Permit, record, Text, uuidOf } from '@daodi/registry';
import type { Entry } from '@daodi/log';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Lines } from '../form/fields';
import { BatchLineDto, OutwardFormBody } from '../form/form-body';
import { FormRoute } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { findPortions } from '../form/things';
import { quantityElement } from '../form/units';
import { StockRecords } from './stock-records.service';
import { movedBetween, ownPlace } from './transfer.stage';

/** 待验 → 合格 / 不合格, by package or kilogram. */
export class ZoneDecisionForm extends OutwardFormBody {
  @Id({ description: 'The zone the goods lie in. 移出库区', example: '2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d' })
  from: string;

  @Id({ description: 'The zone they go to; its kind is the decision: qualified or rejected. 移入库区（合格区或不合格区）', example: '6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d' })
  to: string;

  @Lines(() => BatchLineDto, { description: 'How much of which batch is decided on. 批次与数量' })
  lines: BatchLineDto[];

  @Text(500, { description: 'What the decision rests on: number of the report or release, or what was seen. 依据', example: '检验报告 YD-2026-0511 符合规定' })
  basis: string;
}

const DECISIONS: Readonly<Record<string, { readonly decision: string; readonly disposition: string }>> = {
  qualified: { decision: 'qualified', disposition: 'conformant' },
  rejected: { decision: 'rejected', disposition: 'non_conformant' },
};

/**
 * A decision becomes a `zone-decision` record, signed by the head of quality, and the ObjectEvent with bizStep storing
 * that moves what was decided on. What is left stays where it is, undecided.
 */
export const zoneDecisionForm: Form<ZoneDecisionForm> = {
  name: 'zone-decision',
  body: ZoneDecisionForm,
  async compose(work, body) {
    refuseOthers(work.caller);
    const portions = await findPortions(work, body.lines, '/lines');
    const [from, to] = [await ownPlace(work, body.from, '/from'), await ownPlace(work, body.to, '/to')];
    const decided = DECISIONS[to?.zone ?? ''];
    if (to !== undefined && decided === undefined) work.fault('/to', 'no-decision', '应移入合格区或不合格区', 'it goes to a zone for what is qualified, or for what is rejected');
    if (from === undefined || to === undefined || decided === undefined) return;
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.availableAt.get(from.identifier) ?? 0n), body, 'overdrawn');
    const quantityList = portions.map(({ thing, measured }) => quantityElement(thing.uri, measured));
    const earlier = work.replaced && (await decisionIn(work.tx, work.caller, work.replaced.entry.body));
    const id = earlier?.id ?? randomUUID();
    const { decision, disposition } = decided;
    work.records.push(record('zone-decision', id, earlier === undefined ? 'created' : 'changed', {
      ...(earlier && { old: earlier.state }),
      new: { decision, from: from.identifier, to: to.identifier, lines: quantityList, basis: body.basis, status: 'active' },
    }));
    work.event('ObjectEvent', {
      action: 'OBSERVE', bizStep: 'storing', disposition, quantityList, ...movedBetween(from.identifier, to.identifier),
      'daodi:decision': { id, decision, basis: body.basis }, ...accepted,
    });
  },
  async declared(tx, caller, { body }) {
    refuseOthers(caller);
    const known = await decisionIn(tx, caller, body);
    return known === undefined ? [] : [record('zone-decision', known.id, 'ended', { old: known.state, new: { ...known.state, status: 'withdrawn' } })];
  },
};

/** The caller's record of the decision an event names; nothing where it names none of theirs, as an event of another system may. */
async function decisionIn(tx: Pick<EntityManager, 'query'>, { organisationId }: Caller, body: Entry['body']): Promise<{ readonly id: string; readonly state: Readonly<Record<string, unknown>> } | undefined> {
  const named = (body['daodi:decision'] as { id?: unknown } | null | undefined)?.id;
  const id = typeof named === 'string' ? uuidOf(named) : undefined;
  if (id === undefined) return undefined;
  const [known] = await tx.query(`SELECT id, state FROM stock_record WHERE id = $1 AND organisation_id = $2 AND type = 'zone-decision'`, [id, organisationId]);
  return known;
}

/**
 * A correction takes a decision's place, so it is a decision: whoever may correct other events may not correct this one.
 *
 * @throws Problem 403 unless the caller is a head of quality who signed in
 */
function refuseOthers({ personId, roles }: Caller): void {
  if (personId === undefined) throw new Problem(403, 'person-needed', PERSON_NEEDED);
  if (!roles.includes('quality-head')) throw new Problem(403, 'not-permitted', NOT_PERMITTED);
}

const NOT_PERMITTED = { zh: '质量决定只能由质量负责人作出、更正或撤销', en: 'Only a head of quality decides on quality, or corrects and withdraws such a decision' };
const PERSON_NEEDED = { zh: '质量决定须由本人登录后作出，API 密钥不能签字', en: 'Only a person who signed in can decide on quality; an API key cannot' };

/** Decisions on what lies in zones. */
@ApiTags('stock')
@Controller('api/v1/zone-decisions')
export class ZoneDecisionController {
  constructor(
    private readonly forms: Forms,
    private readonly records: StockRecords,
  ) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '待验判定记录 / Decisions on what lies in zones, oldest first; withdrawn ones say so' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<Readonly<Record<string, unknown>>>> {
    return this.records.list(caller, 'zone-decision', page);
  }

  @FormRoute({
    roles: ['quality-head'],
    leaves: ['record:zone-decision', 'event:ObjectEvent'],
    zh: '待验判定：合格、不合格',
    en: 'Decide that goods are qualified or rejected, and move them to their zone',
    body: ZoneDecisionForm,
    conflict: 'overdrawn',
    example: {
      eventTime: '2026-09-04T10:00:00+08:00', from: '2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', to: '6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d',
      lines: [{ batch: '7K2QZ0ABCD4', quantity: '120', unit: 'kg' }], basis: '检验报告 YD-2026-0511 符合规定',
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ZoneDecisionForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, zoneDecisionForm, body);
  }
}
