/** Fen: hundredths of a yuan, whole. Money is counted, never calculated with fractions. */
export type Fen = bigint;

/** More than any stall lends: thirteen digits before the point. */
const FEN_MAX = 10n ** 15n;

/**
 * Reads an amount of yuan exactly.
 *
 * @param typed a decimal number that is not negative, as JSON number or text
 * @returns nothing where it is finer than a fen or larger than anybody lends
 */
export function readYuan(typed: string | number): Fen | undefined {
  const match = /^(\d{1,14})(?:\.(\d{0,2})0*)?$/.exec(String(typed));
  if (match === null) return undefined;
  const fen = BigInt(match[1] as string) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  return fen > FEN_MAX ? undefined : fen;
}

/** Yuan as decimal text with two decimals. */
export function yuanText(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
