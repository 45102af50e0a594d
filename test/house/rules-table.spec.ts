/** The table of rules in the documents is that of the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RULES } from '../../libs/quality/src';
import { rulesTable, writtenRules } from './rules-table';

const TABLE = resolve(__dirname, '..', '..', 'docs', 'RULES.md');

it('every rule says above it, in a docstring, what it finds', () => {
  const written = writtenRules();
  expect(RULES.filter(({ name }) => (written.get(name)?.docstring.length ?? 0) < 20).map(({ name }) => name)).toEqual([]);
  expect([...written.keys()].filter((name) => !RULES.some((rule) => rule.name === name))).toEqual([]);
});

it('docs/RULES.md is what the rules are (npm run rules-table writes it anew)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(TABLE, rulesTable());
  expect(readFileSync(TABLE, 'utf8')).toBe(rulesTable());
});
