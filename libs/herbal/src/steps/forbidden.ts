/** What the practice of growing and processing herbs forbids, by what is added for it. */
export interface Forbidden {
  readonly practice: 'sulphur-smoking' | 'dyeing' | 'weighting' | 'bleaching';
  /** From memory of 中药材 GAP 2022, not read in print: it warns and never blocks. */
  readonly verified: false;
}

const WORDS: readonly (readonly [RegExp, Forbidden['practice']])[] = [
  [/硫磺|硫黄|sul(?:ph|f)ur/iu, 'sulphur-smoking'],
  [/染料|染色剂|色素|金胺|柠檬黄|胭脂红|日落黄|苏丹红|\bdye/iu, 'dyeing'],
  [/硫酸镁|增重|加重粉|明胶水/u, 'weighting'],
  [/双氧水|过氧化氢|漂白|焦亚硫酸|连二亚硫酸|保险粉|次氯酸|bleach/iu, 'bleaching'],
];

/** 硫熏、染色、增重、漂白: whether something added to herbs is for one of these; nothing where it is not known for any. */
export function forbiddenBy(name: string): Forbidden | undefined {
  const practice = WORDS.find(([word]) => word.test(name.normalize('NFKC')))?.[1];
  return practice && { practice, verified: false };
}
