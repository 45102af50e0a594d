/**
 * The table of rules in the documents, made from the rules themselves: their names, severities and titles as they run,
 * and the first words of each as they stand above it in the code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RULES } from '../../libs/quality/src';

const ROOT = resolve(__dirname, '..', '..');
const FOLDER = 'libs/quality/src/rules';
const SEVERITY = { blocking: '拦截 blocking', warning: '预警 warning', note: '提示 note' } as const;

/** What stands above a rule in the code, and in which file; empty where nothing does. */
export interface WrittenRule {
  readonly file: string;
  readonly docstring: string;
}

/** Every rule as it is written, by its name. */
export function writtenRules(): Map<string, WrittenRule> {
  const rules = new Map<string, WrittenRule>();
  for (const file of readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith('.rules.ts')).sort()) {
    const text = readFileSync(join(ROOT, FOLDER, file), 'utf8');
    for (const [, before, name] of text.matchAll(/((?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?)export const \w+: Rule = \{\n\s+name: '([a-z-]+)'/g)) {
      const docstring = (before as string).replace(/^\/\*\*|\*\/$/gm, '').replace(/^\s*\* ?/gm, '').replace(/\s+/g, ' ').replace(/\{@link (\w+)\}/g, '$1').trim();
      rules.set(name as string, { file, docstring });
    }
  }
  return rules;
}

const inTable = (text: string): string => text.replace(/\|/g, '\\|');

/** `docs/RULES.md` as it has to be. */
export function rulesTable(): string {
  const written = writtenRules();
  const rows = RULES.map(({ name, version, severity, title }) => {
    const { file, docstring } = written.get(name) ?? { file: '?', docstring: '' };
    return `| \`${name}\` | ${SEVERITY[severity]} | ${inTable(title.zh)}<br>${inTable(title.en)} | ${inTable(docstring)} | ${version} | [${file}](../${FOLDER}/${file}) |`;
  });
  return `# 规则 Rules

What histories are judged by. Made from the code by \`npm run rules-table\`; not written by hand. 拦截 blocks a release and cannot
be overruled; 预警 is to be looked into, and two people can accept it; 提示 is merely unusual. An organisation can make a rule
stricter for itself, never milder. What a finding says, by which entries and of whom: decision
[0033](decisions/0033-a-finding-accuses-by-evidence.md). Missing reports, standards, traces and batch records are no findings but
reasons of the gate: \`libs/quality/src/releases/gate.ts\`.

| Rule | Severity | 名称 Title | What it finds, and by what | Version | Where |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
