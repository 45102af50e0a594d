import { MASS_UNITS, slipAmountFen } from '@daodi/herbal';
import { yuanOf } from './decimals';
import { inTwoUnits, type TwoUnits } from './slip-answer';
import type { Slip, SlipNote, SlipState } from './slip-state';

/** How what is paid follows from what was weighed; stands on every statement. */
export const STATEMENT_RULE = {
  zh: '到货 = 毛重 − 皮重。各项扣率均按到货重量计，逐项四舍五入到毫克；净重 = 到货 − 扣除。单上净重与计算不符时两者并列，按单上净重结算。金额 = 结算重量 × 单价，每张单四舍五入到分，合计为各单之和。作废的单列出而不计。',
  en: 'Arrived = gross less tare. Every per cent is of what arrived, rounded half up to the milligram each; net = arrived less deductions. Where the net on paper is another, both stand here and that of the paper is paid. Amount = paid weight × price, rounded half up to the fen for each slip; the total is their sum. Void slips are shown and not counted.',
} as const;

/** A slip with all that was ever said of it, oldest first. */
export interface SlipHistory {
  readonly slip: Slip;
  readonly batch?: string;
  readonly versions: readonly { readonly state: SlipState; readonly why?: string; readonly at: string }[];
}

/** One slip on a statement. */
export interface StatementLine {
  readonly id: string;
  readonly slipNumber?: string;
  readonly day: string;
  readonly weighedAt: string;
  readonly herb: string;
  readonly grade?: string;
  readonly batch?: string;
  readonly status: SlipState['status'];
  readonly isLate: boolean;
  readonly sacks?: number;
  readonly gross: TwoUnits;
  readonly tare: TwoUnits;
  readonly arrived: TwoUnits;
  readonly deductions: readonly (TwoUnits & { readonly kind: string; readonly percent?: string })[];
  /** As computed. */
  readonly net: TwoUnits;
  readonly netOnPaper?: TwoUnits;
  readonly paid: TwoUnits;
  readonly price?: string;
  readonly priceUnit?: string;
  /** Yuan; absent without a price. */
  readonly amount?: string;
  readonly notes: readonly SlipNote[];
  /** What it said before, and why that was corrected, oldest first. */
  readonly corrections: readonly { readonly at: string; readonly why?: string; readonly was: { readonly gross: TwoUnits; readonly tare: TwoUnits; readonly paid: TwoUnits; readonly price?: string } }[];
}

/** What all slips come to that are not void. */
export interface StatementTotals {
  readonly slips: number;
  readonly void: number;
  readonly withoutPrice: number;
  readonly gross: TwoUnits;
  readonly tare: TwoUnits;
  readonly arrived: TwoUnits;
  /** What arrived less what is paid for. */
  readonly deducted: TwoUnits;
  readonly paid: TwoUnits;
  /** Yuan. */
  readonly amount: string;
}

/** The lines of a statement and what they come to; exact throughout. */
export function statementOf(histories: readonly SlipHistory[]): { readonly lines: readonly StatementLine[]; readonly totals: StatementTotals } {
  const counted = histories.map(({ slip }) => slip).filter(({ status }) => status === 'active');
  const sum = (of: (slip: Slip) => string): bigint => counted.reduce((total, slip) => total + BigInt(of(slip)), 0n);
  const [arrived, paid] = [sum(({ arrivedMg }) => arrivedMg), sum(({ paidMg }) => paidMg)];
  return {
    lines: histories.map(lineOf),
    totals: {
      slips: counted.length,
      void: histories.length - counted.length,
      withoutPrice: counted.filter(({ price }) => price === undefined).length,
      gross: inTwoUnits(sum(({ grossMg }) => grossMg)),
      tare: inTwoUnits(sum(({ tareMg }) => tareMg)),
      arrived: inTwoUnits(arrived),
      deducted: inTwoUnits(arrived - paid),
      paid: inTwoUnits(paid),
      amount: yuanOf(counted.reduce((total, slip) => total + (fenOf(slip) ?? 0n), 0n)),
    },
  };
}

/** What a slip costs in 分; undefined without a price. */
function fenOf({ paidMg, price, priceUnit }: SlipState): bigint | undefined {
  const unitMg = MASS_UNITS.get(priceUnit ?? '');
  return price === undefined || unitMg === undefined ? undefined : slipAmountFen(BigInt(paidMg), price, unitMg);
}

function lineOf({ slip, batch, versions }: SlipHistory): StatementLine {
  const fen = fenOf(slip);
  const { id, slipNumber, day, weighedAt, herb, grade, status, sacks, price, priceUnit, notes } = slip;
  return {
    id, slipNumber, day, weighedAt, herb, grade, batch, status, isLate: slip.lateFor !== undefined, sacks,
    gross: inTwoUnits(slip.grossMg), tare: inTwoUnits(slip.tareMg), arrived: inTwoUnits(slip.arrivedMg),
    deductions: slip.deductions.map(({ kind, percent, mg }) => ({ kind, percent, ...inTwoUnits(mg) })),
    net: inTwoUnits(slip.netMg), netOnPaper: slip.netOnPaper === undefined ? undefined : inTwoUnits(slip.paidMg), paid: inTwoUnits(slip.paidMg),
    price, priceUnit, amount: fen === undefined ? undefined : yuanOf(fen), notes,
    corrections: versions.slice(1).map(({ at, why }, i) => {
      const { grossMg, tareMg, paidMg, price: formerly } = (versions[i] as SlipHistory['versions'][number]).state;
      return { at, why, was: { gross: inTwoUnits(grossMg), tare: inTwoUnits(tareMg), paid: inTwoUnits(paidMg), price: formerly } };
    }),
  };
}
