import type { Config } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { hashToken, newToken, SETUP_PREFIX } from '../sign-in/secrets';

/** How long the link can be used. */
const VALID = '24 hours';

/**
 * Makes the one-time link by which an empty installation gets its operator. A link made earlier stops working.
 *
 * @returns undefined where there is an operator already
 */
export async function operatorLink(dataSource: DataSource, config: Pick<Config, 'publicUrl'>): Promise<string | undefined> {
  const [operator] = await dataSource.query(`SELECT FROM organisation WHERE type = 'operator' LIMIT 1`);
  if (operator !== undefined) return undefined;
  const token = newToken(SETUP_PREFIX);
  await dataSource.query(
    `INSERT INTO setup_token (token_hash, expires_at) VALUES ($1, clock_timestamp() + $2::interval)
     ON CONFLICT (only_row) DO UPDATE SET token_hash = EXCLUDED.token_hash, expires_at = EXCLUDED.expires_at`,
    [hashToken(token), VALID],
  );
  return `${config.publicUrl}/setup?token=${token}`;
}
