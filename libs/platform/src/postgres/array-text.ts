/** What an array's element may be without quotes: nothing PostgreSQL reads as more than itself. */
const PLAIN = /^[\w:.+-]+$/;
const NULL = /^null$/i;

type Element = string | number | boolean | bigint | null | undefined;

/**
 * An array in PostgreSQL's own text form (documentation, 8.15.2), as `pg` writes it too; written here because a group of
 * appends sends thousands of ids and numbers, which need no quoting.
 *
 * @returns undefined where an element is anything else than text, a number, a truth value or nothing: then `pg` knows how
 */
export function arrayText(values: readonly unknown[]): string | undefined {
  const parts: string[] = [];
  for (const value of values as readonly Element[]) {
    switch (typeof value) {
      case 'string':
        parts.push(PLAIN.test(value) && !NULL.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`);
        break;
      case 'number':
      case 'boolean':
      case 'bigint':
        parts.push(String(value));
        break;
      default:
        if (value !== null && value !== undefined) return undefined;
        parts.push('NULL');
    }
  }
  return `{${parts.join(',')}}`;
}
