import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Fault, invalid, notFound } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { findHerb } from '../herbs/herbs.service';
import { type Page, type PageQuery, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import type { State } from '../things/thing-kind';
import type { GiveJurisdictionDto } from './jurisdiction.dto';

/** Which supervisor looks at what: given and ended by the operator. */
@Injectable()
export class JurisdictionsService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  give(caller: Caller, request: FastifyRequest, dto: GiveJurisdictionDto): Promise<ActAnswer> {
    const id = randomUUID();
    const state = { ...dto, organisationId: dto.organisationId.toLowerCase(), status: 'active' };
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const faults: Fault[] = [];
        const [supervisor] = await tx.query(`SELECT FROM organisation WHERE id = $1 AND type = 'supervisor'`, [state.organisationId]);
        if (supervisor === undefined) {
          faults.push({ pointer: '/organisationId', rule: 'unknown-supervisor', detail: { zh: '没有这个监管机构', en: 'There is no such supervisor' } });
        }
        if (dto.herb !== 'all' && (await findHerb(tx, dto.herb)) === undefined) {
          faults.push({ pointer: '/herb', rule: 'unknown-herb', detail: { zh: '药材目录中没有此品种', en: 'The catalogue has no such herb' } });
        }
        if (faults.length > 0) throw invalid(faults);
        return [record('jurisdiction', id, 'created', { new: state })];
      },
      respond: () => ({ status: 201, location: `/api/v1/jurisdictions/${id}`, body: { id, ...state } }),
    });
  }

  end(caller: Caller, request: FastifyRequest, jurisdictionId: string): Promise<ActAnswer> {
    const id = uuidOf(jurisdictionId);
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const [row] = await tx.query(`SELECT state FROM jurisdiction WHERE id = $1 AND status = 'active'`, [id ?? null]);
        if (row === undefined) throw notFound();
        return [record('jurisdiction', id as string, 'ended', { old: row.state, new: { ...row.state, status: 'ended' } })];
      },
      respond: () => ({ status: 200, body: { id, status: 'ended' } }),
    });
  }

  /** The operator sees all, a supervisor its own. */
  list(caller: Caller, page: PageQuery): Promise<Page<State>> {
    return readPage<{ id: string; state: State; since_position: string }, State>(
      this.dataSource,
      'SELECT id, state, since_position FROM jurisdiction WHERE $1 OR organisation_id = $2',
      [caller.roles.includes('operator'), caller.organisationId],
      page,
      ({ id, state }) => ({ id, ...state }),
    );
  }
}
