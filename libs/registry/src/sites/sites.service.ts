import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import { canonicalIdentifier } from '@daodi/gs1';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { siteUrn } from '../projection/things.projection';
import type { Caller } from '../sign-in/caller';
import { OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import type { AddSiteDto, ChangeSiteDto } from './site.dto';

export const SITES: ThingKind = { record: 'site', table: 'site', path: '/api/v1/sites', where: `kind <> 'zone'` };

/** The sites of an organisation. */
@Injectable()
export class SitesService {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, dto: AddSiteDto): Promise<ActAnswer> {
    return this.things.create(caller, request, SITES, (tx, id) =>
      sited(tx, caller, { identifier: siteUrn(id), ...dto, status: 'active' }),
    );
  }

  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeSiteDto): Promise<ActAnswer> {
    return this.things.change(caller, request, SITES, id, dto.why, (tx, old) => {
      // A new GLN replaces the SGLN that came from the old one, unless one is sent along.
      const base = dto.gln !== undefined && dto.sgln === undefined ? { ...old, sgln: undefined } : old;
      return sited(tx, caller, patched(base, dto));
    });
  }
}

/**
 * Checks how events may name the site: `sgln` is stored in its canonical spelling; a GLN alone is an SGLN without
 * extension. A GLN under another organisation's prefix is not this one's to use.
 */
async function sited(tx: EntityManager, caller: Caller, state: State): Promise<State> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string) => faults.push({ pointer, rule, detail: { zh, en } });
  const { gln, sgln } = state as { gln?: string; sgln?: string };
  const ofGln = gln === undefined ? undefined : canonicalIdentifier(`https://id.gs1.org/414/${gln}`);
  if (ofGln?.level === 'unknown') say('/gln', 'check-digit', 'GLN 无效', 'This is no valid GLN');
  const named = sgln === undefined ? ofGln : canonicalIdentifier(sgln);
  if (sgln !== undefined && named?.level !== 'location') say('/sgln', 'sgln', 'SGLN 无效', 'This is no valid SGLN');
  if (faults.length === 0 && named !== undefined) {
    const key = /\/414\/(\d{13})/.exec(named.canonical)?.[1] ?? '';
    if (gln !== undefined && key !== gln) say('/sgln', 'sgln-of-gln', 'SGLN 与 GLN 不一致', 'The SGLN is not of this GLN');
    const [other] = await tx.query(
      `SELECT FROM organisation WHERE gs1_prefix IS NOT NULL AND id <> $1 AND starts_with($2, gs1_prefix)
       UNION ALL SELECT FROM site WHERE organisation_id <> $1 AND sgln = $3 LIMIT 1`,
      [caller.organisationId, key, named.canonical],
    );
    if (other !== undefined) say(sgln === undefined ? '/gln' : '/sgln', 'own-prefix', '该 GLN 不属于本组织', 'This GLN is not the organisation’s own');
  }
  if (faults.length > 0) throw invalid(faults);
  const { dailyCapacityKg } = state as { dailyCapacityKg?: string | number };
  return { ...state, sgln: named?.canonical, ...(dailyCapacityKg !== undefined && { dailyCapacityKg: decimalText(dailyCapacityKg) }) };
}
