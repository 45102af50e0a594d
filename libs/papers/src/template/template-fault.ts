/** What is wrong with a template, where, in both languages. */
export interface TemplateFault {
  /** Where in the file, for whoever looks for it there: 「正文第 3 段」 "paragraph 3". */
  readonly where: { readonly zh: string; readonly en: string };
  /** Stable name of the rule. */
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
}
