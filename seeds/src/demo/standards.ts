import { createHash } from 'node:crypto';
import { TablePaper } from '@daodi/platform';
import type { Client } from './client';
import { OPERATOR, ORGANISATIONS } from './data/organisations';
import { type DemoLimit, type DemoStandard, STANDARDS } from './data/standards';
import type { Names } from './names';
import { resolve } from './names';
import type { Sessions } from './sessions';

/** Roles whose people confirm limits: the head of quality and the owner, in a laboratory two who sign its reports, in a shop who buys. */
const CONFIRMING = ['quality-head', 'lab-tester', 'lab-approver', 'purchaser', 'owner'];

/**
 * The operator enters the standards made up for the demonstration, and two people of each organisation that works by one
 * confirm its limits, typed anew from a page made for that. The maker of the compound medicine holds its product to one.
 */
export class StandardsChapter {
  constructor(
    private readonly client: Client,
    private readonly sessions: Sessions,
    private readonly names: Names,
    /** The calendar year of the season. */
    private readonly year: number,
  ) {}

  /** @throws StepRefused */
  async play(): Promise<void> {
    const paper = await standardsPaper(this.year);
    const file = createHash('sha256').update(paper).digest('hex');
    await this.sessions.open([OPERATOR.people[0].login, ...STANDARDS.flatMap(({ confirmedBy }) => confirmedBy.flatMap(confirmersOf))]);
    await Promise.all([...new Set(STANDARDS.flatMap(({ confirmedBy }) => confirmedBy))].map(async (code) => {
      const token = await this.sessions.of(confirmersOf(code)[0] as string);
      await this.client.file(file, paper, { token, step: `hand in standards ${code}` });
    }));
    await Promise.all(STANDARDS.map(async (standard, i) => {
      const version = await this.enter(standard);
      const page = { number: `第 ${i + 1} 页`, file };
      await Promise.all(standard.confirmedBy.flatMap(confirmersOf).map((login) => this.confirm(standard, version, page, login)));
      await this.bind(standard, version);
    }));
  }

  private async enter({ key, name, family, herb, grade, limits }: DemoStandard): Promise<string> {
    const token = await this.sessions.of(OPERATOR.people[0].login);
    const body = {
      family, name, ...(herb !== undefined && { herb }), ...(grade !== undefined && { grade }), edition: '演示版', effectiveFrom: `${this.year - 5}-01-01`,
      source: '为演示虚构，非药典原文；数值抄自检验记录模板', fictional: true, limits: limits.map((limit) => ({ ...limit, page: pageOf(key) })),
    };
    return (await this.client.post('/api/v1/standards', body, { token, step: `enter standard ${key}` })).body.id;
  }

  private async confirm({ key, limits }: DemoStandard, version: string, page: object, login: string): Promise<void> {
    const readings = limits.map(({ limitText, unit, direction }, i) => ({ limit: `L${i + 1}`, limitText, ...(unit !== undefined && { unit }), direction }));
    await this.client.post('/api/v1/standard-confirmations', { version, page, readings, complete: true }, { token: await this.sessions.of(login), step: `confirm ${key} ${login}` });
  }

  private async bind({ key, product }: DemoStandard, version: string): Promise<void> {
    if (product === undefined) return;
    const { people } = ORGANISATIONS.find(({ code }) => code === product.organisation) as (typeof ORGANISATIONS)[number];
    const body = resolve(this.names, { version, product: `@product/${product.key}`, from: `${this.year - 5}-01-01`, reason: '演示' }) as object;
    await this.client.post('/api/v1/standard-bindings', body, { token: await this.sessions.of(people[0].login), step: `bind standard ${key}` });
  }
}

const pageOf = (key: string): string => `第 ${STANDARDS.findIndex((standard) => standard.key === key) + 1} 页`;

/** Two people of an organisation, by the first of the roles they have. */
export function confirmersOf(code: string): string[] {
  const people = ORGANISATIONS.find((organisation) => organisation.code === code)?.people ?? [];
  return [...people].filter(({ role }) => CONFIRMING.includes(role)).sort((a, b) => CONFIRMING.indexOf(a.role) - CONFIRMING.indexOf(b.role)).slice(0, 2).map(({ login }) => login);
}

const WORDS: Readonly<Record<DemoLimit['direction'], string>> = { max: '不得过', min: '不得少于', conforms: '' };

/** The pages people read: the same bytes each time. */
export async function standardsPaper(year: number): Promise<Buffer> {
  const columns = [{ title: '项目', width: 200, align: 'left' }, { title: '成分', width: 160, align: 'left' }, { title: '限度', width: 260, align: 'left' }] as const;
  const paper = await TablePaper.begin('演示标准（虚构）', columns, new Date(Date.UTC(year - 5, 0, 1)));
  STANDARDS.forEach(({ key, name, limits }, i) => {
    if (i > 0) paper.keepTogether(Number.POSITIVE_INFINITY);
    paper.line(`${name}　${pageOf(key)}`, { size: 14, isBold: true, advance: 22 });
    paper.line('为演示虚构，不是任何药典或标准的原文，不得用于真实判定。 Made up for a demonstration; judges nothing real.', { advance: 20 });
    paper.head();
    for (const { item, analytes, limitText, unit, direction } of limits) paper.row([item, analytes?.join('+') ?? '', `${WORDS[direction]}${limitText}${unit ?? ''}`]);
  });
  return paper.end();
}
