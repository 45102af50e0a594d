/** What becomes of an auxiliary 辅料 in the herb it is used on. */
export type AuxiliaryFate = 'leaves' | 'mostly-leaves' | 'stays';

/**
 * Words by which auxiliaries are known, as people type them. Bran, rice and sand are sieved off; vinegar and wine mostly go off
 * with the heat; honey and salt stay (domain facts §9.8, general knowledge of processing). The order matters: 米醋 is a vinegar, 蜜麸 a bran.
 */
const WORDS: readonly (readonly [RegExp, AuxiliaryFate])[] = [
  [/醋|vinegar/iu, 'mostly-leaves'],
  [/酒|wine/iu, 'mostly-leaves'],
  [/麸|麦皮|bran/iu, 'leaves'],
  [/蜜|honey/iu, 'stays'],
  [/盐|salt/iu, 'stays'],
  [/砂|沙|sand/iu, 'leaves'],
  [/蛤粉|滑石/u, 'leaves'],
  [/米|rice/iu, 'leaves'],
];

/** What becomes of an auxiliary by its name; undefined of one that is not known, such as 甘草汁, 姜汁, 药汁. */
export const fateOf = (name: string): AuxiliaryFate | undefined => WORDS.find(([word]) => word.test(name.normalize('NFKC')))?.[1];
