import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import { INPUT_UNITS, inputAmount } from '@daodi/herbal';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { findHerb } from '../herbs/herbs.service';
import type { Caller } from '../sign-in/caller';
import { findOwn, OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';

/** Products, lots and counts of inputs, what allows their use, and SOPs, as records and tables. */
export const INPUTS = {
  product: { record: 'input-product', table: 'input_record', path: '/api/v1/input-products', where: `kind = 'input-product'` },
  allowance: { record: 'input-allowance', table: 'input_record', path: '/api/v1/input-allowances', where: `kind = 'input-allowance'` },
  sop: { record: 'sop', table: 'input_record', path: '/api/v1/sops', where: `kind = 'sop'` },
  lot: { record: 'input-lot', table: 'input_stock', path: '/api/v1/input-lots', where: `kind = 'lot'` },
  count: { record: 'input-count', table: 'input_stock', path: '/api/v1/input-counts', where: `kind <> 'lot'` },
} as const satisfies Readonly<Record<string, ThingKind>>;

export type InputRecord = keyof typeof INPUTS;

/** What an organisation puts down about what it uses on its land: no amount moves by it, it is what uses are judged by. */
@Injectable()
export class InputsService {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, kind: InputRecord, dto: object): Promise<ActAnswer> {
    return this.things.create(caller, request, INPUTS[kind], (tx) => checked(tx, caller, { ...dto, status: 'active' }));
  }

  change(caller: Caller, request: FastifyRequest, kind: InputRecord, id: string, dto: { readonly why?: string }): Promise<ActAnswer> {
    return this.things.change(caller, request, INPUTS[kind], id, dto.why, (tx, old) => checked(tx, caller, patched(old, dto)));
  }
}

/** Whether what a record names is there and the caller's, its days are in order, its amount can be kept exactly. */
async function checked(tx: EntityManager, caller: Caller, state: State): Promise<State> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, detail: { zh, en } });
  const { product, lot, herb, from, to, quantity, unit } = state as Partial<Record<string, string>>;
  if (product !== undefined && (await findOwn(tx, caller, INPUTS.product, product)) === undefined) say('/product', 'unknown-input', '没有这个投入品', 'There is no such input product');
  if (lot !== undefined && (await findOwn(tx, caller, INPUTS.lot, lot)) === undefined) say('/lot', 'unknown-input-lot', '没有这个投入品批次', 'There is no such lot of an input');
  const herbs = [[herb, '/herb'], ...((state['crops'] ?? []) as { herb?: string }[]).map((crop, i) => [crop.herb, `/crops/${i}/herb`])] as [string | undefined, string][];
  for (const [code, pointer] of herbs) {
    if (code !== undefined && (await findHerb(tx, code)) === undefined) say(pointer, 'unknown-herb', '药材目录中没有此品种', 'The catalogue has no such herb');
  }
  if (from !== undefined && to !== undefined && to < from) say('/to', 'days-order', '终止日早于起始日', 'The last day is before the first');
  if (state['basis'] !== undefined && ((state['papers'] ?? []) as unknown[]).length === 0) say('/papers', 'no-evidence', '至少需要一份证据', 'At least one paper must show it');
  const uom = unit === undefined ? undefined : INPUT_UNITS[unit];
  if (quantity !== undefined && inputAmount(quantity, uom) === undefined) say('/quantity', 'too-many-digits', '有效数字过多，无法精确保存', 'It has more digits than can be kept exactly');
  if (faults.length > 0) throw invalid(faults);
  return JSON.parse(JSON.stringify({
    ...state, product: product?.toLowerCase(), lot: lot?.toLowerCase(), ...(quantity !== undefined && { quantity: decimalText(quantity), uom }),
  })) as State;
}

/** A product of the caller's, as a use of it names it. */
export const findInputProduct = (db: Pick<EntityManager, 'query'>, caller: Pick<Caller, 'organisationId'>, id: string): Promise<State | undefined> => findOwn(db, caller, INPUTS.product, id);

/** A lot of the caller's. */
export const findInputLot = (db: Pick<EntityManager, 'query'>, caller: Pick<Caller, 'organisationId'>, id: string): Promise<State | undefined> => findOwn(db, caller, INPUTS.lot, id);

/** An SOP of the caller's. */
export const findSop = (db: Pick<EntityManager, 'query'>, caller: Pick<Caller, 'organisationId'>, id: string): Promise<State | undefined> => findOwn(db, caller, INPUTS.sop, id);
