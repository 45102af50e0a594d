import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backupSource, readName, writeBackup, writeFileWhole } from '@daodi/backup';
import { StartFailure } from '@daodi/platform';
import { PROJECTIONS } from '../../../api/src/projections';
import { FOLLOWERS_HERE } from '../../../worker/src/followers';
import { lastEntry } from '../backup/last-entry';
import { refuseUnmigrated } from '../backup/refuse-unmigrated';
import type { Command } from '../command';
import { OWN_STATE } from '../own-state';
import { progressOf, tell } from '../tell';
import { connected, withDatabase } from '../with-database';

/** Takes a backup while everything runs: one snapshot, as one checked, compressed stream. */
export const backupCommand: Command = {
  words: 'backup',
  operands: 'FILE|- [--since EARLIER] [--digests]',
  zh: '备份(运行中亦可);--since 只存此前备份之后的部分;--digests 附各表摘要,恢复时核对',
  en: 'take a backup, also of a running product; --since: only what came after an earlier one; --digests: with digests of all tables, compared at restore',
  async run(operands) {
    const { values, positionals } = parseArgs({ args: [...operands], allowPositionals: true, options: { since: { type: 'string' }, digests: { type: 'boolean' } } });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return 2;
    // A backup is never written over another: that one may be what an incremental one goes on from.
    if (file !== '-' && existsSync(file)) throw taken(file);
    const earlier = values.since === undefined ? undefined : await readName(backupSource(values.since));
    const since = earlier && { ...earlier.header, digest: earlier.digest };
    const { header } = await withDatabase(async ({ ownerUrl, serviceUrl }) => {
      await refuseUnmigrated(serviceUrl);
      return connected(ownerUrl ?? serviceUrl, 'backup', (dataSource) => {
        const digestsOf = values.digests ? { projections: PROJECTIONS, followers: FOLLOWERS_HERE } : undefined;
        const plan = { state: OWN_STATE, since, digestsOf, told: progressOf('已备份', 'backed up') };
        return writeFileWhole(file, (sink) => writeBackup(dataSource, plan, sink));
      });
    });
    const { zh, en } = lastEntry(header);
    const size = file === '-' ? '' : `${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB, `;
    tell({ zh: `${size}从第 ${header.from} 条起;${zh}`, en: `from entry ${header.from}; ${en}` });
    return 0;
  },
};

const taken = (file: string) => new StartFailure({ zh: `${file} 已存在,请另取文件名。`, en: `${file} exists already; name another file.` });
