/** What a linter finds wrong: the dictionary's own name of the rule, and which characters of the value break it. */
export interface LintFault {
  readonly code: string;
  readonly at: number;
  readonly length: number;
}

/** Looks at the content of one component. undefined: nothing is wrong with it. */
export type Linter = (value: string) => LintFault | undefined;

/** The whole value breaks the rule. */
export const all = (code: string, value: string): LintFault => ({ code, at: 0, length: value.length });

/** So many characters from one on. */
export const part = (code: string, at: number, length = 1): LintFault => ({ code, at, length });

/** The first character that is not of a set. */
export function firstOutside(code: string, set: RegExp, value: string): LintFault | undefined {
  const at = [...value].findIndex((character) => !set.test(character));
  return at < 0 ? undefined : part(code, at);
}

/** That there are digits alone. */
export const digits: Linter = (value) => firstOutside('NON_DIGIT_CHARACTER', /^[0-9]$/, value);
