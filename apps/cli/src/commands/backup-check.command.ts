import { backupSource, checkBackups } from '@daodi/backup';
import { lastEntry } from '../backup/last-entry';
import type { Command } from '../command';

/** Reads backups to their end without a database: every check, every entry's digest, the order of the files. */
export const backupCheck: Command = {
  words: 'backup check',
  operands: 'FILE|- [INCREMENTAL…]',
  zh: '检查备份是否完好:逐块校验,逐条重算摘要',
  en: 'check that backups are whole: every block, every entry’s digest computed anew, their order',
  async run(files) {
    if (files.length === 0) return 2;
    const { header, digest, entries, withoutBody, rows } = await checkBackups(files.map(backupSource));
    const { zh, en } = lastEntry(header);
    process.stdout.write(`完好 / whole\t${zh} / ${en}\n`);
    process.stdout.write(`记录 / entries\t${entries}\t已删除内容 / erased\t${withoutBody}\n`);
    for (const [table, count] of Object.entries(rows)) process.stdout.write(`${table}\t${count}\n`);
    process.stdout.write(`sha256\t${digest}\n`);
    return 0;
  },
};
