/**
 * Why something that looks like a GS1 identifier is not taken for one. The code is stored beside the identifier
 * and stays; the sentences may be reworded.
 */
export type Gs1Note =
  | 'gs1-length'
  | 'gs1-check-digit'
  | 'gs1-characters'
  | 'gs1-company-prefix'
  | 'gs1-piece-of-total'
  | 'gs1-filler'
  | 'gs1-serial'
  | 'gs1-qualifier'
  | 'gs1-qualifier-in-query'
  | 'gs1-pattern';

const SENTENCES: Readonly<Record<Gs1Note, { readonly zh: string; readonly en: string }>> = {
  'gs1-length': { zh: '该 GS1 标识的位数不对', en: 'this GS1 key has the wrong number of characters' },
  'gs1-check-digit': { zh: '校验位不符', en: 'the check digit does not match the digits before it' },
  'gs1-characters': { zh: '含有该 GS1 标识不允许的字符', en: 'a character is not allowed in this GS1 key' },
  'gs1-company-prefix': { zh: '厂商识别代码应为 6 至 12 位数字', en: 'the GS1 company prefix must have 6 to 12 digits' },
  'gs1-piece-of-total': { zh: '件序号应在 01 至总件数之间', en: 'the piece number must lie between 01 and the total' },
  'gs1-filler': { zh: 'GRAI 的首位应为 0', en: 'the first digit of a GRAI must be 0' },
  'gs1-serial': { zh: '序列号不能以 0 开头', en: 'this serial must not begin with 0' },
  'gs1-qualifier': { zh: '标识后的限定符未知、重复或顺序不对', en: 'a qualifier after the key is unknown, repeated or out of order' },
  'gs1-qualifier-in-query': { zh: '批号或序列号应写在路径中，不应写在查询串中', en: 'a lot or serial belongs in the path, not in the query' },
  'gs1-pattern': { zh: '该 EPC 模式不对应单一 GS1 标识', en: 'this EPC pattern does not stand for one GS1 key' },
};

/** The note as a sentence for people. */
export function explainNote(note: Gs1Note): { readonly zh: string; readonly en: string } {
  return SENTENCES[note];
}
