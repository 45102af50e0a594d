import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lint } from './linters';

interface Case {
  readonly id: string;
  readonly linter: string;
  readonly value: string;
  readonly ok: boolean;
  readonly error?: string;
  readonly markup?: string;
}

const folder = join(resolve(__dirname, '../../../..', process.env.DAODI_VECTORS ?? '../shared/reference'), 'digital-link');
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(join(folder, 'dictionary-linters.json'), 'utf8'));

describe('the linters of the GS1 Syntax Dictionary', () => {
  const names = [...new Set(cases.map(({ linter }) => linter))];

  it.each(names)('%s answers as its authors say, and names the characters', (name) => {
    for (const { id, value, ok, error, markup } of cases.filter(({ linter }) => linter === name)) {
      // What the authors' registry of prefixes answers is part of their case.
      const fault = lint(name, value, () => (error === 'GCP_DATASOURCE_OFFLINE' ? 'offline' : error === 'INVALID_GCP_PREFIX' ? 'not-issued' : 'issued'));
      expect({ id, value, ok: fault === undefined, error: fault?.code }).toEqual({ id, value, ok, error });
      if (markup !== undefined && fault !== undefined) {
        const { at, length } = fault;
        expect(`${id} ${value.slice(0, at)}*${value.slice(at, at + length)}*${value.slice(at + length)}`).toBe(`${id} ${markup}`);
      }
    }
  });

  it('has looked at thousands of cases', () => expect(cases.length).toBeGreaterThan(2_000));

  it('takes no name it does not know', () => expect(() => lint('nosuchlinter', '1')).toThrow('nosuchlinter'));
});
