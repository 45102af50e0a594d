import type { Command } from '../command';
import type { Check } from '../doctor/check';
import { examine } from '../doctor/examine';

const MARK: Readonly<Record<Check['state'], string>> = { ok: '✓', warning: '!', wrong: '✗' };

/** Looks at an installation and says what is wrong in plain words. Exit code 1 if something is; warnings are none. */
export const doctorCommand: Command = {
  words: 'doctor',
  operands: '[--json]',
  zh: '检查安装,用白话说明哪里不对',
  en: 'look at the installation and say in plain words what is wrong',
  async run(operands) {
    const isJson = operands[0] === '--json';
    if (operands.length > (isJson ? 1 : 0)) return 2;
    const checks = await examine();
    process.stdout.write(isJson ? `${JSON.stringify({ checks }, null, 2)}\n` : `${checks.flatMap(linesOf).join('\n')}\n`);
    return checks.some(({ state }) => state === 'wrong') ? 1 : 0;
  },
};

function linesOf({ state, name, said, todo }: Check): string[] {
  const advice = todo === undefined ? [] : todo.zh === todo.en ? [`    → ${todo.en}`] : [`    → ${todo.zh}`, `    → ${todo.en}`];
  return said.zh === said.en ? [`${MARK[state]} ${name}  ${said.en}`, ...advice] : [`${MARK[state]} ${name}  ${said.zh}`, `  ${' '.repeat(name.length)}  ${said.en}`, ...advice];
}
