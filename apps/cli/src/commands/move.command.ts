import { parseArgs } from 'node:util';
import type { Restored } from '@daodi/backup';
import { readConfig, StartFailure } from '@daodi/platform';
import { lastEntry } from '../backup/last-entry';
import type { Command } from '../command';
import { moveDatabase } from '../move/move-database';
import { saveSettings, serverTarget } from '../move/server-target';
import { withDatabaseAlone, withEmbeddedAlone } from '../with-database';

/** Moves everything to a server or back, the product stopped, and shows that every table came out the same. */
export const moveCommand: Command = {
  words: 'move',
  operands: '--to SERVER_URL|embedded',
  zh: '把全部数据移到 PostgreSQL 服务器(给出所有者或管理员的地址),或移回自带数据库;先停止产品',
  en: 'move everything to a PostgreSQL server (URL of its owner or administrator) or back into the built-in one, the product stopped',
  async run(operands) {
    const { values } = parseArgs({ args: [...operands], options: { to: { type: 'string' } } });
    if (values.to === undefined) return 2;
    if (values.to === 'embedded') return toEmbedded();
    if (!/^postgres(ql)?:\/\//.test(values.to) || !URL.canParse(values.to)) return 2;
    return toServer(values.to);
  },
};

async function toServer(url: string): Promise<number> {
  const { restored, file } = await withDatabaseAlone(async (source, { dataFolder }) => {
    const target = await serverTarget(url);
    // Saved first: whatever happens next, the passwords of roles just made are not lost.
    const saved = saveSettings(dataFolder, target);
    return { restored: await moveDatabase(source, target.urls), file: saved };
  });
  say(restored, [
    `地址与密码在 ${file}(仅本用户可读)。启动前设置其中的变量,例如:set -a; . ${file}; set +a; npm start`,
    `addresses and passwords are in ${file} (readable by this user only). Set what it holds before the next start, for instance: set -a; . ${file}; set +a; npm start`,
  ]);
  return 0;
}

async function toEmbedded(): Promise<number> {
  const config = readConfig();
  const { database: source, dataFolder } = config;
  if (source === undefined) throw NO_SERVER;
  const restored = await withEmbeddedAlone(config, (target) => moveDatabase(source, target));
  say(restored, [
    `数据在 ${dataFolder}。去掉 DATABASE_URL 等变量后 npm start 即使用它`,
    `the data is in ${dataFolder}. Start without DATABASE_URL and its companions to use it`,
  ]);
  return 0;
}

function say({ header, compared }: Restored, [zhNext, enNext]: readonly [string, string]): void {
  const { zh, en } = lastEntry(header);
  const lines = [
    ...compared.map(({ table, rows }) => `${table}\t${rows}\tequal`),
    `已移动 / moved\t${zh} / ${en}`,
    `一致 / equal\t${compared.length} 个表 / tables\t${compared.reduce((sum, { rows }) => sum + rows, 0)} 行 / rows`,
    '来源未改动,请在确认新库可用后再删除 / the source was left as it is; remove it when the new one serves you',
    zhNext,
    enNext,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const NO_SERVER = new StartFailure({
  zh: '移回自带数据库时,请用 DATABASE_URL 和 DAODI_DATABASE_OWNER_URL 指明来源,用 DAODI_DATA 指明一个新目录。',
  en: 'To move back, name the source with DATABASE_URL and DAODI_DATABASE_OWNER_URL, and a new folder with DAODI_DATA.',
});
