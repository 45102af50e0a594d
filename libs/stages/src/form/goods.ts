import { BatchLineDto } from './form-body';
import { Flag, Lines, References } from './fields';
import { findPortions, findThings, type Portion, references, type Thing } from './things';
import type { Steps, Work } from './work';
import { type QuantityElement, quantityElement } from './units';

/** Goods as forms list them: amounts of batches, whole containers, single packs. */
export interface GoodsBody {
  readonly lines?: BatchLineDto[];
  readonly containers?: string[];
  readonly serials?: string[];
}

/** The same, found. */
export interface Goods {
  readonly portions: readonly Portion[];
  readonly containers: readonly Thing[];
  readonly serials: readonly Thing[];
}

/** Decorates the three members of {@link GoodsBody}; each is optional, one of them is needed. */
export const GoodsLines = (): PropertyDecorator => Lines(() => BatchLineDto, { optional: true, description: 'How much of which batch. 批次与数量' });
export const GoodsContainers = (): PropertyDecorator => References({ optional: true, description: 'Containers with all that is in them: our code, SSCC, any URI. 整箱' });
export const GoodsSerials = (): PropertyDecorator => References({ optional: true, description: 'Single packs by their URIs. 单品码' });
export const AcceptUndecided = (): PropertyDecorator => Flag({ optional: true, description: 'Send or use what lies in a zone for what is undecided, rejected or returned; needs a reason. 确认发出或使用待验、不合格或退货区的货物' });

/** Finds goods; notes a fault for each that is unknown, and where there are none at all. */
export async function findGoods(work: Work, body: GoodsBody): Promise<Goods> {
  const portions = await findPortions(work, body.lines ?? [], '/lines');
  const containers = await findUnits(work, body.containers, '/containers');
  const serials = await findUnits(work, body.serials, '/serials');
  if ((body.lines ?? body.containers ?? body.serials) === undefined) {
    work.fault('', 'no-goods', '请填写批次、容器或单品码', 'name batches, containers or serials');
  }
  return { portions, containers, serials };
}

/** Things named one by one: lots and crops are none. */
export async function findUnits(work: Work, texts: readonly string[] | undefined, pointer: Steps, strangers = false): Promise<Thing[]> {
  const wanted = references(texts, pointer);
  const found = await findThings(work, wanted, strangers);
  return wanted.flatMap(({ text, pointer: at }) => {
    const thing = found.get(text);
    if (thing === undefined) return [];
    if (thing.facts === undefined || thing.facts.kind === 'container') return [thing];
    work.fault(at, 'no-unit', '这是批次：请写明数量', 'this is a batch: say how much of it');
    return [];
  });
}

/** `epcList` and `quantityList` of an ObjectEvent about goods. */
export function goodsLists({ portions, containers, serials }: Goods): { epcList?: string[]; quantityList?: QuantityElement[] } {
  const epcs = [...containers, ...serials].map(({ uri }) => uri);
  return {
    epcList: epcs.length === 0 ? undefined : epcs,
    quantityList: portions.length === 0 ? undefined : portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
  };
}
