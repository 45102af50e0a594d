import { hasValidCheckDigit } from '@daodi/gs1';
import { type Fault, invalid, Problem } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import { identifiersOf } from '../projection/organisations.projection';
import { isCreditCode } from './credit-code';

/** The keys of an organisation that no other may have. */
export interface OrganisationKeys {
  readonly code: string;
  readonly creditCode?: string;
  readonly gs1Prefix?: string;
  readonly gln?: string;
}

/** The prefix GS1 keeps for examples; nobody is licensed for it, so only a demonstration may use it. */
const EXAMPLE_PREFIX = '952';

type Db = Pick<EntityManager, 'query'>;

/** Which GS1 prefixes are licensed to whom. */
export async function prefixOwners(tx: Db): Promise<{ readonly prefix: string; readonly organisationId: string }[]> {
  const rows: { gs1_prefix: string; id: string }[] = await tx.query(
    'SELECT gs1_prefix, id FROM organisation WHERE gs1_prefix IS NOT NULL ORDER BY gs1_prefix',
  );
  return rows.map(({ gs1_prefix, id }) => ({ prefix: gs1_prefix, organisationId: id }));
}

/** Whether this database is a demonstration, which it is for ever or never. */
export async function isDemo(tx: Db): Promise<boolean> {
  const [row] = await tx.query('SELECT is_demo FROM installation');
  return row?.is_demo === true;
}

/**
 * Checks the keys of an organisation: each in itself, and against those of all others.
 *
 * @throws Problem 422 with every fault in them, or 409 with every key that another organisation has
 */
export async function checkKeys(tx: Db, id: string, keys: OrganisationKeys): Promise<void> {
  const faults = faultsOf(keys, await isDemo(tx));
  if (faults.length > 0) throw invalid(faults);
  const taken = await takenBy(tx, id, keys);
  if (taken.length > 0) throw new Problem(409, 'key-taken', { zh: '该标识已属于其他组织', en: 'Another organisation already has this key' }, { faults: taken });
}

function faultsOf({ creditCode, gs1Prefix, gln }: OrganisationKeys, demo: boolean): Fault[] {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string) => faults.push({ pointer, rule, detail: { zh, en } });
  if (creditCode !== undefined && !isCreditCode(creditCode)) {
    say('/creditCode', 'credit-code', '统一社会信用代码的校验码不正确（GB 32100-2015）', 'The check character of the credit code is wrong (GB 32100-2015)');
  }
  if (gln !== undefined && !hasValidCheckDigit(gln)) say('/gln', 'check-digit', 'GLN 的校验位不正确', 'The check digit of the GLN is wrong');
  if (gln !== undefined && gs1Prefix !== undefined && !gln.startsWith(gs1Prefix)) {
    say('/gln', 'own-prefix', 'GLN 应在本组织的厂商识别代码之下', 'The GLN must be under the organisation’s own prefix');
  }
  if (!demo && gs1Prefix?.startsWith(EXAMPLE_PREFIX)) {
    say('/gs1Prefix', 'example-prefix', '952 为示例前缀，只能用于演示', '952 is the prefix for examples and only for demonstrations');
  }
  if (!demo && gln?.startsWith(EXAMPLE_PREFIX)) {
    say('/gln', 'example-prefix', '952 为示例前缀，只能用于演示', '952 is the prefix for examples and only for demonstrations');
  }
  return faults;
}

async function takenBy(tx: Db, id: string, keys: OrganisationKeys): Promise<Fault[]> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string) => faults.push({ pointer, rule, detail: { zh, en } });
  const [same] = await tx.query(
    `SELECT bool_or(code = $2) AS code, bool_or(credit_code = $3) AS credit FROM organisation WHERE id <> $1`,
    [id, keys.code, keys.creditCode ?? null],
  );
  if (same?.code) say('/code', 'code-taken', '该简码已被使用', 'This code is in use');
  if (same?.credit) say('/creditCode', 'credit-code-taken', '该统一社会信用代码已登记', 'This credit code is registered already');
  const { gs1Prefix, gln } = keys;
  const others = (await prefixOwners(tx)).filter(({ organisationId }) => organisationId !== id);
  // Were one prefix the beginning of another, a key under the longer one would belong to both.
  if (gs1Prefix !== undefined && others.some(({ prefix }) => prefix.startsWith(gs1Prefix) || gs1Prefix.startsWith(prefix))) {
    say('/gs1Prefix', 'prefix-taken', '该厂商识别代码与其他组织的重叠', 'This prefix overlaps that of another organisation');
  }
  const parties = await tx.query('SELECT FROM party WHERE identifier = ANY($1) AND organisation_id <> $2 LIMIT 1', [identifiersOf(keys), id]);
  if (gln !== undefined && (parties.length > 0 || others.some(({ prefix }) => gln.startsWith(prefix)))) {
    say('/gln', 'gln-taken', '该 GLN 属于其他组织', 'This GLN belongs to another organisation');
  }
  return faults;
}
