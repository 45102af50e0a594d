import { creditCode, PASSWORD, SQUARE } from '../product';
import type { BalancedClient } from './balanced-client';

/** Plots with a crop each; harvests are spread over them. */
const CROPS = 20;

/** A co-operative that can post: its key, and the crops it harvests. */
export interface FirstOrganisation {
  readonly token: string;
  readonly crops: readonly string[];
}

/** Sets a new installation up by its one-time link and admits one organisation with land and crops, all over HTTP. */
export async function firstOrganisation(client: BalancedClient, link: string): Promise<FirstOrganisation> {
  const fields = {
    token: new URL(link).searchParams.get('token') as string,
    name: '运营者', code: 'OPERATOR', creditCode: creditCode(999_999), region: '141000', personName: '运营人', login: 'operator', password: PASSWORD,
  };
  await client.send({ path: '/setup', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() });
  const operator = await signIn(client, 'operator');
  await done(client, operator, '/organisations', {
    code: 'COOP', name: '合作社', type: 'cooperative', creditCode: creditCode(1), region: '141026', owner: { name: '负责人', login: 'owner', password: PASSWORD },
  });
  const owner = await signIn(client, 'owner');
  const token = String((await done(client, owner, '/api-keys', { name: '系统', roles: ['machine'] }))['secret']);
  const base = await done(client, owner, '/bases', { name: '东山基地', region: '141026' });
  const plot = await done(client, owner, '/plots', { baseId: base['id'], name: '东坡', layer: 'crop', fromYear: 2023, boundary: SQUARE, datum: 'WGS-84' });
  const crops: string[] = [];
  for (let n = 0; n < CROPS; n++) {
    const { batches } = await done(client, token, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [plot['id']], mode: 'wild-tended' });
    crops.push((batches as { code: string }[])[0]?.code as string);
  }
  return { token, crops };
}

async function signIn(client: BalancedClient, login: string): Promise<string> {
  const { text } = await client.send({ path: '/api/v1/sessions', body: JSON.stringify({ login, password: PASSWORD }) });
  return String((JSON.parse(text) as { token: string }).token);
}

let step = 0;

async function done(client: BalancedClient, token: string, path: string, body: object): Promise<Record<string, unknown>> {
  const { text } = await client.send({ path: `/api/v1${path}`, key: `first-${++step}`, headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
  return JSON.parse(text) as Record<string, unknown>;
}
