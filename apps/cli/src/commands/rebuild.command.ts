import { rebuild } from '@daodi/log';
import { createDataSource } from '@daodi/platform';
import { PROJECTIONS } from '../../../api/src/projections';
import { FOLLOWERS_HERE } from '../../../worker/src/followers';
import type { Command } from '../command';
import { withDatabase } from '../with-database';

/**
 * Makes projections anew from the first entry and shows, for each table, whether its rows came out byte for byte as
 * they were. Exit code 1 if any did not: then what was there before was wrong, or the code has changed.
 */
export const rebuildCommand: Command = {
  words: 'rebuild',
  operands: 'all|NAME',
  zh: '从第一条记录重建投影,并核对结果是否逐字节一致',
  en: 'make projections anew from the first entry and compare them byte for byte',
  async run([name, ...more]) {
    if (name === undefined || more.length > 0) return 2;
    const names = [...PROJECTIONS, ...FOLLOWERS_HERE].map((part) => part.name);
    if (name !== 'all' && !names.includes(name)) {
      process.stderr.write(`没有名为 ${name} 的投影;可选 / there is no ${name}; there are: all, ${names.join(', ')}\n`);
      return 1;
    }
    const rebuilt = await withDatabase(async ({ ownerUrl, serviceUrl }) => {
      const dataSource = await createDataSource({ url: ownerUrl ?? serviceUrl, poolMax: 4, applicationName: 'daodi rebuild' }).initialize();
      try {
        return await rebuild(dataSource, PROJECTIONS, FOLLOWERS_HERE, name);
      } finally {
        await dataSource.destroy();
      }
    });
    let areEqual = true;
    for (const part of rebuilt) {
      for (const { table, rows, before, after } of part.tables) {
        areEqual &&= before === after;
        process.stdout.write(`${part.name}\t${table}\t${rows}\t${after}\t${before === after ? 'equal' : `was ${before}`}\n`);
      }
    }
    return areEqual ? 0 : 1;
  },
};
