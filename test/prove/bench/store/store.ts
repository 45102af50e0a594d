import { crop } from '../field';
import type { Credential, Firm, Product } from '../product';

/** What was answered over a real connection. */
export interface Reply {
  readonly status: number;
  readonly body: any; // campaigns look into it freely
}

/** A store of one organisation: two sites, zones in the first, a head of quality. */
export interface Store {
  readonly product: Product;
  readonly url: string;
  readonly firm: Firm;
  readonly head: Credential;
  readonly crop: string;
  /** Places by a short name: their ids. */
  readonly places: Readonly<Record<PlaceName, string>>;
}

export const PLACES = ['quarantine', 'qualified', 'rejected', 'annex'] as const;
export type PlaceName = (typeof PLACES)[number];

/** Furnishes a store through the product's own doors. */
export async function openStore(product: Product): Promise<Store> {
  const firm = await product.firm('STORE');
  const url = await product.listen();
  const zone = async (kind: string): Promise<string> => (await product.post(firm.owner, '/zones', { site: firm.site, zone: kind, name: `${kind} A-01` })).id;
  const annex = (await product.post(firm.owner, '/sites', { kind: 'warehouse', name: '二号库', region: '141026' })).id;
  const head = await product.person(firm, 'store-head', ['quality-head']);
  return {
    product, url, firm, head, crop: await crop(product, firm),
    places: { quarantine: await zone('quarantine'), qualified: await zone('qualified'), rejected: await zone('rejected'), annex },
  };
}

/** Sends a request over a connection of its own. */
export async function send({ url }: Pick<Store, 'url'>, who: Credential, method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method, headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json', 'accept-language': 'en' }, body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Posts what must succeed. */
export async function post(store: Store, path: string, body: object, who: Credential = store.firm): Promise<any> {
  const { status, body: answer } = await send(store, who, 'POST', path, body);
  if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(answer)} for ${JSON.stringify(body).slice(0, 2000)}`);
  return answer;
}

/** Every item of a list, page by page. */
export async function everything(store: Store, path: string, who: Credential = store.firm): Promise<any[]> {
  const items: any[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await send(store, who, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=500${cursor}`);
    if (status !== 200) throw new Error(`GET ${path}: ${status}`);
    items.push(...body.items);
    if (body.next === undefined) return items;
    cursor = `&cursor=${body.next}`;
  }
}

/** Kilograms in decimal text of so many milligrams. */
export const kg = (mg: number): string => (mg / 1_000_000).toFixed(6).replace(/\.?0+$/, '');
