import { readQuantity } from '@daodi/epcis';
import { findHerb, findLand, findProduct as findProductById, findSite, type Product } from '@daodi/registry';
import type { Steps, Work } from './work';

/** `readPoint` and `bizLocation` of a site of the caller's; notes a fault where it is none. */
export async function atSite(work: Work, id: string | undefined, pointer: Steps = '/site'): Promise<{ readPoint?: object; bizLocation?: object }> {
  if (id === undefined) return {};
  const site = await findSite(work.tx, id);
  if (site?.organisationId === work.caller.organisationId) return { readPoint: { id: site.identifier }, bizLocation: { id: site.identifier } };
  work.fault(pointer, 'unknown-site', '没有这个场所，或它不属于本组织', 'there is no such site, or it is not your organisation’s');
  return {};
}

/** Notes a fault for every id that is no plot or tending area of the caller's. */
export async function checkLand(work: Work, ids: readonly string[], pointer: Steps): Promise<void> {
  for (const [i, id] of ids.entries()) {
    const land = isUuid(id) ? await findLand(work.tx, id) : undefined;
    if (land?.organisationId === work.caller.organisationId && land.kind !== 'base') continue;
    work.fault(`${pointer}/${i}`, 'unknown-land', '没有这个地块或抚育区，或它不属于本组织', 'there is no such plot or tending area, or it is not your organisation’s');
  }
}

/** Notes a fault where a code is not in the herb catalogue. */
export async function checkHerb(work: Work, code: string | undefined, pointer: Steps): Promise<void> {
  if (code === undefined || (await findHerb(work.tx, code)) !== undefined) return;
  work.fault(pointer, 'unknown-herb', '药材目录中没有这个品种', 'the herb catalogue has no such herb');
}

/** A product of the caller's; notes a fault where it is none. */
export async function findProduct(work: Work, id: string | undefined, pointer: Steps): Promise<Product | undefined> {
  if (id === undefined) return undefined;
  const product = await findProductById(work.tx, id);
  if (product?.organisationId === work.caller.organisationId) return product;
  work.fault(pointer, 'unknown-product', '没有这个产品，或它不属于本组织', 'there is no such product, or it is not your organisation’s');
  return undefined;
}

/** What one piece of a product holds in milligrams; undefined where the product does not say, or not in mass. */
export function netContentMg({ netContent }: Product): bigint | undefined {
  const reading = netContent && readQuantity(netContent.value, netContent.unit);
  return reading?.dimension === 'mass' ? reading.milligrams : undefined;
}

/** Notes a fault where the id is no person of the caller's organisation. */
export async function checkPerson(work: Work, id: string | undefined, pointer: Steps): Promise<void> {
  if (id === undefined) return;
  const [row] = await work.tx.query('SELECT FROM person WHERE id = $1 AND organisation_id = $2', [id, work.caller.organisationId]);
  if (row === undefined) work.fault(pointer, 'unknown-person', '人员不在本组织中', 'this person is not of your organisation');
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
