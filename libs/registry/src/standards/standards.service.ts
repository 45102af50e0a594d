import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Fault, invalid, notFound, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { findHerb } from '../herbs/herbs.service';
import { isDemo } from '../organisations/organisation-rules';
import type { Caller } from '../sign-in/caller';
import { OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import { isStatutory, type StandardFamily } from './limit';
import { keptLimits, limitFaults } from './limit-faults';
import type { AddStandardDto, AddVersionDto, ChangeStandardDto } from './standard.dto';

export const STANDARDS: ThingKind = { record: 'standard', table: 'standard', path: '/api/v1/standards' };

/** What a standard of whichever version is of: the same in all of them. */
const KEPT = ['standardId', 'family', 'herb', 'form', 'piece', 'grade', 'region', 'platform', 'shared', 'fictional', 'status'] as const;

/**
 * The library of standards. The operator keeps what all share; an organisation keeps its own, which nobody else reads
 * unless it shares them. A version once entered stays for ever, with its limits as they were: what was judged by it can
 * be judged again.
 */
@Injectable()
export class StandardsService {
  constructor(
    private readonly acts: Acts,
    private readonly things: OwnThings,
  ) {}

  add(caller: Caller, request: FastifyRequest, dto: AddStandardDto): Promise<ActAnswer> {
    const platform = isOfPlatform(caller);
    const id = randomUUID();
    return this.enter(caller, request, id, async (tx) => {
      await refuseFaults(tx, dto);
      return firstVersion(id, dto, platform);
    });
  }

  /** A later version; only of one's own. @throws Problem 404, or 409 where it is not the latest that is superseded */
  addVersion(caller: Caller, request: FastifyRequest, of: string, { limits, correction = false, why, ...rest }: AddVersionDto): Promise<ActAnswer> {
    isOfPlatform(caller);
    return this.enter(caller, request, randomUUID(), async (tx) => {
      const before = await findOwnVersion(tx, caller, of);
      const [{ latest }] = await tx.query('SELECT max(version) AS latest FROM standard WHERE standard_id = $1', [before.standardId]);
      if (latest !== before.version) {
        const title = { zh: '该标准已有更新的版本', en: 'There is a later version of this standard' };
        throw new Problem(409, 'not-latest-version', title, { members: { latestVersion: latest } });
      }
      const kept = Object.fromEntries(KEPT.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]])));
      const state = { ...kept, ...rest, status: 'active' } as unknown as AddStandardDto;
      await refuseFaults(tx, { ...state, limits });
      return { ...state, version: latest + 1, supersedes: uuidOf(of), correction, limits: keptLimits(limits), whyNew: why };
    });
  }

  /** Ends, shares or withdraws a version; its limits stay. */
  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeStandardDto): Promise<ActAnswer> {
    isOfPlatform(caller);
    return this.things.change(caller, request, STANDARDS, id, dto.why, (_tx, old) => {
      const faults: Fault[] = [];
      if (dto.shared === false && old.shared === true) {
        faults.push({ pointer: '/shared', rule: 'stays-shared', detail: { zh: '已共享的标准不能收回：他人可能正据此判定', en: 'What is shared stays shared: others may judge by it' } });
      }
      if (dto.effectiveTo !== undefined && dto.effectiveTo < String(old.effectiveFrom)) faults.push(DAYS_ORDER);
      if (faults.length > 0) throw invalid(faults);
      return patched(old, dto);
    });
  }

  private enter(caller: Caller, request: FastifyRequest, id: string, make: (tx: EntityManager) => Promise<State>): Promise<ActAnswer> {
    let state: State = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        state = JSON.parse(JSON.stringify(await make(tx)));
        return [record(STANDARDS.record, id, 'created', { new: state })];
      },
      respond: () => ({ status: 201, location: `${STANDARDS.path}/${id}`, body: { id, ...state } }),
    });
  }
}

const DAYS_ORDER: Fault = { pointer: '/effectiveTo', rule: 'days-order', detail: { zh: '最后一日早于施行日期', en: 'The last day is before the first' } };

/** The first version of a standard as it is kept. */
export function firstVersion(id: string, { limits, shared = false, fictional = false, ...rest }: AddStandardDto, platform: boolean): State {
  return { standardId: id, version: 1, ...rest, platform, shared: platform || shared, fictional, correction: false, limits: keptLimits(limits), status: 'active' };
}

/** Whether what a caller enters belongs to the library all share: the operator's organisation keeps it, and nothing else. */
export function isOfPlatform({ organisationType, roles }: Caller): boolean {
  if (organisationType !== 'operator') return false;
  if (!roles.includes('operator')) throw new Problem(403, 'not-permitted', { zh: '平台标准库由运营者维护', en: 'The platform’s library is kept by the operator' });
  return true;
}

async function findOwnVersion(tx: EntityManager, caller: Caller, id: string): Promise<State & { readonly version: number }> {
  const uuid = uuidOf(id);
  const [row] = uuid === undefined ? [] : await tx.query('SELECT state FROM standard WHERE id = $1 AND organisation_id = $2', [uuid, caller.organisationId]);
  if (row === undefined) throw notFound();
  return row.state;
}

async function refuseFaults(tx: EntityManager, dto: AddStandardDto): Promise<void> {
  const faults = await standardFaults(tx, dto);
  if (faults.length > 0) throw invalid(faults);
}

/** What is wrong with a standard somebody enters, beyond its shape. */
export async function standardFaults(tx: EntityManager, dto: AddStandardDto): Promise<Fault[]> {
  const faults: Fault[] = limitFaults(dto.limits);
  const say = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, detail: { zh, en } });
  if (dto.effectiveTo !== undefined && dto.effectiveTo < dto.effectiveFrom) faults.push(DAYS_ORDER);
  if (dto.herb !== undefined && (await findHerb(tx, dto.herb)) === undefined) say('/herb', 'unknown-herb', '药材目录中没有此品种', 'The catalogue has no such herb');
  if (dto.herb === undefined && isOfHerbs(dto.family)) say('/herb', 'herb-missing', '药典与省级标准应写明品种', 'A pharmacopoeia or provincial standard is of a herb');
  if (dto.piece !== undefined && dto.form !== 'decoction-piece') say('/piece', 'piece-of-decoction-piece', '只有饮片才有饮片品名', 'Only a decoction piece has such a name');
  if (dto.region !== undefined && dto.family !== 'provincial') say('/region', 'region-of-provincial', '只有省级标准限于地区', 'Only a provincial standard holds in a region');
  if (dto.family === 'provincial' && dto.region === undefined) say('/region', 'region-missing', '省级标准应写明适用地区', 'A provincial standard says where it holds');
  if (dto.fictional === true) {
    if (!(await isDemo(tx))) say('/fictional', 'fictional-in-earnest', '虚构标准只能用于演示', 'A standard made up is for a demonstration only');
    if (!dto.name.includes('演示')) say('/name', 'fictional-unnamed', '虚构标准的名称应含“演示”', 'The name of a standard made up says 演示');
  }
  return faults;
}

const isOfHerbs = (family: StandardFamily): boolean => isStatutory(family) && family !== 'registration';
