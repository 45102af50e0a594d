import type { JudgedGoods } from '@daodi/registry';
import type { EntityManager } from 'typeorm';
import type { ShareFacts } from '../rules/facts';

type Db = Pick<EntityManager, 'query'>;

/** What goods are judged as, and of which day's production. */
export interface GoodsOnRecord {
  readonly goods: JudgedGoods;
  /**
   * Day of production, in China, `YYYY-MM-DD`; of decoction pieces that of charging 投料. Absent where nothing on record
   * tells it.
   */
  readonly producedOn?: string;
  /** The day by which they were there, where that of their production is not on record. */
  readonly thereBy?: string;
}

interface GoodsRow {
  readonly node: string;
  readonly herb: string | null;
  readonly grade: string | null;
  readonly form: string | null;
  readonly product: string | null;
  readonly productForm: string | null;
  readonly productHerbs: string[] | null;
}

/** What a batch's own word for its form is among the forms of products; what is not here says nothing (`slices` are cut fresh or dry). */
const FORM_OF_BATCH: Readonly<Record<string, string>> = {
  fresh: 'fresh', dried: 'herb', herb: 'herb', 'fresh-cut': 'fresh-cut', 'decoction-piece': 'decoction-piece', granule: 'granule', extract: 'extract', medicine: 'medicine', seed: 'seed',
};
/** Forms out of which decoction pieces are made: charging is where one of them goes in. */
const CHARGED: ReadonlySet<string> = new Set(['fresh', 'herb', 'fresh-cut']);

/** What a batch is as goods, from its code's record, its product and the steps of its history. */
export async function goodsOnRecord(db: Db, node: string, shares: readonly ShareFacts[]): Promise<GoodsOnRecord> {
  const nodes = [...new Set([node, ...shares.flatMap(({ steps }) => steps.flatMap(({ inputs }) => inputs.map((part) => part.node)))])];
  const rows: GoodsRow[] = await db.query(
    `SELECT n.id AS node, b.herb, b.grade, b.attributes ->> 'form' AS form, p.id AS product, p.form AS "productForm", p.herbs AS "productHerbs"
       FROM node n LEFT JOIN batch b ON b.identifier = n.identifier LEFT JOIN product p ON p.id = b.product_id WHERE n.id = ANY($1::uuid[])`,
    [nodes],
  );
  const byNode = new Map(rows.map((row) => [row.node, row]));
  const goods = goodsOf(byNode.get(node), node, shares);
  const own = shares.filter((share) => share.node === node);
  const day = goods.form === 'decoction-piece' ? chargedOn(node, shares, byNode) : madeOn(own);
  if (day !== undefined) return { goods, producedOn: day };
  const first = own.flatMap(({ roles }) => roles.map(({ firstTime }) => firstTime)).sort()[0];
  return { goods, ...(first !== undefined && { thereBy: dayInChina(first) }) };
}

function goodsOf(row: GoodsRow | undefined, node: string, shares: readonly ShareFacts[]): JudgedGoods {
  const parts = shares.flatMap(({ steps }) => steps.flatMap(({ outputs }) => outputs)).filter((part) => part.node === node);
  const intakes = shares.filter((share) => share.node === node).flatMap((share) => share.intakes ?? []);
  const ofProduct = row?.productHerbs ?? undefined;
  // A product of several herbs is of none of them alone.
  const herb = ofProduct === undefined ? (row?.herb ?? parts[0]?.herb ?? intakes[0]?.herb) : ofProduct.length === 1 ? ofProduct[0] : undefined;
  const form = row?.productForm ?? FORM_OF_BATCH[row?.form ?? parts[0]?.form ?? ''];
  const grade = row?.grade ?? parts[0]?.grade;
  return {
    ...(herb !== undefined && { herb }), ...(form !== undefined && { form }), ...(grade !== undefined && grade !== null && { grade }),
    ...(row?.product != null && { product: row.product }),
  };
}

/** The day on which the first of a batch came to be here; what was taken in from outside was made before. */
function madeOn(own: readonly ShareFacts[]): string | undefined {
  const times = own.flatMap(({ roles }) => roles.filter(({ role }) => role === 'origin' || role === 'output').map(({ firstTime }) => firstTime)).sort();
  return times[0] === undefined ? undefined : dayInChina(times[0]);
}

/**
 * The first day on which herb went into what became these pieces: back through what was packed, split and treated again,
 * to the step that took in a herb. Undefined where one way back leads to none.
 */
function chargedOn(node: string, shares: readonly ShareFacts[], goods: ReadonlyMap<string, GoodsRow>): string | undefined {
  const days = new Set<string>();
  const seen = new Set<string>();
  const isTold = (of: string): boolean => {
    if (seen.has(of)) return true;
    seen.add(of);
    const steps = shares.filter((share) => share.node === of).flatMap((share) => share.steps);
    const parts = steps.flatMap(({ inputs }) => inputs.filter(({ held }) => held));
    return parts.length > 0 && parts.every((part) => {
      const row = goods.get(part.node);
      const form = row?.productForm ?? FORM_OF_BATCH[row?.form ?? part.form ?? ''];
      if (form === undefined || !CHARGED.has(form)) return isTold(part.node);
      days.add(dayInChina(part.eventTime));
      return true;
    });
  };
  return isTold(node) ? [...days].sort()[0] : undefined;
}

const dayInChina = (time: string): string => new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 10);
