/** What a firm found out about a base of a supplier, for a herb and some seasons. */
export interface GapEvaluation {
  readonly conclusion: string;
  /** `YYYY-MM-DD` */
  readonly on: string;
  /** The audit it rests on: whether one is named and done, and its findings without a correction, by severity. */
  readonly audit?: { readonly isDone: boolean; readonly open: readonly string[] };
}

/** Where a batch was harvested: whose land, which base, herb and season. */
export interface GapOrigin {
  readonly organisation: string;
  readonly herb?: string;
  readonly year: number;
  /** Absent where the land belongs to no base. */
  readonly base?: string;
  /** Evaluations of the firm that asks, covering base, herb and season. */
  readonly evaluations: readonly GapEvaluation[];
  /** Points of the six that lack evidence; absent where nothing is on record for base, herb and season. */
  readonly unifiedMissing?: readonly string[];
  /** Results of extended inspections 延伸检查 of base, herb and season, latest last. */
  readonly inspections: readonly { readonly result: string; readonly on: string }[];
}

export interface GapQuestion {
  /** Every herb the batch is made of: of a compound medicine all of its formula. */
  readonly herbs: readonly string[];
  readonly origins: readonly GapOrigin[];
  /** Why where it came from is not proven, and how often it was taken in from outside. */
  readonly unproven: readonly string[];
  readonly fromOutside: number;
  /** Blocking findings of its history. */
  readonly blocking: readonly string[];
}

/** One reason why 药材符合GAP要求 may not be printed. */
export interface GapReason {
  readonly rule:
    | 'origin-unproven' | 'from-outside' | 'no-origin' | 'herb-unknown' | 'herb-not-covered' | 'no-base' | 'not-evaluated' | 'evaluated-not-conforming' | 'audit-missing' | 'audit-findings-open'
    | 'unified-missing' | 'inspection-failed' | 'blocking-finding';
  readonly zh: string;
  readonly en: string;
  readonly herb?: string;
  readonly organisation?: string;
  readonly base?: string;
  readonly year?: number;
  readonly of?: readonly string[];
}

const WORDS: Readonly<Record<GapReason['rule'], readonly [zh: string, en: string]>> = {
  'origin-unproven': ['来源未经证实', 'Where it came from is not proven'],
  'from-outside': ['含外购来货，来历为申报', 'Some of it was taken in from outside: declared, not proven'],
  'no-origin': ['没有采收记录', 'No harvest is on record'],
  'herb-unknown': ['所含药材不明', 'Which herbs it is made of is not on record'],
  'herb-not-covered': ['处方中有药材没有采收记录', 'A herb of the formula has no harvest on record'],
  'no-base': ['采收地块不属于任何基地', 'The land belongs to no base'],
  'not-evaluated': ['该基地、品种、产季未经评估', 'Base, herb and season have not been evaluated'],
  'evaluated-not-conforming': ['评估结论为不符合', 'The evaluation says that it does not conform'],
  'audit-missing': ['评估未依据已完成的供应商审计', 'The evaluation rests on no supplier audit that was done'],
  'audit-findings-open': ['供应商审计有未整改的缺陷', 'Findings of the supplier audit have no correction'],
  'unified-missing': ['“六统一”缺少证据', 'The six unifications lack evidence'],
  'inspection-failed': ['延伸检查未通过', 'An extended inspection was failed'],
  'blocking-finding': ['存在拦截问题', 'A blocking finding stands'],
};

/**
 * Whether “药材符合GAP要求” may be printed for a batch. It is no certificate: a firm's own evaluation of base, herb and season
 * on an audit, the producer's six unifications with evidence, and where the authority inspected, an inspection not failed;
 * of every herb. An extended inspection is not asked for where none was held. What is not on record is never a yes.
 *
 * @returns every reason against it; none: it may
 */
export function gapConformity({ herbs, origins, unproven, fromOutside, blocking }: GapQuestion): GapReason[] {
  const reason = (rule: GapReason['rule'], more: Partial<GapReason> = {}): GapReason => ({ rule, zh: WORDS[rule][0], en: WORDS[rule][1], ...more });
  const covered = new Set(origins.flatMap(({ herb }) => herb ?? []));
  return [
    ...(unproven.length > 0 ? [reason('origin-unproven', { of: unproven })] : []),
    ...(fromOutside > 0 ? [reason('from-outside')] : []),
    ...(origins.length === 0 ? [reason('no-origin')] : []),
    ...(herbs.length === 0 || origins.some(({ herb }) => herb === undefined) ? [reason('herb-unknown')] : []),
    ...herbs.filter((herb) => origins.length > 0 && !covered.has(herb)).map((herb) => reason('herb-not-covered', { herb })),
    ...origins.flatMap((origin) => ofOrigin(origin, reason)),
    ...(blocking.length > 0 ? [reason('blocking-finding', { of: blocking })] : []),
  ];
}

function ofOrigin(origin: GapOrigin, reason: (rule: GapReason['rule'], more?: Partial<GapReason>) => GapReason): GapReason[] {
  const { organisation, herb, base, year, evaluations, unifiedMissing, inspections } = origin;
  const where = { organisation, year, ...(herb !== undefined && { herb }), ...(base !== undefined && { base }) };
  if (base === undefined) return [reason('no-base', where)];
  const latest = [...evaluations].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1);
  const inspected = [...inspections].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1);
  return [
    ...(latest === undefined ? [reason('not-evaluated', where)] : ofEvaluation(latest, where, reason)),
    ...(unifiedMissing === undefined || unifiedMissing.length > 0 ? [reason('unified-missing', { ...where, ...(unifiedMissing && { of: unifiedMissing }) })] : []),
    ...(inspected !== undefined && inspected.result !== 'passed' ? [reason('inspection-failed', where)] : []),
  ];
}

function ofEvaluation({ conclusion, audit }: GapEvaluation, where: Partial<GapReason>, reason: (rule: GapReason['rule'], more?: Partial<GapReason>) => GapReason): GapReason[] {
  if (conclusion !== 'conforms') return [reason('evaluated-not-conforming', where)];
  if (audit === undefined || !audit.isDone) return [reason('audit-missing', where)];
  const open = audit.open.filter((severity) => severity !== 'minor');
  return open.length > 0 ? [reason('audit-findings-open', where)] : [];
}
