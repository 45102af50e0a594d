import type { Firm, Product } from './product';

/** A limit as the form takes it. */
export interface TestLimit {
  readonly item: string;
  readonly limitText: string;
  readonly unit?: string;
  readonly direction: string;
}

const FILE = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';

/** Has a firm publish a statutory standard of a herb, made up and binding it alone, and two of its people confirm it, as every release needs. */
export async function judgeBy(product: Product, firm: Firm, herb: string, limits: readonly TestLimit[]): Promise<void> {
  const people = await Promise.all(['one', 'other'].map((name) => product.person(firm, `${firm.code.toLowerCase()}-confirms-${name}`, ['quality-head'])));
  const [head] = people;
  const { id: version } = await product.post(head!, '/standards', {
    family: 'pharmacopoeia', name: `测试标准 ${herb}`, edition: '一版', herb, effectiveFrom: '2020-01-01', source: '测试', limits: limits.map((limit) => ({ ...limit, page: '1' })),
  });
  const readings = limits.map(({ limitText, unit, direction }, i) => ({ limit: `L${i + 1}`, limitText, ...(unit !== undefined && { unit }), direction }));
  for (const person of people) await product.post(person, '/standard-confirmations', { version, page: { number: '1', file: FILE }, readings });
}
