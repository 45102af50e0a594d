/**
 * From how many packages of a lot a sample is drawn: below 5 all of them, 5 to 99 five, 100 to 1,000 five per cent, above that
 * one per cent more of what exceeds 1,000; fractions count as a whole package.
 *
 * General chapter 0211 of the pharmacopoeia (药材和饮片取样法), as remembered and not compared with the printed text: who draws from
 * fewer is told so and no more. Precious goods 贵重药材 are drawn from every package, whatever their number.
 */
export const SAMPLING_RULE = { verified: false, source: '通则0211 药材和饮片取样法（未与印刷本核对） general chapter 0211, not compared with the printed text' } as const;

/** @param packages in the lot, one or more */
export function packagesToSample(packages: number): number {
  if (packages < 5) return packages;
  if (packages < 100) return 5;
  if (packages <= 1000) return Math.ceil((packages * 5) / 100);
  return 50 + Math.ceil((packages - 1000) / 100);
}
