/** A laboratory's word on one thing. There are three, and nothing else is a pass (符合规定, 不符合规定, 无法判定). */
export const VERDICTS = ['pass', 'fail', 'undetermined'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What each verdict says. */
export const VERDICT_MEANINGS = {
  pass: '符合规定 complies', fail: '不符合规定 does not comply', undetermined: '无法判定 cannot be said',
} as const;

/** What bases a content may be stated on. */
export const RESULT_BASIS_MEANINGS = { dried: '按干燥品计算 on the dried substance', 'as-is': '按供试品原样计算 on the sample as it is' } as const;
export const RESULT_BASES = ['dried', 'as-is'] as const;

/** One line of a report. The value stays text: `<0.1`, `未检出` and `1.20` are what the laboratory wrote. */
export interface ReportItem {
  readonly test: string;
  /** Which analyte, where the test has several. */
  readonly analyte?: string;
  readonly value: string;
  readonly unit?: string;
  readonly basis?: (typeof RESULT_BASES)[number];
  /** 定量限, in the unit of the value unless it names its own: without it 未检出 says nothing. */
  readonly loq?: string;
  /** The limit as the report prints it. */
  readonly limitText?: string;
  readonly verdict?: Verdict;
  /** 检验仪器, by its number in the laboratory. */
  readonly instrument?: string;
  /** 对照品批号. */
  readonly referenceLot?: string;
  /** SHA-256 of the instrument's raw file, hex. */
  readonly rawFileDigest?: string;
  /** 分包: who tested it instead of the laboratory that signs. */
  readonly subcontractor?: string;
}

/** How far a report has come: entered by the tester, checked by the reviewer, signed by the approver. */
export type ReportStatus = 'draft' | 'reviewed' | 'approved';

/** A report as its latest record says it. People by id; they are people of the laboratory. */
export interface ReportState extends Readonly<Record<string, unknown>> {
  readonly number: string;
  /** The batch as the laboratory spells it, and canonically. */
  readonly batch: string;
  readonly canonical: string;
  readonly sampleNumber?: string;
  /** Code of the organisation that ordered the test, as the laboratory states it; its id where it is registered. */
  readonly commissioner?: string;
  readonly commissionerId?: string;
  /** Method or standard, as printed. */
  readonly standard: string;
  readonly items: readonly ReportItem[];
  readonly sampledQuantity?: string;
  /** 代表数量: how much of the goods it says it speaks for, as typed and in milligrams; absent: of all. */
  readonly speaksFor?: { readonly quantity: string; readonly unit: string; readonly mg: string; readonly packages?: number };
  /** Marks of accreditation it bears: `CMA`, `CNAS`. */
  readonly marks?: readonly string[];
  readonly remarks?: string;
  /** SHA-256 of the paper's file, hex. */
  readonly fileDigest?: string;
  /** The report this one amends. */
  readonly supersedes?: string;
  /** Why it amends it. */
  readonly amendedBecause?: string;
  /** Days of the laboratory, `YYYY-MM-DD`: sample received, testing begun and done. */
  readonly receivedOn?: string;
  readonly testedFrom?: string;
  readonly testedUntil?: string;
  readonly tester: string;
  readonly reviewer?: string;
  readonly approver?: string;
  /** The approver's word; absent until signed. */
  readonly verdict?: Verdict;
  /** Day of issue, `YYYY-MM-DD`. */
  readonly issuedOn?: string;
  readonly status: ReportStatus;
}
