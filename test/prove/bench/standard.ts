import { createHash } from 'node:crypto';
import type { Credential, Firm, Product } from './product';

/** A limit as the form takes it. */
export interface TestLimit {
  readonly item: string;
  readonly limitText: string;
  readonly unit?: string;
  readonly direction: string;
}

/** The page a made-up standard was read on. */
const PAGE = Buffer.from('%PDF-1.7\n1\n%%EOF');
const PAGE_FILE = createHash('sha256').update(PAGE).digest('hex');

/** Hands that page in for a firm. @returns its digest */
export async function handInPage(product: Product, who: Credential): Promise<string> {
  await product.done(who, 'PUT', `/api/v1/files/${PAGE_FILE}`, { file: PAGE.toString('base64') });
  return PAGE_FILE;
}

/** Has a firm publish a statutory standard of a herb, made up and binding it alone, and two of its people confirm it, as every release needs. */
export async function judgeBy(product: Product, firm: Firm, herb: string, limits: readonly TestLimit[]): Promise<void> {
  const people = await Promise.all(['one', 'other'].map((name) => product.person(firm, `${firm.code.toLowerCase()}-confirms-${name}`, ['quality-head'])));
  const [head] = people;
  const { id: version } = await product.post(head!, '/standards', {
    family: 'pharmacopoeia', name: `测试标准 ${herb}`, edition: '一版', herb, effectiveFrom: '2020-01-01', source: '测试', limits: limits.map((limit) => ({ ...limit, page: '1' })),
  });
  const readings = limits.map(({ limitText, unit, direction }, i) => ({ limit: `L${i + 1}`, limitText, ...(unit !== undefined && { unit }), direction }));
  const file = await handInPage(product, head!);
  for (const person of people) await product.post(person, '/standard-confirmations', { version, page: { number: '1', file }, readings, complete: true });
}
