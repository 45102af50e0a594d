import { buffer } from 'node:stream/consumers';
import { readFile } from 'node:fs/promises';
import { type Element, type Gs1Reading, readBracketed, readDigitalLinkUri, readElementString, readScanData, writeDigitalLinkUri } from '@daodi/gs1';
import type { Command } from '../command';

type Reader = (line: string) => Gs1Reading<{ elements: readonly Element[] }>;

/** What somebody meant as brackets, if perhaps not well: an element string holds FNC1 and no AI in brackets. */
const MEANT_AS_BRACKETS = /^$|^\(|^[0-9]{1,4}[()][^^]*$|^[^^]*\([0-9]{2,4}\)[^^]*$/;

/** Brackets as people write them, or an element string; what is neither is plain text, in which there are no elements. */
const element: Reader = (line) => {
  if (line.startsWith('^')) return readElementString(line);
  return MEANT_AS_BRACKETS.test(line) ? readBracketed(line) : { valid: true, elements: [] };
};

/** One input a line, one line of JSON each: what it says and its canonical Digital Link, or the first thing wrong with it. */
function reading(word: string, read: Reader, zh: string, en: string): Command {
  return {
    words: `gs1 ${word}`,
    operands: 'FILE|-',
    zh,
    en,
    async run([file, ...more]) {
      if (file === undefined || more.length > 0) return 2;
      const text = (file === '-' ? await buffer(process.stdin) : await readFile(file)).toString('utf8');
      const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
      if (lines.at(-1) === '') lines.pop();
      for (const line of lines) process.stdout.write(`${JSON.stringify(answer(read(line)))}\n`);
      return 0;
    },
  };
}

function answer(given: ReturnType<Reader>): object {
  if (!given.valid) return given;
  return { valid: true, elements: given.elements.map(({ ai, value }) => [ai, value]), canonical: writeDigitalLinkUri(given.elements) ?? null };
}

/** Digital Links. */
export const gs1Parse = reading('parse', readDigitalLinkUri, '逐行解析 GS1 数字链接，输出 JSON', 'read GS1 Digital Links, one a line, as JSON');
/** Element strings and bracketed AIs. */
export const gs1Element = reading('element', element, '逐行解析元素串（^ 或括号写法），输出 JSON', 'read element strings (^ or brackets), one a line, as JSON');
/** Scanner data with its symbology identifier. */
export const gs1Scan = reading('scan', readScanData, '逐行解析扫码数据（含码制标识符），输出 JSON', 'read what a scanner reports, one a line, as JSON');
