import type { Verdict } from './verdict';

/** Words of the two languages a verdict is told in. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Why an item got its verdict: a stable code, the verdict that goes with it, and its words. */
export const REASONS = {
  'within-limit': { verdict: 'pass', zh: '在限度之内', en: 'within the limit' },
  'laboratory-found-compliant': { verdict: 'pass', zh: '检验机构判定符合规定', en: 'the laboratory found it to comply' },
  'sought-and-not-found': { verdict: 'pass', zh: '未检出', en: 'sought and not found' },
  'outside-limit': { verdict: 'fail', zh: '超出限度', en: 'outside the limit' },
  'laboratory-found-otherwise': { verdict: 'fail', zh: '检验机构判定不符合规定', en: 'the laboratory found it not to comply' },
  'sought-and-found': { verdict: 'fail', zh: '检出了不得检出的', en: 'found, and may not be there' },
  'limit-not-confirmed': { verdict: 'undetermined', zh: '限度未经两人对照原文核实', en: 'the limit has not been confirmed by two people against its printed source' },
  'limit-unreadable': { verdict: 'undetermined', zh: '限度读不出，或与方向、单位不一致', en: 'the limit cannot be read, or its text, direction and unit do not agree' },
  'limit-without-loq': { verdict: 'undetermined', zh: '标准写明不得检出，而未给出定量限', en: 'the standard says not to be found, and not how finely to look' },
  'item-missing': { verdict: 'undetermined', zh: '报告中没有此项', en: 'no report has this item' },
  'analyte-unknown': { verdict: 'undetermined', zh: '报告未写明测的是哪种成分', en: 'the report does not say which analyte was measured' },
  'part-missing': { verdict: 'undetermined', zh: '合计所需的成分不全', en: 'an analyte of the sum is missing' },
  'ambiguous-match': { verdict: 'undetermined', zh: '报告中不止一行可对应此项，或一行可对应多项', en: 'more than one line of the report may be this item, or one line may be several items' },
  'grade-missing': { verdict: 'undetermined', zh: '限度按等级规定，而等级不明', en: 'the limit depends on the grade, and the grade is not known' },
  'grade-unknown': { verdict: 'undetermined', zh: '标准没有此等级的限度', en: 'the standard has no limit for this grade' },
  'grade-conflict': { verdict: 'undetermined', zh: '报告样品的等级与货物的等级不同', en: 'the report is of another grade than the goods' },
  'value-unreadable': { verdict: 'undetermined', zh: '结果读不出', en: 'the result cannot be read' },
  'no-number': { verdict: 'undetermined', zh: '限度是数值，而结果没有数值', en: 'the limit is a number and the result is none' },
  'number-for-words': { verdict: 'undetermined', zh: '此项以文字判定，而结果是数值', en: 'the item is judged in words and the result is a number' },
  'described-only': { verdict: 'undetermined', zh: '结果只有描述，没有结论', en: 'the result describes and concludes nothing' },
  'unit-missing': { verdict: 'undetermined', zh: '结果没有单位', en: 'the result has no unit' },
  'unit-unknown': { verdict: 'undetermined', zh: '结果的单位不认识', en: 'the unit of the result is not known' },
  'unit-conflict': { verdict: 'undetermined', zh: '结果中的单位与单位栏不一致', en: 'the unit in the result is not the one beside it' },
  'unit-incompatible': { verdict: 'undetermined', zh: '结果的单位与限度的单位不能换算', en: 'the units of result and limit do not convert' },
  'loq-missing': { verdict: 'undetermined', zh: '未检出，但未给出定量限', en: 'not detected, and no limit of quantification is stated' },
  'loq-above-limit': { verdict: 'undetermined', zh: '定量限高于限度', en: 'the limit of quantification is above the limit' },
  'bound-too-wide': { verdict: 'undetermined', zh: '结果只给出范围，跨在限度上', en: 'the result is a range, and the limit lies within it' },
  'too-coarse': { verdict: 'undetermined', zh: '结果的小数位少于限度，差在限度上', en: 'the result has fewer decimals than the limit, and the limit lies within what they leave open' },
  'basis-unknown': { verdict: 'undetermined', zh: '未写明是否按干燥品计算', en: 'not stated whether the result is on the dried basis' },
  'moisture-missing': { verdict: 'undetermined', zh: '须按干燥品计算，而没有可用的水分', en: 'to be judged on the dried basis, and no usable moisture is stated' },
  'impossible-value': { verdict: 'undetermined', zh: '结果不可能（负数，或多于全部）', en: 'the result cannot be: below nothing, or more than the whole' },
  'amended-result': { verdict: 'undetermined', zh: '同一样品更正前的结果不符合，未另行取样检验', en: 'the same sample failed before the report was amended, and no other sample was tested' },
  'laboratory-disagrees': { verdict: 'undetermined', zh: '数值在限度之内，而检验机构未判符合', en: 'the number is within the limit and yet the laboratory did not pass it' },
} as const satisfies Record<string, Words & { readonly verdict: Verdict }>;

export type VerdictReason = keyof typeof REASONS;
