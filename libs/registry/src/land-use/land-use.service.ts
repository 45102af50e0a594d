import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { findHerb } from '../herbs/herbs.service';
import { type Page, type PageQuery, readPage } from '../input/page';
import { LAND } from '../land/land.service';
import type { Caller } from '../sign-in/caller';
import { findOwn, OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import { dayInChina, standingOf } from './contract-standing';
import type { AddContractDto, AddDisasterDto, AddOpeningNoticeDto, AddRotationDto } from './land-use.dto';

const thing = (record: string, table: string, path: string): ThingKind => ({ record, table, path: `/api/v1/${path}` });

/** Contracts, rotation plans, disasters and opening notices, as records and tables. */
export const LAND_USE = {
  contract: thing('land-contract', 'land_contract', 'land-contracts'),
  rotation: thing('rotation-plan', 'rotation_plan', 'rotation-plans'),
  disaster: thing('disaster', 'disaster', 'disasters'),
  notice: thing('opening-notice', 'opening_notice', 'opening-notices'),
} as const;

export type LandUse = keyof typeof LAND_USE;

type Added = AddContractDto | AddRotationDto | AddDisasterDto | AddOpeningNoticeDto;

/** What is on record about how land is held, rested and struck, and from when a county lets a herb be picked. */
@Injectable()
export class LandUseService {
  constructor(
    private readonly things: OwnThings,
    private readonly dataSource: DataSource,
  ) {}

  add(caller: Caller, request: FastifyRequest, use: LandUse, dto: Added): Promise<ActAnswer> {
    return this.things.create(caller, request, LAND_USE[use], (tx) => checked(tx, caller, { ...dto, status: 'active' }));
  }

  change(caller: Caller, request: FastifyRequest, use: LandUse, id: string, dto: { readonly why?: string }): Promise<ActAnswer> {
    return this.things.change(caller, request, LAND_USE[use], id, dto.why, (tx, old) => checked(tx, caller, patched(old, dto)));
  }

  /** Contracts, each with how it stands today. */
  async contracts(caller: Caller, page: PageQuery): Promise<Page<State>> {
    const { items, next } = await this.things.list(caller, LAND_USE.contract, page);
    const today = dayInChina(new Date());
    return { items: items.map((state) => ({ ...state, ...standingOf(state as never, today) })), next };
  }

  /** Notices the organisation put down itself, and those of supervisors, whose word counts for everybody. */
  notices(caller: Caller, page: PageQuery): Promise<Page<State>> {
    return readPage<{ id: string; state: State; organisation_id: string; since_position: string }, State>(
      this.dataSource,
      `SELECT n.id, n.state, n.organisation_id, n.since_position FROM opening_notice n JOIN organisation o ON o.id = n.organisation_id
        WHERE n.organisation_id = $1 OR o.type = 'supervisor'`,
      [caller.organisationId],
      page,
      ({ id, state, organisation_id }) => ({ id, ...state, own: organisation_id === caller.organisationId }),
    );
  }
}

/** Whether what a record names is there and the caller's, and its days are in order. Areas are kept as exact text. */
async function checked(tx: EntityManager, caller: Caller, state: State): Promise<State> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, detail: { zh, en } });
  const { land, resting, baseId, herb, from, to, renews } = state as Partial<Record<string, string>> & { land?: string[]; resting?: string[] };
  for (const [name, ids] of [['land', land], ['resting', resting]] as const) {
    for (const [i, id] of (ids ?? []).entries()) {
      if (!(await isOwnLand(tx, caller, id))) say(`/${name}/${i}`, 'unknown-land', '没有这个地块或抚育区，或它不属于本组织', 'There is no such plot or tending area, or it is not your organisation’s');
    }
  }
  if (baseId !== undefined && (await findOwn(tx, caller, LAND.base, baseId)) === undefined) say('/baseId', 'unknown-base', '没有这个基地', 'There is no such base');
  if (renews !== undefined && (await findOwn(tx, caller, LAND_USE.contract, renews)) === undefined) say('/renews', 'unknown-contract', '没有这个合同', 'There is no such contract');
  if (herb !== undefined && (await findHerb(tx, herb)) === undefined) say('/herb', 'unknown-herb', '药材目录中没有此品种', 'The catalogue has no such herb');
  if (from !== undefined && to !== undefined && to < from) say('/to', 'days-order', '终止日早于起始日', 'The last day is before the first');
  if (faults.length > 0) throw invalid(faults);
  const lower = (ids: string[] | undefined): string[] | undefined => ids?.map((id) => id.toLowerCase());
  return JSON.parse(JSON.stringify({ ...state, land: lower(land), resting: lower(resting), baseId: baseId?.toLowerCase(), ...exactAreas(state) })) as State;
}

const exactAreas = (state: State): State =>
  Object.fromEntries(['areaMu', 'affectedMu'].flatMap((name) => (state[name] === undefined ? [] : [[name, decimalText(state[name] as string)]])));

async function isOwnLand(tx: EntityManager, { organisationId }: Caller, id: string): Promise<boolean> {
  const uuid = uuidOf(id);
  if (uuid === undefined) return false;
  const [row] = await tx.query(`SELECT FROM land WHERE id = $1 AND organisation_id = $2 AND kind <> 'base'`, [uuid, organisationId]);
  return row !== undefined;
}
