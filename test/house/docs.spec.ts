/** What the documents name exists: a page that names a function which is gone teaches wrongly. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const decisions = readdirSync(join(ROOT, 'docs', 'decisions'));
const documents = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'docs/ARCHITECTURE.md', 'docs/GLOSSARY.md', 'docs/FIRST-BATCH.md', 'docs/FIRST-BATCH.zh-CN.md', 'docs/OPERATING.md', 'docs/OPERATING.zh-CN.md', 'docs/PERFORMANCE.md', 'docs/RULES.md', ...decisions.map((file) => `docs/decisions/${file}`)];
const textOf = (document: string): string => readFileSync(join(ROOT, document), 'utf8');
/** Code spans outside of code blocks. */
const spansOf = (document: string): string[] => [...textOf(document).replace(/^```[^]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span as string);

const code = ['apps', 'libs', 'seeds', 'bench', 'test'].flatMap((folder) => [...filesBelow(join(ROOT, folder))]).filter((path) => /\.(tsx?|mjs)$/.test(path));
const names = new Set(code.flatMap((path) => readFileSync(path, 'utf8').match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []));
/** Folders that come to be when something is run, and are no part of a checkout. */
const made = textOf('.gitignore').split('\n').filter((line) => line.endsWith('/'));
const files = new Set(code.map((path) => path.split('/').at(-1)));

describe.each(documents)('%s', (document) => {
  it('names paths that are there', () => {
    const paths = spansOf(document).filter((span) => /^(apps|libs|seeds|bench|test|docs|\.ci)\/[\w./-]+$/.test(span));
    expect(paths.filter((path) => !existsSync(join(ROOT, path)) && !made.includes(path))).toEqual([]);
  });
  it('links to files that are there', () => {
    const links = [...textOf(document).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link as string);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
  });
  it('names functions, classes and files of the code', () => {
    const named = spansOf(document).filter((span) => /^(@?[A-Za-z]+(\.[A-Za-z]+)?(\([^)]*\))?|[a-z-]+\.[a-z.]+\.?ts)$/.test(span));
    const unknown = named.filter((span) => {
      if (span.endsWith('.ts')) return !files.has(span);
      const words = span.replace(/^@|\(.*$/g, '').split('.');
      // Words of the standards and of the shell stand in code spans too; only what looks like a name of ours is checked.
      return words.some((word) => /[a-z][A-Z]|^[A-Z][a-z]+[A-Z]/.test(word) && !names.has(word));
    });
    expect(unknown).toEqual([]);
  });
});

it('every decision says why, what, at what cost, and when to reopen it', () => {
  expect(decisions.length).toBeGreaterThan(5);
  const lacking = decisions.filter((file) => !['**Context.**', '**Decision.**', '**Cost.**', '**Reopen when**'].every((part) => textOf(`docs/decisions/${file}`).includes(part)));
  expect(lacking).toEqual([]);
});

it('the READMEs name every setting there is, and no other', () => {
  const settings = new Set(textOf('libs/platform/src/config.ts').match(/\b(DAODI_[A-Z_]+|OTEL_[A-Z_]+|DATABASE_URL|REDIS_URL)\b/g) ?? []);
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    const named = new Set(textOf(readme).match(/\b(DAODI_[A-Z_]+|OTEL_[A-Z_]+|DATABASE_URL|REDIS_URL)\b/g) ?? []);
    expect([...named].sort()).toEqual([...settings].sort());
  }
});
