/** One thing a scheme asks to be done in one way for the whole base and season. */
export interface UnifiedPoint {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const point = (code: string, zh: string, en: string): UnifiedPoint => ({ code, zh, en });

/**
 * 六统一 of article 6 of the herb GAP of 2022 (read in an English excerpt), and 七个统一 of the plan for the herb industry
 * of 临汾 2024–2030. They differ, so both are kept.
 */
export const UNIFIED: Readonly<Record<'six' | 'seven', readonly UnifiedPoint[]>> = {
  six: [
    point('base-planning', '统一规划生产基地', 'planning of bases'), point('propagules', '统一供应种子种苗或繁殖材料', 'supply of seed and seedlings'),
    point('inputs', '统一化肥、农药等投入品管理', 'management of fertilisers, pesticides and other inputs'), point('growing-sop', '统一种植或养殖技术规程', 'SOPs of growing'),
    point('harvest-sop', '统一采收与产地加工技术规程', 'SOPs of harvest and processing at the origin'), point('packing-sop', '统一包装与贮存技术规程', 'SOPs of packing and storage'),
  ],
  seven: [
    point('standards', '统一产品标准', 'product standards'), point('supplies', '统一种苗农资', 'seedlings and supplies'), point('service', '统一技术服务', 'technical service'),
    point('finance', '统一金融保险', 'finance and insurance'), point('pricing', '统一定价收购', 'pricing and purchase'), point('brand', '统一品牌', 'brand'), point('quality', '统一质量控制', 'control of quality'),
  ],
};

export type UnifiedScheme = keyof typeof UNIFIED;

/** What is said to show that a point is kept. A paper counts by the digest of its file, a record by being there. */
export interface UnifiedEvidence {
  readonly sha256?: string;
  readonly record?: string;
}

export interface UnifiedTick {
  readonly point: string;
  readonly evidence: readonly UnifiedEvidence[];
}

/** Which points of a scheme are kept. A tick without evidence is no tick. */
export function unifiedState(scheme: UnifiedScheme, ticks: readonly UnifiedTick[]): { readonly points: readonly (UnifiedPoint & { readonly ticked: boolean; readonly evidence: number })[]; readonly missing: readonly string[] } {
  const points = UNIFIED[scheme].map((one) => {
    const evidence = ticks.filter((tick) => tick.point === one.code).flatMap((tick) => tick.evidence).filter(({ sha256, record }) => sha256 !== undefined || record !== undefined).length;
    return { ...one, ticked: evidence > 0, evidence };
  });
  return { points, missing: points.filter(({ ticked }) => !ticked).map(({ code }) => code) };
}
