import { parseArgs } from 'node:util';
import { backupSource, readErasureList, type Restored } from '@daodi/backup';
import { StartFailure } from '@daodi/platform';
import { lastEntry } from '../backup/last-entry';
import { restoreInto } from '../backup/restore-into';
import type { Command } from '../command';
import { withDatabaseAlone } from '../with-database';

/** Restores into an empty database. Exit code 1 if a table came out otherwise than the backup's digest says. */
export const restoreCommand: Command = {
  words: 'restore',
  operands: 'FILE|- [INCREMENTAL…] [--erasures LIST]',
  zh: '恢复到空数据库(先停止产品);--erasures 再次执行备份之后的删除',
  en: 'restore into an empty database, the product stopped; --erasures: erase once more what was erased after the backup',
  async run(operands) {
    const { values, positionals: files } = parseArgs({ args: [...operands], allowPositionals: true, options: { erasures: { type: 'string' } } });
    if (files.length === 0) return 2;
    const erasures = values.erasures === undefined ? undefined : await readErasureList(values.erasures);
    const restored = await withDatabaseAlone(({ ownerUrl, serviceUrl, resolverUrl }) => {
      if (ownerUrl === undefined) throw NO_OWNER;
      return restoreInto(ownerUrl, [serviceUrl, resolverUrl], files.map(backupSource), { erasures });
    });
    for (const line of linesOf(restored)) process.stdout.write(`${line}\n`);
    return restored.different.length === 0 ? 0 : 1;
  },
};

function* linesOf({ header, erasures, compared, different }: Restored): Generator<string> {
  const { zh, en } = lastEntry(header);
  yield `已恢复 / restored\t${zh} / ${en}`;
  yield `此后的记录不在其中 / nothing recorded after ${header.lastRecordTime ?? header.createdAt} is in it`;
  if (erasures === undefined) yield `未给出删除清单:${header.createdAt} 之后删除的内容又在其中 / no list of erasures was given: whatever was erased after ${header.createdAt} is back`;
  else yield `删除 / erasures\t再次执行 / again ${erasures.again}\t备份前已删 / before ${erasures.already}\t不在备份中 / not in it ${erasures.absent}`;
  if (compared.length > 0 && different.length === 0) yield `一致 / equal\t${compared.length} 个表 / tables\t${compared.reduce((sum, { rows }) => sum + rows, 0)} 行 / rows`;
  for (const table of different) yield `不同 / different\t${table}`;
}

const NO_OWNER = new StartFailure({
  zh: '恢复需要数据库所有者的地址,请设置 DAODI_DATABASE_OWNER_URL。',
  en: 'A restore needs the database owner: set DAODI_DATABASE_OWNER_URL.',
});
