import { createDataSource } from '@daodi/platform';
import { operatorLink } from '@daodi/registry';
import type { Command } from '../command';
import { withDatabase } from '../with-database';

/** Prints the one-time link by which a new installation gets its operator; `npm start` prints it by itself, the processes of a deployment do not. */
export const operatorLinkCommand: Command = {
  words: 'operator-link',
  operands: '',
  zh: '输出运营方首次设置的一次性链接(24 小时内有效,先前的链接随即失效)',
  en: 'print the one-time link that sets up the operator, valid for 24 hours; an earlier link stops working',
  async run(operands) {
    if (operands.length > 0) return 2;
    const link = await withDatabase(async ({ serviceUrl }, config) => {
      const dataSource = await createDataSource({ url: serviceUrl, poolMax: 2, applicationName: 'daodi operator-link' }).initialize();
      try {
        return await operatorLink(dataSource, config);
      } finally {
        await dataSource.destroy();
      }
    });
    if (link === undefined) {
      process.stderr.write('已有运营方 / there is an operator already\n');
      return 1;
    }
    process.stdout.write(`${link}\n`);
    return 0;
  },
};
