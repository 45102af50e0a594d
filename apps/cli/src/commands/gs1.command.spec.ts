import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../command';
import { gs1Element, gs1Parse, gs1Scan } from './gs1.command';

const folder = mkdtempSync(join(tmpdir(), 'daodi-gs1-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command prints of lines in a file. */
async function printed(command: Command, text: string): Promise<any[]> {
  const file = join(folder, 'lines.txt');
  writeFileSync(file, text);
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    expect(await command.run([file])).toBe(0);
  } finally {
    write.mockRestore();
  }
  return lines.map((line) => JSON.parse(line));
}

describe('daodi gs1', () => {
  it('answers every line by one line, an empty one too', async () => {
    const answers = await printed(gs1Parse, 'https://example.cn/x/01/06901234567892/10/L%2F1?17=281019&from=x\r\n\nhttps://example.cn/01/06901234567893\n');
    expect(answers).toEqual([
      { valid: true, elements: [['01', '06901234567892'], ['10', 'L/1'], ['17', '281019']], canonical: 'https://id.gs1.org/01/06901234567892/10/L%2F1?17=281019' },
      { valid: false, error: expect.objectContaining({ rule: 'NO_URI' }) },
      { valid: false, error: expect.objectContaining({ rule: 'INCORRECT_CHECK_DIGIT', ai: '01', value: '06901234567893', at: 13, length: 1 }) },
    ]);
  });

  it.each([
    ['(01)06901234567892(10)A', [['01', '06901234567892'], ['10', 'A']]],
    ['^010690123456789210A^17281019', [['01', '06901234567892'], ['10', 'A'], ['17', '281019']]],
    // Plain text, as a carrier without FNC1 holds it.
    ['010690123456789291(x', []],
    ['91(ptz^99A', []],
    ['01)06901234567892(10)A', undefined],
    ['(10)12345^', undefined],
    ['1(12345', undefined],
    ['', undefined],
  ])('tells brackets, element strings and plain text apart: %s', async (line, elements) => {
    const [answer] = await printed(gs1Element, `${line}\n`);
    expect(answer).toMatchObject(elements === undefined ? { valid: false } : { valid: true, elements });
  });

  it('reads what a scanner reports', async () => {
    expect(await printed(gs1Scan, ']Q3010690123456789210A\u001d17281019\n]X1A\n')).toEqual([
      { valid: true, elements: [['01', '06901234567892'], ['10', 'A'], ['17', '281019']], canonical: 'https://id.gs1.org/01/06901234567892/10/A?17=281019' },
      { valid: false, error: expect.objectContaining({ rule: 'UNSUPPORTED_SYMBOLOGY' }) },
    ]);
  });

  it('says what it wants where no file is named', async () => expect(await gs1Parse.run([])).toBe(2));
});
