import { Injectable } from '@nestjs/common';
import { UNIFIED, unifiedState, type UnifiedScheme, type UnifiedTick } from '@daodi/herbal';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { findHerb } from '../herbs/herbs.service';
import { LAND } from '../land/land.service';
import type { Caller } from '../sign-in/caller';
import { findOwn, OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import type { EvidenceRecordType } from './gap.dto';

const thing = (record: string, path: string): ThingKind => ({ record, table: 'gap_record', path: `/api/v1/${path}`, where: `kind = '${record}'` });

/** What herb GAP asks to be on record beside what happens: environment, unification, audits, evaluations, inspections. */
export const GAP = {
  environment: thing('environment-test', 'environment-tests'),
  unified: thing('unified-season', 'unified-seasons'),
  audit: thing('supplier-audit', 'supplier-audits'),
  evaluation: thing('gap-evaluation', 'gap-evaluations'),
  inspection: thing('extended-inspection', 'extended-inspections'),
} as const;

export type GapRecord = keyof typeof GAP;

/** Where a record that serves as evidence lies. */
const EVIDENCE: Readonly<Record<EvidenceRecordType, Pick<ThingKind, 'table' | 'where'>>> = {
  'land-contract': { table: 'land_contract' }, 'rotation-plan': { table: 'rotation_plan' }, 'input-product': { table: 'input_record', where: `kind = 'input-product'` },
  'input-lot': { table: 'input_stock', where: `kind = 'lot'` }, 'input-allowance': { table: 'input_record', where: `kind = 'input-allowance'` }, sop: { table: 'input_record', where: `kind = 'sop'` },
  'environment-test': GAP.environment, certificate: { table: 'certificate' }, product: { table: 'product' },
};

/** Puts down and changes records of herb GAP. What a firm says of its supplier counts for the firm alone. */
@Injectable()
export class GapRecords {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, kind: GapRecord, dto: object): Promise<ActAnswer> {
    return this.things.create(caller, request, GAP[kind], (tx) => checked(tx, caller, { ...dto, status: 'active' }));
  }

  change(caller: Caller, request: FastifyRequest, kind: GapRecord, id: string, dto: { readonly why?: string }): Promise<ActAnswer> {
    return this.things.change(caller, request, GAP[kind], id, dto.why, (tx, old) => checked(tx, caller, patched(old, dto)));
  }

  /** One unification, with which points of its scheme are kept. @throws Problem 404 */
  async unified(caller: Caller, id: string): Promise<State> {
    const state = await this.things.get(caller, GAP.unified, id);
    return { ...state, ...unifiedState(state['scheme'] as UnifiedScheme, state['ticks'] as UnifiedTick[]) };
  }
}

async function checked(tx: EntityManager, caller: Caller, state: State): Promise<State> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, detail: { zh, en } });
  const { baseId, herb, audit, supplier, sampledOn, validUntil, scheme, years } = state as Partial<Record<string, string>> & { years?: string[] };
  const isOwnBase = scheme !== undefined;
  if (isOwnBase && baseId !== undefined && (await findOwn(tx, caller, LAND.base, baseId)) === undefined) say('/baseId', 'unknown-base', '没有这个基地', 'There is no such base');
  if (herb !== undefined && (await findHerb(tx, herb)) === undefined) say('/herb', 'unknown-herb', '药材目录中没有此品种', 'The catalogue has no such herb');
  if (audit !== undefined && (await findOwn(tx, caller, GAP.audit, audit)) === undefined) say('/audit', 'unknown-audit', '没有这次供应商审计', 'There is no such supplier audit');
  if (sampledOn !== undefined && validUntil !== undefined && validUntil < sampledOn) say('/validUntil', 'days-order', '有效期早于采样日', 'It ends before it was sampled');
  for (const [i, year] of (years ?? []).entries()) if (!/^(19|20|21)\d{2}$/.test(year)) say(`/years/${i}`, 'year', '应为年份', 'It must be a year');
  for (const [i, id] of ((state['land'] ?? []) as string[]).entries()) {
    const [row] = uuidOf(id) === undefined ? [] : await tx.query(`SELECT FROM land WHERE id = $1 AND organisation_id = $2 AND kind <> 'base'`, [uuidOf(id), caller.organisationId]);
    if (row === undefined) say(`/land/${i}`, 'unknown-land', '没有这个地块或抚育区，或它不属于本组织', 'There is no such plot or tending area, or it is not your organisation’s');
  }
  const supplierId = supplier === undefined ? undefined : await organisationOf(tx, supplier);
  if (supplier !== undefined && supplierId === undefined) say('/supplier', 'unknown-organisation', '平台上没有这个组织代码', 'No organisation has this code');
  await checkTicks(tx, caller, state, say);
  if (faults.length > 0) throw invalid(faults);
  const lower = (ids: unknown): string[] | undefined => (ids as string[] | undefined)?.map((id) => id.toLowerCase());
  return JSON.parse(JSON.stringify({ ...state, baseId: baseId?.toLowerCase(), land: lower(state['land']), audit: audit?.toLowerCase(), supplierId })) as State;
}

async function checkTicks(tx: EntityManager, caller: Caller, state: State, say: (pointer: string, rule: string, zh: string, en: string) => void): Promise<void> {
  const ticks = (state['ticks'] ?? []) as { point: string; evidence: { recordType?: EvidenceRecordType; record?: string }[] }[];
  const points = new Set(UNIFIED[(state['scheme'] as UnifiedScheme | undefined) ?? 'six'].map(({ code }) => code));
  for (const [i, { point, evidence }] of ticks.entries()) {
    if (!points.has(point)) say(`/ticks/${i}/point`, 'other-scheme', '该事项不属于此统一体系', 'The point is not of this scheme');
    for (const [j, { recordType, record }] of evidence.entries()) {
      if (record === undefined) continue;
      const kind = recordType === undefined ? undefined : EVIDENCE[recordType];
      const found = kind === undefined ? undefined : await findOwn(tx, caller, { record: '', path: '', ...kind }, record);
      if (found === undefined) say(`/ticks/${i}/evidence/${j}/record`, 'unknown-record', '没有这条记录', 'There is no such record of yours');
    }
  }
}

async function organisationOf(tx: EntityManager, code: string): Promise<string | undefined> {
  const [row] = await tx.query('SELECT id FROM organisation WHERE code = $1', [code]);
  return row?.id;
}
