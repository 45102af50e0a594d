import { mkdirSync } from 'node:fs';
import { createDataSource, decideInstallation, hasReached, reach, StartFailure } from '@daodi/platform';
import { operatorLink } from '@daodi/registry';
import { DEMO_SEASON, findDemo } from '../../../standalone/src/first-run';
import type { Command } from '../command';
import { withDatabase } from '../with-database';

/**
 * Plays the demonstration against a product that is running somewhere, through its public API; `npm start` does it by
 * itself. The database is only asked whether it is a demo's, and for the operator's one-time link. Cut off, it may be
 * called again with the same DAODI_DATA, where sign-ins and keys are kept.
 */
export const demoPlay: Command = {
  words: 'demo play',
  operands: '[URL]',
  zh: '向正在运行的演示系统(URL,缺省为 DAODI_PUBLIC_URL)演示一季',
  en: 'play the demonstration against the running product at URL (default DAODI_PUBLIC_URL)',
  async run([url, ...more]) {
    if (more.length > 0 || (url !== undefined && !URL.canParse(url))) return 2;
    return withDatabase(async ({ serviceUrl }, config) => {
      const { isDemo } = await decideInstallation(serviceUrl, config.demo, false);
      const demo = await findDemo();
      if (!isDemo || demo === undefined) throw NO_DEMO;
      if (await hasReached(serviceUrl, DEMO_SEASON)) return 0;
      mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
      const dataSource = await createDataSource({ url: serviceUrl, poolMax: 2, applicationName: 'daodi demo' }).initialize();
      try {
        await demo.playDemo({ baseUrl: url ?? config.publicUrl, dataFolder: config.dataFolder, operatorLink: () => operatorLink(dataSource, config), progress: show });
      } finally {
        await dataSource.destroy();
      }
      await reach(serviceUrl, DEMO_SEASON);
      return 0;
    });
  },
};

function show(done: number, acts: number): void {
  if (done % 25 === 0 || done === acts) process.stderr.write(`${done}/${acts}\n`);
}

const NO_DEMO = new StartFailure({
  zh: '此数据库不是演示数据库;演示数据库在新建时以 DAODI_DEMO=on 建立。',
  en: 'This database is not a demonstration; it becomes one when it is created with DAODI_DEMO=on.',
});
