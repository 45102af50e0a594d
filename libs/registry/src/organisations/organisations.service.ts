import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { type Page, type PageQuery, readPage } from '../input/page';
import { keepPassword, newPerson, refuseTakenLogin } from '../people/person-records';
import type { Caller } from '../sign-in/caller';
import type { OrganisationType, Role } from '../sign-in/role';
import { hashPassword } from '../sign-in/secrets';
import type { AdmitOrganisationDto, ChangeOrganisationDto } from './organisation.dto';
import { checkKeys } from './organisation-rules';

/** What everybody who is signed in may know of an organisation. */
export interface PublicOrganisation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly type: OrganisationType;
  readonly region: string;
}

/** An organisation as its records say it. */
export interface OrganisationState extends Record<string, unknown> {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly type: OrganisationType;
  readonly creditCode?: string;
  readonly gs1Prefix?: string;
  readonly gln?: string;
  readonly region: string;
  readonly contact?: string;
}

interface OrganisationRow {
  id: string;
  code: string;
  name: string;
  name_en: string | null;
  type: OrganisationType;
  credit_code: string | null;
  gs1_prefix: string | null;
  gln: string | null;
  region: string;
  contact: string | null;
  since_position: string;
}

/** What an organisation may change about itself; the rest the operator has checked. */
const OWN_TO_CHANGE = ['name', 'nameEn', 'contact', 'why'];

/** Organisations: admission by the operator, the directory, changes. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  async admit(caller: Caller, request: FastifyRequest, dto: AdmitOrganisationDto): Promise<ActAnswer> {
    const [id, ownerId] = [randomUUID(), randomUUID()];
    const { owner, ...state } = { ...dto };
    const { password, name, login } = owner;
    const hash = await hashPassword(password);
    return this.acts.perform(caller, request, {
      boundBody: { ...state, owner: { name, login } },
      decide: async (tx) => {
        await checkKeys(tx, id, state);
        await refuseTakenLogin(tx, login, '/owner/login');
        return [
          record('organisation', id, 'created', { new: state }),
          ...newPerson(ownerId, { organisationId: id, login, name, roles: firstRoles(state.type), status: 'active' }),
        ];
      },
      confirm: (tx) => keepPassword(tx, ownerId, hash),
      respond: () => ({ status: 201, location: `/api/v1/organisations/${id}`, body: { id, ...state, ownerId } }),
    });
  }

  /** The operator changes what it checks; an owner the names and contact of its own organisation. */
  change(caller: Caller, request: FastifyRequest, organisationId: string, dto: ChangeOrganisationDto): Promise<ActAnswer> {
    const id = uuidOf(organisationId);
    const isOperator = caller.roles.includes('operator');
    const { why, ...wanted } = dto;
    const patch = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    let state: OrganisationState;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        if (!isOperator && id !== caller.organisationId) throw notFound();
        const row = id === undefined ? undefined : await findRow(tx, id);
        if (row === undefined) throw notFound();
        if (!isOperator && Object.keys(patch).some((name) => !OWN_TO_CHANGE.includes(name))) {
          throw new Problem(403, 'operator-checks', {
            zh: '代码、前缀、GLN 与地区由平台运营者核对后修改',
            en: 'Codes, prefix, GLN and region are changed by the operator, who checks them',
          });
        }
        const old = stateOf(row);
        state = { ...old, ...patch };
        await checkKeys(tx, row.id, state);
        return [record('organisation', row.id, 'changed', { old, new: state, why })];
      },
      respond: () => ({ status: 200, body: { id, ...state } }),
    });
  }

  /** Public facts of every organisation. */
  directory(page: PageQuery): Promise<Page<PublicOrganisation>> {
    return readPage<OrganisationRow, PublicOrganisation>(this.dataSource, 'SELECT * FROM organisation WHERE true', [], page, publicFacts);
  }

  /** All that is recorded of one's own organisation; of another, for the operator; else the public facts. */
  async get(caller: Caller, organisationId: string): Promise<object> {
    const id = organisationId === 'me' ? caller.organisationId : uuidOf(organisationId);
    const row = id === undefined ? undefined : await findRow(this.dataSource, id);
    if (row === undefined) throw notFound();
    const isFull = row.id === caller.organisationId || caller.roles.includes('operator');
    return isFull ? { id: row.id, ...stateOf(row) } : publicFacts(row);
  }
}

const firstRoles = (type: OrganisationType): Role[] =>
  type === 'operator' ? ['owner', 'operator'] : type === 'supervisor' ? ['owner', 'supervisor'] : ['owner'];

async function findRow(db: Pick<EntityManager, 'query'>, id: string): Promise<OrganisationRow | undefined> {
  const [row] = await db.query('SELECT * FROM organisation WHERE id = $1', [id]);
  return row;
}

function stateOf(row: OrganisationRow): OrganisationState {
  return {
    code: row.code,
    name: row.name,
    nameEn: row.name_en ?? undefined,
    type: row.type,
    creditCode: row.credit_code ?? undefined,
    gs1Prefix: row.gs1_prefix ?? undefined,
    gln: row.gln ?? undefined,
    region: row.region,
    contact: row.contact ?? undefined,
  };
}

const publicFacts = ({ id, code, name, name_en, type, region }: OrganisationRow): PublicOrganisation => ({
  id, code, name, nameEn: name_en, type, region,
});
