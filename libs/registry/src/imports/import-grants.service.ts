import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Fault, invalid, notFound, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { instant } from '../acts/instant';
import { type Page, type PageQuery, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import type { State } from '../things/thing-kind';
import type { GiveImportGrantDto } from './import-grant.dto';

/** The longest time a grant may last: one that lasts for years is a door left open. Our own measure. */
const LONGEST_DAYS = 366;

interface GrantRow {
  readonly id: string;
  readonly state: State;
  readonly live: boolean;
  readonly acts: string;
  readonly since_position: string;
}

/** Who may bring in what was written down elsewhere before: given by the operator or an organisation's owner, and ended. */
@Injectable()
export class ImportGrantsService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws Problem 422 for an organisation that is not the caller's to grant for, 409 where the run has a live grant */
  give(caller: Caller, request: FastifyRequest, dto: GiveImportGrantDto): Promise<ActAnswer> {
    const id = randomUUID();
    const organisationId = dto.organisationId?.toLowerCase() ?? caller.organisationId;
    const state = { ...dto, organisationId, until: instant(dto.until) ?? dto.until, status: 'active' };
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const faults = await faultsOf(tx, caller, organisationId, dto.until);
        if (faults.length > 0) throw invalid(faults);
        await refuseSecond(tx, organisationId, dto.run);
        return [record('import-grant', id, 'created', { new: state, why: dto.reason })];
      },
      respond: () => ({ status: 201, location: `/api/v1/import-grants/${id}`, body: { id, ...state } }),
    });
  }

  /** Nothing more comes in under it; what came stays. @throws Problem 404 where it is not the caller's to end, or ended */
  end(caller: Caller, request: FastifyRequest, grantId: string): Promise<ActAnswer> {
    const id = uuidOf(grantId);
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const [row] = await tx.query(
          `SELECT state FROM import_grant WHERE id = $1 AND status = 'active' AND ($2 OR organisation_id = $3)`,
          [id ?? null, caller.roles.includes('operator'), caller.organisationId],
        );
        if (row === undefined) throw notFound();
        return [record('import-grant', id as string, 'ended', { old: row.state, new: { ...row.state, status: 'ended' } })];
      },
      respond: () => ({ status: 200, body: { id, status: 'ended' } }),
    });
  }

  /** The operator sees all, an organisation its own, each with how many acts it has let in. */
  list(caller: Caller, page: PageQuery): Promise<Page<State>> {
    return readPage<GrantRow, State>(
      this.dataSource,
      `SELECT g.id, g.state, g.status = 'active' AND g.until > clock_timestamp() AS live, g.since_position,
              (SELECT count(*) FROM import_act a WHERE a.grant_id = g.id) AS acts
         FROM import_grant g WHERE $1 OR g.organisation_id = $2`,
      [caller.roles.includes('operator'), caller.organisationId],
      page,
      ({ id, state, live, acts }) => ({ id, ...state, live, acts: Number(acts) }),
    );
  }
}

async function faultsOf(tx: EntityManager, caller: Caller, organisationId: string, until: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  const mayKnow = caller.roles.includes('operator') || organisationId === caller.organisationId;
  const [known] = mayKnow ? await tx.query('SELECT FROM organisation WHERE id = $1', [organisationId]) : [];
  if (known === undefined) {
    faults.push({ pointer: '/organisationId', rule: 'unknown-organisation', detail: { zh: '没有可由您许可的这一组织', en: 'There is no such organisation you could grant this to' } });
  }
  const [{ fits }] = await tx.query(
    `SELECT $1::timestamptz > clock_timestamp() AND $1::timestamptz <= clock_timestamp() + make_interval(days => $2) AS fits`,
    [instant(until) ?? null, LONGEST_DAYS],
  );
  if (fits !== true) {
    faults.push({ pointer: '/until', rule: 'grant-until', detail: { zh: `应为带时区的 ISO 8601 时间，在今后 ${LONGEST_DAYS} 天内`, en: `It must be an ISO 8601 time with its offset, within ${LONGEST_DAYS} days from now` } });
  }
  return faults;
}

/** Two live grants for one run would leave open which of them an act leans on. */
async function refuseSecond(tx: EntityManager, organisationId: string, run: string): Promise<void> {
  const [live] = await tx.query(
    `SELECT id FROM import_grant WHERE organisation_id = $1 AND run = $2 AND status = 'active' AND until > clock_timestamp()`,
    [organisationId, run],
  );
  if (live === undefined) return;
  const title = { zh: '该补录批次已有有效许可', en: 'This run has a grant already' };
  throw new Problem(409, 'import-run-granted', title, { faults: [{ pointer: '/run', rule: 'import-run-granted', detail: title }] });
}
