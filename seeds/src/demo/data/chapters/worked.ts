import { type Act, at, type Body, form, grams, of } from '../act';

/** A batch with its grams, as input or output. */
export interface Weighed {
  readonly batch: string;
  readonly grams: number;
}

/** One step of processing, in grams. */
export interface Worked {
  readonly name: string;
  readonly by: string;
  readonly site: string;
  readonly on: readonly [day: string, time: string];
  readonly step: string;
  readonly method?: string;
  readonly inputs: readonly Weighed[];
  readonly outputs: readonly (Weighed & { readonly form?: string; readonly role?: string; readonly lotNumber?: string; readonly formula?: string })[];
  /** Mass lost, by cause. */
  readonly lost?: readonly (readonly [cause: string, grams: number])[];
  /** What was added and stays. */
  readonly added?: readonly (readonly [name: string, grams: number])[];
}

/** Processing. */
export function worked(y: number, { name, by, site, on: [day, time], step, method, inputs, outputs, lost, added }: Worked): Act {
  return form(name, by, 'processing', {
    eventTime: at(y, day, time), site: `@site/${site}`, step, ...(method !== undefined && { method }),
    inputs: inputs.map((input) => of(input.batch, input.grams)),
    outputs: outputs.map(({ batch: _, grams: amount, role = 'product', ...rest }): Body => ({ role, ...rest, ...grams(amount) })),
    ...(lost !== undefined && { losses: lost.map(([cause, amount]) => ({ cause, ...grams(amount) })) }),
    ...(added !== undefined && { auxiliaries: added.map(([what, amount]) => ({ name: what, ...grams(amount), stays: true })) }),
  }, { makes: outputs.map(({ batch }) => batch) });
}

/** A delivery between two organisations, received whole. */
export interface Delivery {
  readonly name: string;
  readonly from: { readonly by: string; readonly code: string; readonly site: string };
  readonly to: { readonly by: string; readonly code: string; readonly site: string };
  readonly day: string;
  readonly goods: readonly Weighed[];
  readonly carrier: string;
  /** What the receiver calls it in its own books. */
  readonly lotNumber?: string;
  /** Grams of a single batch that were sent back, and that were missing. */
  readonly rejected?: number;
  readonly short?: number;
}

/** Shipped in the evening, received the next morning. */
export function delivered(y: number, { name, from, to, day, goods, carrier, lotNumber, rejected = 0, short = 0 }: Delivery): Act[] {
  return [
    form(`ship ${name}`, from.by, 'shipments', {
      eventTime: at(y, day, '18:30'), site: `@site/${from.site}`, to: { organisation: to.code }, lines: goods.map(({ batch, grams: amount }) => of(batch, amount)), carrier,
    }),
    form(`receive ${name}`, to.by, 'receipts', {
      eventTime: at(y, day, '10:20', 1), site: `@site/${to.site}`, from: { organisation: from.code },
      lines: goods.map(({ batch, grams: amount }) => ({
        batch: `@batch/${batch}`, accepted: grams(amount - rejected - short),
        ...(rejected > 0 && { rejected: { ...grams(rejected), reason: '一袋受潮' } }), ...(short > 0 && { short: grams(short) }),
        ...(lotNumber !== undefined && { lotNumber }),
      })),
    }),
  ];
}

/** What is of no use is destroyed before a witness. */
export function destroyed(y: number, name: string, by: string, site: string, witness: string, day: string, goods: readonly Weighed[]): Act {
  return form(name, by, 'destructions', {
    eventTime: at(y, day, '08:30'), site: `@site/${site}`, witness: `@person/${witness}`, reason: '非药用部分堆肥', lines: goods.map(({ batch, grams: amount }) => of(batch, amount)),
  });
}
