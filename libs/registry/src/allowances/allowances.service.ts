import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import type { Allowance } from '@daodi/herbal';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { findHerb } from '../herbs/herbs.service';
import type { Caller } from '../sign-in/caller';
import { OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import type { AddAllowanceDto, ChangeAllowanceDto } from './allowance.dto';

export const ALLOWANCES: ThingKind = { record: 'allowance', table: 'allowance', path: '/api/v1/allowances' };

/** What an organisation allows goods to lose or gain between two weighings. None is shipped: no public figure for herbs was found. */
@Injectable()
export class AllowancesService {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, dto: AddAllowanceDto): Promise<ActAnswer> {
    return this.things.create(caller, request, ALLOWANCES, (tx) => checked(tx, { ...dto, verified: false, status: 'active' }));
  }

  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeAllowanceDto): Promise<ActAnswer> {
    return this.things.change(caller, request, ALLOWANCES, id, dto.why, (tx, old) => checked(tx, patched(old, dto)));
  }
}

async function checked(tx: EntityManager, state: State): Promise<State> {
  const faults: Fault[] = [];
  const percent = decimalText(state['percent'] as string | number);
  if (!/^\d{1,2}(\.\d{1,8})?$/.test(percent)) faults.push({ pointer: '/percent', rule: 'percent', detail: { zh: '应小于 100，至多八位小数', en: 'it must be below 100, with at most eight decimals' } });
  const herb = state['herb'] as string | undefined;
  if (herb !== undefined && (await findHerb(tx, herb)) === undefined) faults.push({ pointer: '/herb', rule: 'unknown-herb', detail: { zh: '药材目录中没有此品种', en: 'The catalogue has no such herb' } });
  if (faults.length > 0) throw invalid(faults);
  return { ...state, percent };
}

/** The allowances an organisation has set and not ended. */
export async function findAllowances(db: Pick<EntityManager, 'query'>, organisationId: string): Promise<Allowance[]> {
  const rows: { id: string; state: Omit<Allowance, 'id'> }[] = await db.query(
    `SELECT id, state FROM allowance WHERE organisation_id = $1 AND status = 'active' ORDER BY since_position`,
    [organisationId],
  );
  return rows.map(({ id, state: { step, direction, percent, herb, months } }) => ({ id, step, direction, percent, herb, months }));
}
