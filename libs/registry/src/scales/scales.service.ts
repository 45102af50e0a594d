import { Injectable } from '@nestjs/common';
import { typedMilligrams } from '@daodi/herbal';
import { type Fault, invalid, notFound } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import type { Caller } from '../sign-in/caller';
import { SITES } from '../sites/sites.service';
import { findOwn, OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import { scaleStateOn, scaleUrn } from './find-scale';
import type { AddScaleDto, ChangeScaleDto, TypedMassDto } from './scale.dto';

export const SCALES: ThingKind = { record: 'scale', table: 'scale', path: '/api/v1/scales' };

/** A thousand tonnes, in milligrams: no scale carries more. */
const SCALE_MAX_MG = 10n ** 12n;

/** The scales of an organisation, and what they were on any day. */
@Injectable()
export class ScalesService {
  constructor(
    private readonly things: OwnThings,
    private readonly dataSource: DataSource,
  ) {}

  add(caller: Caller, request: FastifyRequest, dto: AddScaleDto): Promise<ActAnswer> {
    return this.things.create(caller, request, SCALES, (tx, id) => checked(tx, caller, { identifier: scaleUrn(id), ...dto, status: 'active' }));
  }

  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeScaleDto): Promise<ActAnswer> {
    const from = dto.from ?? chinaDay(new Date());
    return this.things.change(caller, request, SCALES, id, dto.why, async (tx, latest) => {
      const then = (await scaleStateOn(tx, caller.organisationId, id.toLowerCase(), from)) ?? latest;
      return checked(tx, caller, patched(then, { ...dto, from }));
    });
  }

  /** A scale as it stood on a day. @throws Problem 404 where it is not the organisation's */
  async get(caller: Caller, id: string, day: string | undefined): Promise<State> {
    if (day === undefined) return this.things.get(caller, SCALES, id);
    const uuid = uuidOf(id);
    const state = uuid === undefined ? undefined : await scaleStateOn(this.dataSource, caller.organisationId, uuid, day);
    if (state === undefined) throw notFound();
    return { id: uuid, ...state };
  }
}

/** Checks a scale's state and puts its exact milligrams beside what was typed. */
async function checked(tx: EntityManager, caller: Caller, state: State): Promise<State> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string) => faults.push({ pointer, rule, detail: { zh, en } });
  const mg = (name: 'division' | 'capacity'): bigint | undefined => {
    const typed = state[name] as TypedMassDto | undefined;
    if (typed === undefined) return undefined;
    const mass = typedMilligrams(typed);
    if (mass === undefined) say(`/${name}/quantity`, 'finer-than-a-milligram', '不能细于一毫克', 'it must be a whole number of milligrams');
    else if (mass > SCALE_MAX_MG) say(`/${name}/quantity`, 'too-heavy', '超过一千吨', 'it is more than a thousand tonnes');
    return mass;
  };
  const [divisionMg, capacityMg] = [mg('division'), mg('capacity')];
  if (divisionMg !== undefined && capacityMg !== undefined && capacityMg < divisionMg) say('/capacity', 'below-division', '最大秤量小于分度值', 'it can weigh less than its division');
  const { calibratedOn, validUntil, site } = state as Readonly<Record<string, string | undefined>>;
  if (calibratedOn !== undefined && validUntil !== undefined && validUntil < calibratedOn) say('/validUntil', 'before-calibration', '有效期早于检定日期', 'it ends before it was calibrated');
  if (site === undefined || (await findOwn(tx, caller, SITES, site)) === undefined) say('/site', 'unknown-site', '没有这个场所', 'your organisation has no such site');
  if (faults.length > 0) throw invalid(faults);
  return { ...state, site: site?.toLowerCase(), divisionMg: divisionMg?.toString(), ...(capacityMg !== undefined && { capacityMg: capacityMg.toString() }) };
}

/** The day it is in China (UTC+8, without summer time since 1992), `YYYY-MM-DD`. */
const chinaDay = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
