import 'reflect-metadata';
import type { Command } from './command';
import { COMMANDS } from './commands';

/** Runs the command its arguments name and ends the process with its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await run(args);
}

async function run(args: readonly string[]): Promise<number> {
  const wants = args[0] === undefined || ['help', '--help', '-h'].includes(args[0]);
  if (wants) return help(process.stdout);
  const found = COMMANDS.map((entry) => ({ ...entry, length: entry.words.split(' ').length })).find(
    ({ words, length }) => args.slice(0, length).join(' ') === words,
  );
  if (found === undefined) {
    process.stderr.write(`没有此命令 / no such command: ${args.join(' ')}\n\n`);
    help(process.stderr);
    return 2;
  }
  const command = found.load();
  try {
    const code = await command.run(args.slice(found.length));
    if (code === 2) process.stderr.write(`${lineOf(command)}\n`);
    return code;
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) {
      process.stderr.write(`${(error as Error).message}\n${lineOf(command)}\n`);
      return 2;
    }
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

function help(stream: NodeJS.WritableStream): number {
  const commands = COMMANDS.map(({ load }) => load());
  stream.write(`daodi COMMAND\n\n${commands.map((command) => `  ${lineOf(command)}`).join('\n')}\n  help\n      本页 / this page\n`);
  return 0;
}

function lineOf({ words, operands, zh, en }: Command): string {
  return `${`${words} ${operands}`.trim()}\n      ${zh} / ${en}`;
}

/** A sentence for what a person can put right; for anything else also where it arose. */
function messageOf(error: unknown): string {
  const { name, code, message, stack } = error as NodeJS.ErrnoException;
  if (name === 'StartFailure') return message;
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return message;
  return stack ?? String(error);
}
