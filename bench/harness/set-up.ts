import { createDataSource } from '@daodi/platform';
import { creditCodeCheck, operatorLink } from '@daodi/registry';

const PASSWORD = 'correct horse battery';

/** An organisation of a bench, admitted through the product's own doors. */
export interface BenchOrganisation {
  readonly id: string;
  readonly code: string;
  /** Its name as a party of events. */
  readonly party: string;
  /** Secret of an API key with the role `machine`. */
  readonly apiKey: string;
  /** A session of its owner. */
  readonly ownerToken: string;
}

/**
 * Sets a new installation up as its operator would and admits organisations.
 *
 * @param url of a running api process
 * @param serviceUrl of its database: the one-time link of the operator is made from there
 * @param codes of the organisations
 * @param more what an organisation registers with beside its code, by code (`type`, `gs1Prefix`)
 */
export async function setUpInstallation(url: string, serviceUrl: string, codes: readonly string[], more: Readonly<Record<string, object>> = {}): Promise<BenchOrganisation[]> {
  const dataSource = await createDataSource({ url: serviceUrl, poolMax: 1 }).initialize();
  const link = await operatorLink(dataSource, { publicUrl: url });
  await dataSource.destroy();
  if (link === undefined) throw new Error('the installation is set up already');
  const form = new URLSearchParams({
    token: new URL(link).searchParams.get('token') as string,
    name: '运营者', code: 'OPERATOR', creditCode: creditCode(999_999), region: '141000', personName: '运营人', login: 'operator', password: PASSWORD,
  });
  const setUp = await fetch(`${url}/setup`, { method: 'POST', body: form, redirect: 'manual' });
  if (setUp.status !== 303) throw new Error(`set-up: ${setUp.status} ${await setUp.text()}`);
  const operator = await signIn(url, 'operator');
  const organisations: BenchOrganisation[] = [];
  for (const [n, code] of codes.entries()) {
    const login = `${code.toLowerCase()}-owner`;
    const owner = { name: '负责人', login, password: PASSWORD };
    const { id } = await post(url, operator, '/api/v1/organisations', { code, name: `${code} 社`, type: 'cooperative', creditCode: creditCode(n + 1), region: '141026', owner, ...more[code] });
    const ownerToken = await signIn(url, login);
    const { secret } = await post(url, ownerToken, '/api/v1/api-keys', { name: '系统', roles: ['machine'] });
    organisations.push({ id: String(id), code, party: `urn:daodi:org:${code}`, apiKey: String(secret), ownerToken });
  }
  return organisations;
}

/** Posts to a form and must succeed. */
export async function post(url: string, token: string | undefined, path: string, body: object): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function signIn(url: string, login: string): Promise<string> {
  return String((await post(url, undefined, '/api/v1/sessions', { login, password: PASSWORD }))['token']);
}

/** A made-up credit code with the right check character. */
function creditCode(n: number): string {
  const body = `91141026MA0${String(n).padStart(6, '0')}`;
  return body + creditCodeCheck(body);
}
