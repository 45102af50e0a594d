/**
 * Compiles apps/, libs/, seeds/, bench/ and test/prove/ to dist/ and writes beside them the alias packages by which
 * compiled code finds `@daodi/<lib>`. Data files (JSON, SQL, text) are copied as they are.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, 'dist');
const STAMP = '.built-from';
const SOURCES = ['apps', 'libs', 'seeds', 'bench', join('test', 'prove')];
/** Neither compiled nor copied. */
const LEFT_OUT = /\.spec\.tsx?$|\.d\.ts$|\.mjs$|\.md$/;

function* files(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'console') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (!LEFT_OUT.test(entry.name)) yield path;
  }
}

const sources = () => SOURCES.flatMap((top) => [...files(join(root, top))]).sort();

/** A digest of all that is compiled, so that an unchanged tree starts without building again. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const path of [...sources(), join(root, 'swc.config.cjs'), join(root, 'package-lock.json'), fileURLToPath(import.meta.url)]) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Whether dist/ is what the sources say. */
export function isBuilt() {
  const stamp = join(out, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** Builds beside dist/ and puts the result in its place when it is whole. Several processes may do so at once. */
export function build() {
  const stamp = fingerprint();
  const unfinished = join(root, `dist.${process.pid}.new`);
  const replaced = join(root, `dist.${process.pid}.old.new`);
  try {
    compile(unfinished);
    writeFileSync(join(unfinished, STAMP), stamp);
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (existsSync(out)) renameSync(out, replaced);
        renameSync(unfinished, out);
        return;
      } catch (error) {
        // Another process was quicker with one of the two moves: what it put there is as good as ours.
        if (isBuilt()) return;
        if (attempt === 20) throw error;
      } finally {
        rmSync(replaced, { recursive: true, force: true });
      }
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function compile(target) {
  const require = createRequire(join(root, 'package.json'));
  const { transformFileSync } = require('@swc/core');
  const options = require('./swc.config.cjs');
  for (const path of sources()) {
    const file = join(target, relative(root, path));
    mkdirSync(dirname(file), { recursive: true });
    if (/\.tsx?$/.test(file)) writeFileSync(file.replace(/\.tsx?$/, '.js'), transformFileSync(path, options).code);
    else cpSync(path, file);
  }
  for (const lib of readdirSync(join(root, 'libs'))) {
    const alias = join(target, 'node_modules', '@daodi', lib);
    mkdirSync(alias, { recursive: true });
    writeFileSync(join(alias, 'index.js'), `module.exports = require('../../../libs/${lib}/src/index.js');\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (isBuilt()) console.log('nothing changed since the last build');
  else {
    build();
    console.log('built');
  }
}
