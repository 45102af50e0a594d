/** What a person at the terminal reads. Requests are logged to a file; this goes to standard output. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@daodi/platform';

/** One line while something takes a moment. */
export function progress(zh: string, en: string): void {
  process.stdout.write(`… ${zh} / ${en}\n`);
}

/** Something went wrong that does not end the product. */
export function complain(zh: string, en: string, error: unknown): void {
  process.stderr.write(`${zh} / ${en}: ${error instanceof Error ? error.message : String(error)}\n`);
}

/** What there is to say when the product is ready. */
export interface Ready {
  readonly config: Config;
  readonly isDemo: boolean;
  readonly docsPath: string;
  readonly operatorLink?: string;
  /** Whether the demo's season is played while the product serves already. */
  readonly isSeasonComing?: boolean;
}

/** Says where to go, and where the passwords are (never what they are). */
export function whereToGo({ config, isDemo, docsPath, operatorLink, isSeasonComing = false }: Ready): void {
  const credentials = join(config.dataFolder, 'demo-credentials.json');
  const lines = [
    '',
    isDemo ? '道地已就绪(演示) / Daodi is ready (demo)' : '道地已就绪 / Daodi is ready',
    `  地址 / address      ${config.publicUrl}/`,
    `  接口 / API          ${config.publicUrl}${docsPath}`,
    ...(isDemo && existsSync(credentials) ? [`  账号 / sign-ins     ${credentials}`] : []),
    `  日志 / log          ${join(config.dataFolder, 'daodi.log')}`,
    ...(operatorLink === undefined ? [] : [`  首次设置(一次性) / set up, once:`, `    ${operatorLink}`, ...onThisMachine(operatorLink, config)]),
    ...(isSeasonComing ? ['  演示季正在补录,进度见下 / the demo season is being played in, see below'] : []),
    '  按 Ctrl-C 停止 / Ctrl-C stops it',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The same link by an address this machine reaches whatever the world does: the public one may lead nowhere yet. */
function onThisMachine(link: string, { isPublicUrlLoopback, publicUrl, port, tls }: Config): string[] {
  if (isPublicUrlLoopback) return [];
  return ['  在本机打开 / on this machine:', `    ${tls === undefined ? 'http' : 'https'}://localhost:${port}${link.slice(publicUrl.length)}`];
}
