import { createServer } from 'node:net';
import type { Config } from '../config';
import { StartFailure } from '../start-failure';

type Address = Pick<Config, 'port' | 'host'>;
/** The setting that names the port in question. */
type PortSetting = 'DAODI_PORT' | 'DAODI_HTTP_PORT';

/**
 * Finds out whether the port can be had before anything slow is begun.
 *
 * @throws StartFailure if it is taken or may not be used
 */
export async function refuseTakenPort({ port, host, httpPort }: Address & Pick<Config, 'httpPort'>): Promise<void> {
  await probePort({ port, host }, 'DAODI_PORT');
  if (httpPort !== undefined) await probePort({ port: httpPort, host }, 'DAODI_HTTP_PORT');
}

function probePort(address: Address, setting: PortSetting): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(listenFailure(error, address, setting) ?? error));
    probe.listen(address.port, address.host, () => probe.close(() => resolve()));
  });
}

/** An error of `listen` as a sentence; undefined for one nobody foresaw. */
export function listenFailure(error: unknown, { port, host }: Address, setting: PortSetting = 'DAODI_PORT'): StartFailure | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartFailure({
        zh: `端口 ${port} 已被其他程序占用。请关闭该程序,或用 ${setting} 指定另一个端口,例如 ${setting}=${port + 1} npm start。`,
        en: `Port ${port} is in use by another program. Stop it, or name another port: ${setting}=${port + 1} npm start.`,
      });
    case 'EACCES':
      return new StartFailure({
        zh: `当前用户无权使用端口 ${port}。请用 ${setting} 指定 1024 以上的端口。`,
        en: `This user may not use port ${port}. Name one above 1024 with ${setting}.`,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartFailure({
        zh: `本机没有地址 ${host}。请更正 DAODI_HOST。`,
        en: `This machine has no address ${host}. Correct DAODI_HOST.`,
      });
    default:
      return undefined;
  }
}

