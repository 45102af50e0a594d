import { creditCode, PASSWORD, SQUARE } from '../product';
import type { Standalone } from '../standalone';

/** Somebody of an organisation, over HTTP. */
export class Caller {
  constructor(
    readonly url: string,
    readonly code: string,
    readonly token: string,
  ) {}

  async get(path: string): Promise<any> {
    const answer = await fetch(this.url + path, { headers: this.headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Posts what must be taken. */
  async post(path: string, body: object): Promise<any> {
    const { status, body: answered } = await this.send(path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answered)} for ${JSON.stringify(body)}`);
    return answered;
  }

  async send(path: string, body: object): Promise<{ readonly status: number; readonly body: any }> {
    const answer = await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers: { ...this.headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  }

  async bytes(path: string): Promise<Buffer> {
    const answer = await fetch(this.url + path, { headers: this.headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  private get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}`, 'accept-language': 'zh' };
  }
}

/** Counties from which the market's goods come; each has a grower who is registered here. */
export const COUNTIES = ['141026', '140425', '410328'] as const;

/** A market: growers of three counties, and a stall that buys from them and from whoever passes by. */
export interface Market {
  readonly growers: readonly { readonly caller: Caller; readonly county: string; readonly crop: string }[];
  readonly stall: Caller;
  /** The stall's places: where it sells, and where what came back lies apart. */
  readonly counter: string;
  readonly apart: string;
}

/** Sets an empty installation up through its own doors. */
export async function openMarket(product: Standalone): Promise<Market> {
  await product.keyOfFirstOrganisation();
  const signIn = async (login: string): Promise<string> => {
    const answer = await fetch(`${product.url}/api/v1/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: PASSWORD }) });
    return ((await answer.json()) as { token: string }).token;
  };
  const operator = new Caller(product.url, 'OPERATOR', await signIn('operator'));
  let admitted = 10;
  const admit = async (code: string, type: string, region: string): Promise<Caller> => {
    const owner = { name: `${code} 负责人`, login: code.toLowerCase(), password: PASSWORD };
    await operator.post('/organisations', { code, name: `${code} 商户`, type, creditCode: creditCode(++admitted), region, owner });
    return new Caller(product.url, code, await signIn(code.toLowerCase()));
  };
  const growers = [];
  for (const [i, county] of COUNTIES.entries()) {
    const caller = await admit(`GROWER-${i + 1}`, 'cooperative', county);
    const base = await caller.post('/bases', { name: '基地', region: county });
    const plot = await caller.post('/plots', { baseId: base.id, name: '一号地', layer: 'crop', fromYear: 2020, boundary: SQUARE, datum: 'WGS-84' });
    const crop = await caller.post('/crops', { eventTime: '2021-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [plot.id], mode: 'wild-tended' });
    growers.push({ caller, county, crop: crop.batches[0].code as string });
  }
  const stall = await admit('STALL', 'retailer', '130683');
  const [counter, apart] = [await stall.post('/sites', { kind: 'warehouse', name: '摊位', region: '130683' }), await stall.post('/sites', { kind: 'warehouse', name: '退货区', region: '130683' })];
  return { growers, stall, counter: counter.id as string, apart: apart.id as string };
}
