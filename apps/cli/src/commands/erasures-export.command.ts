import { listErasures, updateErasureList, writeErasureList, writeFileWhole } from '@daodi/backup';
import type { Command } from '../command';
import { tell } from '../tell';
import { connected, withDatabase } from '../with-database';

/** Writes the list of all erasures, or brings one up to date: kept apart from the backups, it keeps an old one from bringing back what was erased since. */
export const erasuresExport: Command = {
  words: 'erasures export',
  operands: 'FILE|-',
  zh: '导出全部删除的清单(与备份分开保存,恢复时用 --erasures)',
  en: 'write the list of all erasures; keep it apart from the backups, for restore --erasures',
  async run([file, ...more]) {
    if (file === undefined || more.length > 0) return 2;
    const count = await withDatabase(({ serviceUrl }) =>
      connected(serviceUrl, 'erasures', async (dataSource) => {
        if (file === '-') return writeFileWhole(file, (sink) => writeErasureList(listErasures(dataSource), sink));
        return (await updateErasureList(dataSource, file)).count;
      }),
    );
    tell({ zh: `删除 ${count} 项`, en: `${count} erasures` });
    return 0;
  },
};
