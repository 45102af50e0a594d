import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { readLinkset } from '@daodi/gs1';
import { GroupAppender } from '@daodi/log';
import { createDataSource, StartFailure } from '@daodi/platform';
import { findOrganisation, linkRecords, seal, SYSTEM } from '@daodi/registry';
import type { DataSource } from 'typeorm';
import { PROJECTIONS } from '../../../api/src/projections';
import type { Command } from '../command';
import { withDatabase } from '../with-database';

/**
 * Loads a linkset (RFC 9264, JSON) for an organisation, by default the operator; anchors are Digital Links on any host. Links
 * that are there already are left, none is taken away; a default that leads elsewhere takes the place of the one before.
 */
export const linksImport: Command = {
  words: 'links import',
  operands: 'FILE|- [ORGANISATION]',
  zh: '导入 RFC 9264 链接集(默认归运营者);已有的保留,不删除任何链接',
  en: 'load an RFC 9264 linkset, for the operator unless another is named; what is there stays',
  async run([file, code = 'operator', ...more]) {
    if (file === undefined || more.length > 0) return 2;
    const { links, faults } = readLinkset(JSON.parse((file === '-' ? await buffer(process.stdin) : await readFile(file)).toString('utf8')));
    for (const { pointer, message } of faults) process.stderr.write(`${pointer}: ${message.zh} / ${message.en}\n`);
    if (faults.length > 0) return 1;
    const added = await withDatabase(async ({ serviceUrl }) => {
      const dataSource = await createDataSource({ url: serviceUrl, poolMax: 2, applicationName: 'daodi links import' }).initialize();
      try {
        return await load(dataSource, code, links);
      } finally {
        await dataSource.destroy();
      }
    });
    process.stdout.write(`${added}\n`);
    process.stderr.write(`${links.length} 条链接,新增 ${added} 条 / ${links.length} links, ${added} of them new\n`);
    return 0;
  },
};

async function load(dataSource: DataSource, code: string, links: Parameters<typeof linkRecords>[1]): Promise<number> {
  const organisation = await findOrganisation(dataSource, code);
  // Before there is an operator it is the installation itself that says so.
  const organisationId = organisation?.id ?? (code === 'operator' ? SYSTEM.id : undefined);
  if (organisationId === undefined) throw new StartFailure({ zh: `没有简码为 ${code} 的组织。`, en: `There is no organisation with the code ${code}.` });
  const appender = new GroupAppender(dataSource, { projections: PROJECTIONS, ring: () => undefined });
  let added = 0;
  await appender.append({
    decide: async (tx) => {
      const drafts = await linkRecords(tx, links);
      added = drafts.length;
      return seal({ organisationId, actor: SYSTEM, provenance: 'import', requestId: randomUUID(), capturedTime: new Date().toISOString() }, drafts);
    },
    respond: () => ({ status: 200, body: null }),
  });
  return added;
}
