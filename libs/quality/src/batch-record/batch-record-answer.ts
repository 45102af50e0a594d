import type { TraceAnswer } from '@daodi/trace';
import type { MakingPart } from './batch-record-facts';
import { judgeBatchRecord, kgText, leftOver, type RecordReason, type StepFigures } from './judge-batch-record';
import type { LoadedRecord, OrderState, RecordPart } from './load-batch-record';

/** A material as the record shows it; masses as decimal text in kilograms. */
export interface RecordMaterial {
  readonly batch: string;
  readonly herb?: string;
  readonly role?: string;
  readonly kg?: string;
  readonly pieces?: string;
}

export interface RecordStep {
  readonly events: readonly string[];
  readonly step?: string;
  readonly time: string;
  readonly inputs: readonly RecordMaterial[];
  readonly outputs: readonly RecordMaterial[];
  readonly lostKg: string;
  readonly addedKg: string;
  readonly yieldPercent?: string;
  readonly balancePercent?: string;
  readonly isChecked: boolean;
}

/** What was put down for the record, as it was put down. */
export interface RecordEntry {
  readonly id: string;
  readonly kind: RecordPart['kind'];
  readonly about?: string;
  /** When it was written down, and when it reached us; what it states itself stands beside them. */
  readonly capturedTime: string;
  readonly recordTime: string;
  readonly isWithdrawn: boolean;
  /** Who put it down, by id: names are the registry's. Absent where a system did. */
  readonly by?: string;
  readonly [member: string]: unknown;
}

/** What came out, and whether its trace goes back to the plots. */
export interface RecordProduct extends RecordMaterial {
  readonly trace: {
    readonly complete: boolean;
    readonly gaps: TraceAnswer['gaps'];
    readonly nodes: number;
    readonly crops: number;
    readonly composition?: TraceAnswer['composition'];
  };
}

/** 批记录: everything on record of one order, judged as it stands. */
export interface BatchRecord {
  readonly order: OrderState & { readonly id: string };
  readonly complete: boolean;
  readonly reasons: readonly RecordReason[];
  readonly steps: readonly RecordStep[];
  readonly whole?: { readonly inKg?: string; readonly productKg?: string; readonly yieldPercent?: string; readonly balancePercent?: string };
  readonly entries: readonly RecordEntry[];
  readonly products: readonly RecordProduct[];
}

/** @param traces of products, by node */
export function batchRecordAnswer(loaded: LoadedRecord, traces: ReadonlyMap<string, TraceAnswer>): BatchRecord {
  const { facts, order, id, parts } = loaded;
  const { reasons, figures, whole } = judgeBatchRecord(facts);
  return {
    order: { id, ...order },
    complete: reasons.length === 0,
    reasons,
    steps: facts.steps.map(({ eventIds, step, time, inputs, outputs, lostMg, addedMg, isChecked }, i): RecordStep => ({
      events: eventIds, ...(step !== undefined && { step }), time, inputs: inputs.map(materialOf), outputs: outputs.map(materialOf),
      lostKg: kgText(lostMg), addedKg: kgText(addedMg), ...percents(figures[i]), isChecked,
    })),
    ...(whole !== undefined && { whole: { ...masses(whole), ...percents(whole) } }),
    entries: parts.map(entryOf),
    products: leftOver(facts.steps).filter(({ role }) => role === undefined || role === 'product').map((part): RecordProduct => {
      const trace = traces.get(part.node);
      return {
        ...materialOf(part),
        trace: {
          complete: trace?.complete === true, gaps: trace?.gaps ?? [], nodes: trace?.counts.nodes ?? 0, crops: trace?.nodes.filter(({ kind }) => kind === 'crop').length ?? 0,
          ...(trace?.composition !== undefined && { composition: trace.composition }),
        },
      };
    }),
  };
}

const percents = ({ yieldPercent, balancePercent }: StepFigures = {}): Pick<StepFigures, 'yieldPercent' | 'balancePercent'> =>
  ({ ...(yieldPercent !== undefined && { yieldPercent }), ...(balancePercent !== undefined && { balancePercent }) });

const masses = ({ inMg, productMg }: StepFigures): { readonly inKg?: string; readonly productKg?: string } =>
  ({ ...(inMg !== undefined && { inKg: kgText(inMg) }), ...(productMg !== undefined && { productKg: kgText(productMg) }) });

function materialOf({ name, herb, role, mg, pieces }: MakingPart): RecordMaterial {
  return {
    batch: name, ...(herb !== undefined && { herb }), ...(role !== undefined && { role }), ...(mg !== undefined && { kg: kgText(mg) }),
    ...(pieces !== undefined && { pieces: pieces.toString() }),
  };
}

function entryOf({ id, kind, state, capturedTime, recordTime, isWithdrawn }: RecordPart): RecordEntry {
  const { order: _o, digest: _d, lines, ...said } = state;
  const shown = Array.isArray(lines) ? (lines as Record<string, unknown>[]).map(({ node: _n, ...line }) => line) : undefined;
  return { ...said, ...(shown && { lines: shown }), id, kind, capturedTime, recordTime, isWithdrawn };
}
