import fc from 'fast-check';

const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 5e-324, '', ' ', '\u0001', '𠮿', '__proto__', '9'.repeat(400), '0000-01-01', '2026-02-30', '1e999', [], [[]], {}, { a: { b: [{}] } }),
  fc.jsonValue({ maxDepth: 4 }),
);

/** Bodies like a valid one in which something is strange: a value of another type, a member more or less, or all of it. */
export function mutated(valid: object): fc.Arbitrary<unknown> {
  const names = Object.keys(valid);
  const one = fc.tuple(fc.constantFrom(...(names.length > 0 ? names : ['x'])), strange).map(([name, value]) => ({ ...valid, [name]: value }));
  const more = fc.tuple(fc.string({ maxLength: 10 }), strange).map(([name, value]) => ({ ...valid, [`x${name}`]: value }));
  const less = fc.constantFrom(...(names.length > 0 ? names : ['x'])).map((name) => Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name)));
  return fc.oneof({ weight: 5, arbitrary: one }, more, less, strange);
}
