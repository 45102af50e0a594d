/** Least days of incubation of counts of micro-organisms, as remembered and not compared with the printed text. */
export const CULTURE_SOURCE = { verified: false, source: '通则1105 非无菌产品微生物限度检查：微生物计数法（未与印刷本核对） general chapter 1105, not compared with the printed text' } as const;

/** 需氧菌总数 3 to 5 days, 霉菌和酵母菌总数 5 to 7; the longer name first, for a count of both takes as long as the longer. */
const LEAST_DAYS: readonly (readonly [RegExp, number])[] = [[/霉菌|酵母|yeast|mou?ld/, 5], [/需氧菌|aerobic/, 3]];

/** Least days between putting up and reading a culture, by the names of the test and its analyte; undefined of what is not cultured. */
export function leastCultureDays(test: string, analyte = ''): number | undefined {
  const name = `${test} ${analyte}`.normalize('NFKC').toLowerCase();
  return LEAST_DAYS.find(([names]) => names.test(name))?.[1];
}
