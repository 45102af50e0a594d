import { backupSource, type Comparison, compareBackups } from '@daodi/backup';
import { lastEntry } from '../backup/last-entry';
import { refuseUnmigrated } from '../backup/refuse-unmigrated';
import type { Command } from '../command';
import { connected, withDatabase } from '../with-database';

/** Says where a backup ends and what the live database has beyond it. Exit code 1 if the two tell different histories. */
export const backupCompare: Command = {
  words: 'backup compare',
  operands: 'FILE|- [INCREMENTAL…]',
  zh: '与现有数据库比较:备份止于何处,缺哪一段,重叠部分是否一致',
  en: 'compare with the live database: where the backup ends, which range it lacks, whether both agree on the rest',
  async run(files) {
    if (files.length === 0) return 2;
    const comparison = await withDatabase(async ({ serviceUrl }) => {
      await refuseUnmigrated(serviceUrl);
      return connected(serviceUrl, 'backup compare', (dataSource) => compareBackups(dataSource, files.map(backupSource)));
    });
    for (const line of linesOf(comparison)) process.stdout.write(`${line}\n`);
    return comparison.firstDifferent === undefined && comparison.isSameInstallation ? 0 : 1;
  },
};

function* linesOf({ header, isSameInstallation, missingFromBackup, missingHere, overlapping, firstDifferent }: Comparison): Generator<string> {
  const { zh, en } = lastEntry(header);
  yield `备份 / backup\t${zh} / ${en}`;
  if (!isSameInstallation) yield '不同 / different\t备份属于另一套系统 / the backup is of another installation';
  if (firstDifferent === undefined) yield `一致 / agree\t${overlapping} 条 / entries`;
  else yield `不同 / different\t从第 ${firstDifferent} 条起历史不同 / the histories part at entry ${firstDifferent}`;
  if (missingFromBackup !== undefined) {
    const { from, to, fromTime, toTime, entries, byType } = missingFromBackup;
    yield `备份缺 / the backup lacks\t${from}–${to}\t${entries} 条 / entries\t${fromTime} – ${toTime}`;
    for (const { type, entries: count } of byType) yield `  ${type}\t${count}`;
  }
  if (missingHere !== undefined) yield `数据库缺 / the database lacks\t${missingHere.from}–${missingHere.to}`;
  if (missingFromBackup === undefined && missingHere === undefined) yield '备份不缺 / the backup lacks nothing';
}
