/** The papers of a pack, in the order in which they lie in it. */
export const PAPER_KINDS = ['delivery-note', 'certificate-of-origin', 'harvest-and-processing', 'test-reports', 'supplier-form'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What each paper is called. */
export const PAPER_NAMES: Readonly<Record<PaperKind, { readonly zh: string; readonly en: string }>> = {
  'delivery-note': { zh: '随货同行单', en: 'Delivery note' },
  'certificate-of-origin': { zh: '产地证明', en: 'Statement of origin' },
  'harvest-and-processing': { zh: '采收与加工记录', en: 'Harvest and processing record' },
  'test-reports': { zh: '检验报告汇总', en: 'Test reports' },
  'supplier-form': { zh: '供货单位资料', en: 'Supplier form' },
};
