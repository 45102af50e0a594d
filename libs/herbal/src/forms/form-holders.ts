/** Who may make or pack a product of some form, and who may sell it, by type of organisation. */
export interface FormHolders {
  /** 生产、分装: absent where nobody is kept from it. */
  readonly make?: readonly string[];
  /** 销售: absent where nobody is kept from it. */
  readonly sell?: readonly string[];
  readonly source: { readonly zh: string; readonly en: string };
  /** Compared with the printed text. */
  readonly verified: boolean;
}

/** Types of organisations that may hold a licence to make medicines 药品生产许可证. That one holds it is not on record here. */
const MAKERS = ['decoction-piece-factory', 'pharmaceutical-firm'] as const;

/**
 * Who may make and sell which form, as the law is remembered and not compared with the printed text. Forms that are not here (fresh, herb,
 * food, seed) anybody may make and sell: 中药材 is grown without a licence and sold on any market (药品管理法 第六十条).
 */
export const FORM_HOLDERS: Readonly<Record<string, FormHolders>> = {
  'fresh-cut': {
    make: ['cooperative', 'processor', ...MAKERS], sell: ['cooperative', 'processor', ...MAKERS], verified: false,
    source: { zh: '药监综药管函〔2021〕367号：产地趁鲜切制，不得从中药材市场购进（未与原文核对）', en: 'NMPA letter [2021] 367: cut where it grows, and not bought on herb markets; not compared with the original' },
  },
  'decoction-piece': {
    make: MAKERS, sell: [...MAKERS, 'retailer', 'brand-owner'], verified: false,
    source: { zh: '《药品管理法》第四十一条、第五十一条；食药监〔2013〕208号：中药材专业市场不得销售饮片（未与原文核对）', en: 'Drug Administration Law, articles 41 and 51; CFDA [2013] 208: none on herb markets; not compared with the original' },
  },
  granule: {
    make: MAKERS, sell: MAKERS, verified: false,
    source: { zh: '2021年第22号公告：配方颗粒由持证企业生产，不得在医疗机构以外销售（未与原文核对）', en: 'Announcement 22 of 2021: made by licensed firms, sold to medical institutions alone; not compared with the original' },
  },
  medicine: {
    make: ['pharmaceutical-firm'], sell: ['pharmaceutical-firm', 'brand-owner', 'retailer'], verified: false,
    source: { zh: '《药品管理法》第三十四条、第四十一条、第五十一条（未与原文核对）', en: 'Drug Administration Law, articles 34, 41 and 51; not compared with the original' },
  },
};

/** Whether a type of organisation may do that with a form, as far as the table says. */
export function mayHandle(form: string, does: 'make' | 'sell', type: string): boolean {
  return (Object.hasOwn(FORM_HOLDERS, form) ? FORM_HOLDERS[form] : undefined)?.[does]?.includes(type) ?? true;
}
