import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { hashDocument } from '@daodi/epcis';
import type { Command } from '../command';
import { printFaults } from '../print-faults';

/** Prints one event hash per line, in document order; nothing at all if one event cannot be hashed. */
export const epcisHash: Command = {
  words: 'epcis hash',
  operands: 'FILE|-',
  zh: '逐行输出每个事件的 CBV 2.0 事件哈希',
  en: 'print the CBV 2.0 hash of each event, one a line',
  async run([file, ...more]) {
    if (file === undefined || more.length > 0) return 2;
    const reading = hashDocument(file === '-' ? await buffer(process.stdin) : await readFile(file));
    if (!reading.ok) {
      printFaults(reading.faults);
      return 1;
    }
    for (const hash of reading.hashes) process.stdout.write(`${hash}\n`);
    return 0;
  },
};
