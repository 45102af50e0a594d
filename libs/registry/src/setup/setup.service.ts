import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { Log } from '@daodi/log';
import { notFound } from '@daodi/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { type Envelope, record, seal, SYSTEM } from '../acts/draft';
import { instantOf } from '../acts/instant';
import { HERB_CATALOGUE, herbRecords } from '../herbs/herb-catalogue';
import type { Herb } from '../herbs/herbs.service';
import { checkKeys } from '../organisations/organisation-rules';
import { keepPassword, newPerson, refuseTakenLogin } from '../people/person-records';
import { hashPassword, hashToken } from '../sign-in/secrets';
import type { SetUpDto } from './setup.dto';

/** Gives an empty installation its operator, once. */
@Injectable()
export class SetupService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
    @Optional() @Inject(HERB_CATALOGUE) private readonly herbs: readonly Herb[] | undefined,
  ) {}

  /** Whether the link can still be used. Looking does not use it. */
  isOpen(token: string): Promise<boolean> {
    return isValid(this.dataSource, token);
  }

  /**
   * Makes the operator's organisation with its first person and the herb catalogue, and uses up the link.
   *
   * @throws Problem 404 where the link is not valid, 422 or 409 where what was typed cannot be
   */
  async setUp(requestId: string, dto: SetUpDto): Promise<void> {
    const [organisationId, personId] = [randomUUID(), randomUUID()];
    const { name, code, creditCode, region, login, personName } = dto;
    if (!(await this.isOpen(dto.token))) throw notFound();
    const hash = await hashPassword(dto.password);
    const envelope: Envelope = { organisationId, actor: SYSTEM, provenance: 'form', requestId, capturedTime: instantOf(new Date()) };
    await this.log.append({
      decide: async (tx) => {
        if (!(await isValid(tx, dto.token))) throw notFound();
        await checkKeys(tx, organisationId, { code, creditCode });
        await refuseTakenLogin(tx, login, '/login');
        const [known] = await tx.query('SELECT FROM herb LIMIT 1');
        return seal(envelope, [
          record('organisation', organisationId, 'created', { new: { code, name, type: 'operator', creditCode, region } }),
          ...newPerson(personId, { organisationId, login, name: personName, roles: ['owner', 'operator'], status: 'active' }),
          ...(known === undefined ? herbRecords(this.herbs ?? []) : []),
        ]);
      },
      confirm: async (tx) => {
        await keepPassword(tx, personId, hash);
        await tx.query('DELETE FROM setup_token');
      },
      respond: () => ({ status: 303, location: '/api/docs', body: null }),
    });
  }
}

async function isValid(db: Pick<EntityManager, 'query'>, token: string): Promise<boolean> {
  const [row] = await db.query(
    `SELECT FROM setup_token WHERE token_hash = $1 AND expires_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM organisation WHERE type = 'operator')`,
    [hashToken(token)],
  );
  return row !== undefined;
}
