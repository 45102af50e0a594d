import { createDataSource, StartFailure } from '@daodi/platform';
import { findOrganisation, makeOwnerLink, OWNER_LINK_HOURS, ownersOf } from '@daodi/registry';
import type { DataSource } from 'typeorm';
import type { Command } from '../command';
import { withDatabase } from '../with-database';

/**
 * For whoever has access to the machine: prints a one-time link by which an owner who cannot sign in sets a new
 * password, or, with `--new` or where there is no owner left, a new owner comes in. Whether it was used stands in the
 * log.
 */
export const resetOwnerCommand: Command = {
  words: 'reset-owner',
  operands: 'ORGANISATION [LOGIN|--new]',
  zh: '为不能登录的组织负责人给出一次性链接(重设密码或新建负责人);运营者可写 operator',
  en: 'a one-time link by which an owner sets a new password, or a new owner comes in; operator names the operator',
  async run([organisation, who, ...more]) {
    if (organisation === undefined || more.length > 0) return 2;
    const link = await withDatabase(async ({ serviceUrl }, config) => {
      const dataSource = await createDataSource({ url: serviceUrl, poolMax: 2, applicationName: 'daodi reset-owner' }).initialize();
      try {
        return await makeLink(dataSource, config, organisation, who);
      } finally {
        await dataSource.destroy();
      }
    });
    process.stdout.write(`${link}\n`);
    process.stderr.write(`此链接 ${OWNER_LINK_HOURS} 小时内有效,只能使用一次;使用后会留下记录。\nThis link works once, within ${OWNER_LINK_HOURS} hour; its use is recorded.\n`);
    return 0;
  },
};

const NO_OPERATOR = new StartFailure({
  zh: '此安装还没有运营者。请用 daodi operator-link 得到首次设置的链接。',
  en: 'This installation has no operator yet. daodi operator-link gives the link that sets it up.',
});

async function makeLink(db: DataSource, config: { readonly publicUrl: string }, code: string, who: string | undefined): Promise<string> {
  const organisation = await findOrganisation(db, code);
  if (organisation === undefined && code === 'operator') throw NO_OPERATOR;
  if (organisation === undefined) throw new StartFailure({ zh: `没有简码为 ${code} 的组织。`, en: `There is no organisation with the code ${code}.` });
  const owners = await ownersOf(db, organisation.id);
  if (who === '--new' || (who === undefined && owners.length === 0)) return makeOwnerLink(db, config, organisation.id);
  const chosen = who === undefined ? (owners.length === 1 ? owners[0] : undefined) : owners.find(({ login }) => login === who.toLowerCase());
  if (chosen !== undefined) return makeOwnerLink(db, config, organisation.id, chosen.id);
  const logins = owners.map(({ login }) => login).join(', ') || '–';
  throw new StartFailure({
    zh: `请指明 ${organisation.code} 的一名负责人:${logins};或用 --new 新建一名。`,
    en: `Name one of the owners of ${organisation.code}: ${logins}; or make a new one with --new.`,
  });
}
