import type { Client } from './client';
import type { Chapter } from './data/act';
import { OPERATOR, ORGANISATIONS } from './data/organisations';
import { type Names, resolve } from './names';
import type { SeasonNotes } from './season-notes';
import type { Sessions } from './sessions';

/** How long a season that is cut off may be gone on with. */
const VALID_MS = 300 * 86_400_000;

/** Grants of the operator, by which the organisations of the demonstration bring in what they wrote down in the season. */
export class ImportGrants {
  readonly run: string;
  private readonly given = new Map<string, string>();

  constructor(
    private readonly client: Client,
    private readonly sessions: Sessions,
    private readonly names: Names,
    private readonly notes: SeasonNotes,
  ) {
    this.run = `demo-${notes.year}`;
  }

  /** One for each organisation that wrote something down. @throws StepRefused */
  async give(chapters: readonly Chapter[]): Promise<void> {
    const token = await this.sessions.of(OPERATOR.people[0].login);
    const until = await this.notes.timeOf('import grants', new Date(Date.now() + VALID_MS));
    const writers = new Set(chapters.flat().filter(({ isNow }) => isNow === undefined).map(({ by }) => by));
    const codes = ORGANISATIONS.filter(({ people }) => people.some(({ login }) => writers.has(login))).map(({ code }) => code);
    await Promise.all(codes.map(async (code) => {
      const body = {
        organisationId: resolve(this.names, `@organisation/${code.toLowerCase()}`), run: this.run, until,
        reason: '演示：把一季的纸质记录补录进来 / demonstration: the papers of a season', sources: [`${this.notes.year} 年采收、加工、检验台账（演示）`],
      };
      const { body: grant } = await this.client.post('/api/v1/import-grants', body, { token, step: `grant import ${code}` });
      this.given.set(code, grant.id);
    }));
  }

  /** Nothing more is to come in. @throws StepRefused */
  async end(): Promise<void> {
    const token = await this.sessions.of(OPERATOR.people[0].login);
    await Promise.all([...this.given].map(([code, id]) => this.client.delete(`/api/v1/import-grants/${id}`, { token, step: `end import ${code}` })));
  }
}
