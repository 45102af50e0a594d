import { Config } from '@daodi/platform';
import { operatorLink, readHerbCatalogue } from '@daodi/registry';
import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import herbs from '../../herbs.json';
import type { Client } from './client';
import type { Credentials } from './credentials';
import { OPERATOR } from './data/organisations';
import type { Sessions } from './sessions';

/** The operator comes in by the one-time link and its form, as in any installation; only the link is read here. */
export async function setUpOperator(app: INestApplication, client: Client, credentials: Credentials): Promise<void> {
  const link = await operatorLink(app.get(DataSource), app.get(Config));
  if (link === undefined) return;
  const { name, code, creditCode, region, people: [person] } = OPERATOR;
  const token = new URL(link).searchParams.get('token') as string;
  const fields = { token, name, code, creditCode, region, personName: person.name, login: person.login, password: credentials.passwordOf(person.login) };
  await client.form('/setup', fields, 'set up');
}

/** The herb catalogue comes with setting up; where this build's set-up brings none, the operator enters it. */
export async function enterHerbs(client: Client, sessions: Sessions): Promise<void> {
  const token = await sessions.of(OPERATOR.people[0].login);
  const { body } = await client.get('/api/v1/herbs?limit=1', token);
  if (body.items.length > 0) return;
  for (const herb of readHerbCatalogue(herbs)) {
    await client.post('/api/v1/herbs', { ...herb, grades: herb.grades.length === 0 ? undefined : herb.grades }, { token, step: `herb ${herb.code}` });
  }
}
