/** One thing wrong with what somebody sent: where, which rule, and what would be right. The house's shape of a fault. */
export interface Fault {
  /** RFC 6901 JSON pointer into what was sent; the empty string is the whole. */
  readonly pointer: string;
  /** Stable code of the rule, e.g. `json-duplicate-key`. */
  readonly rule: string;
  /** What is wrong and what would be right, for people. */
  readonly detail: { readonly zh: string; readonly en: string };
}

/** Writes the steps from the root as an RFC 6901 pointer. */
export function pointerOf(steps: readonly (string | number)[]): string {
  let pointer = '';
  for (const step of steps) pointer += `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`;
  return pointer;
}
