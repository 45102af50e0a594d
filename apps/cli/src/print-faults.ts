import type { Fault } from '@daodi/epcis';

/** Shows what is wrong with a file, one fault a line: where, which rule, what would be right. */
export function printFaults(faults: readonly Fault[]): void {
  for (const { pointer, rule, detail } of faults) process.stderr.write(`${pointer || '/'}\t${rule}\t${detail.zh} / ${detail.en}\n`);
}
