import type { AuxiliaryDto, LossDto } from './form-body';
import type { OutputRole } from './material';
import type { Portion } from './things';
import { type Measured, quantityElement, quantityOf } from './units';
import type { Steps, Work } from './work';
import { withoutAbsent } from './work';

/** One thing that came out, with the code it got. */
export interface Output {
  readonly uri: string;
  readonly role: OutputRole;
  /** fresh, dried, slices, …; where it is known. */
  readonly form?: string;
  /** Id of a herb of the catalogue; absent where it is none, or no single one. */
  readonly herb?: string;
  /** Absent where what was typed could not be taken; that is noted. */
  readonly measured?: Measured;
}

/** Mass that went. */
export interface Loss {
  readonly cause: string;
  readonly measured?: Measured;
}

/** Something added that is no batch. */
export interface Auxiliary extends Omit<Loss, 'cause'> {
  readonly name: string;
  readonly stays: boolean;
}

/** Everything that turns batches into others: n inputs, n outputs, losses by cause, auxiliaries. */
export interface Transformation {
  /** What was done, in the words of the processing form; stands in the event for good. */
  readonly step: string;
  readonly inputs: readonly Portion[];
  readonly outputs: readonly Output[];
  readonly losses?: readonly Loss[];
  readonly auxiliaries?: readonly Auxiliary[];
}

/** The one TransformationEvent all such forms become; site, overdraw accepted and a bizStep of its own are put beside it. */
export function transformationOf({ step, inputs, outputs, losses, auxiliaries }: Transformation): Readonly<Record<string, unknown>> {
  const herbs = new Set(outputs.map(({ herb }) => herb));
  return {
    bizStep: 'creating_class_instance',
    disposition: 'in_progress',
    inputQuantityList: inputs.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
    outputQuantityList: outputs.flatMap(({ uri, measured }) => (measured === undefined ? [] : [quantityElement(uri, measured)])),
    ilmd: herbs.size === 1 && !herbs.has(undefined) ? { 'daodi:herb': outputs[0]?.herb } : undefined,
    'daodi:step': step,
    'daodi:outputRoles': outputs.map(({ uri, role, form }) => withoutAbsent({ epcClass: uri, role, form })),
    'daodi:losses': losses?.flatMap(({ cause, measured }) => (measured ? [{ cause, ...quantityOf(measured) }] : [])),
    'daodi:auxiliaries': auxiliaries?.flatMap(({ name, stays, measured }) => (measured ? [{ name, ...quantityOf(measured), stays }] : [])),
  };
}

/** Losses as typed; what cannot be taken of them is noted. */
export const readLosses = (work: Work, typed: readonly LossDto[] | undefined, pointer: Steps = '/losses'): Loss[] | undefined =>
  typed?.map((loss, i) => ({ cause: loss.cause, measured: work.measured(loss, `${pointer}/${i}`) }));

/** Auxiliaries as typed; what cannot be taken of them is noted. */
export const readAuxiliaries = (work: Work, typed: readonly AuxiliaryDto[] | undefined): Auxiliary[] | undefined =>
  typed?.map((a, i) => ({ name: a.name, stays: a.stays, measured: work.measured(a, `/auxiliaries/${i}`) }));
