import { handInPage } from '../standard';
import type { Credential, Product } from '../product';
import { type Actor, admitted, type Code, squareOf } from './cast';
import type { Act, Asking, Json, Story } from './story';

/** An act of a story, one of the many that are on their way. */
export interface Played {
  readonly story: Story;
  readonly act: Act;
}

/**
 * Forms that say how something differs from what is on record, so that they mean something else before it is: a heap is
 * closed by who wrote its slips, a count is held against the book.
 */
const LEANS_ON: Readonly<Record<string, (other: Act, act: Act) => boolean>> = {
  '/heaps': (other) => other.path === '/slips',
  '/stock-takes': (other, { org, at }) => other.org === org && Date.parse(other.at) < Date.parse(at),
};

/** What is named is not there yet: whoever sends it tries again later. */
class NotYet extends Error {}

/** Why a sender gave up, for the moment. */
interface Refusal {
  readonly played: Played;
  readonly why: string;
}

/**
 * A fresh installation on which a season is played. Codes of batches are issued beforehand, as to phones that will have no
 * network, and devices number their events: so that records may arrive in any order.
 */
export class Stage {
  private readonly codes = new Map<string, string>();
  private readonly left = new Map<string, readonly string[]>();
  private readonly cells = new Map<string, number>();
  private readonly done = new Set<Act>();
  private page = '';

  private constructor(
    readonly product: Product,
    readonly actors: ReadonlyMap<string, Actor>,
    private readonly stories: readonly Story[],
  ) {}

  static async set(product: Product, stories: readonly Story[]): Promise<Stage> {
    const stage = new Stage(product, await admitted(product), stories);
    for (const { hands } of stage.actors.values()) stage.page = await handInPage(product, hands.key);
    await stage.issueCodes();
    await stage.play(stories.flatMap((story) => story.acts.filter(({ isStanding }) => isStanding).map((act) => ({ story, act }))));
    return stage;
  }

  actor(code: string): Actor {
    const actor = this.actors.get(code);
    if (actor === undefined) throw new Error(`nobody called ${code}`);
    return actor;
  }

  /** Sends acts in this order; what is refused because something it names has not arrived is sent again after the others. */
  async play(order: readonly Played[]): Promise<void> {
    for (let waiting = order; waiting.length > 0; ) {
      const refused: Refusal[] = [];
      for (const played of waiting) {
        const why = await this.send(played);
        if (why !== undefined) refused.push({ played, why });
      }
      if (refused.length === waiting.length) throw new Error(`nothing goes on:\n${refused.map(({ played: { story, act }, why }) => `${story.name}/${act.name}: ${why}`).join('\n')}`);
      waiting = refused.map(({ played }) => played);
    }
  }

  /** Ids of what an act left: of events and records. */
  leftBy(story: Story, act: string): readonly string[] {
    const ids = this.left.get(`${story.name}/${act}`);
    if (ids === undefined) throw new NotYet(`${story.name}/${act} has left nothing`);
    return ids;
  }

  /** What everything is called: codes and ids by the names of the stories. */
  names(): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const [name, code] of this.codes) names.set(code, name);
    // A report, its review and its approval are one record: it is called as what it began with.
    for (const [name, ids] of this.left) ids.forEach((id, i) => names.set(id, names.get(id) ?? (i === 0 ? name : `${name}#${i}`)));
    for (const { code, id, site, base, person } of this.actors.values()) [[id, code], [site, `${code}-site`], [base, `${code}-base`], [person, `${code}-person`]].forEach(([key, name]) => names.set(key as string, name as string));
    return names;
  }

  /** Names of the entries an act left. */
  entriesOf(story: Story, act: string): readonly string[] {
    const names = this.names();
    return this.leftBy(story, act).map((id) => names.get(id) ?? id);
  }

  asking(story: Story): Asking {
    const code = (name: string): string => this.code(story, name);
    const uri = (name: string): string => uriOf(code(name));
    return {
      code, uri,
      id: (act) => this.leftBy(story, act)[0] as string,
      send: (org, verb, path, body, by = 'key') => this.product.send(org === 'nobody' ? undefined : this.actor(org).hands[by], verb, path, body),
      holdings: async (name) => (await this.product.holdings(uri(name))).map((row) => row.replace(/ (\d+)/g, (_, micro: string) => ` ${Number(micro) / 1e6}`)),
    };
  }

  private code(story: Story, name: string): string {
    const code = this.codes.get(`${story.name}/${name}`);
    if (code === undefined) throw new Error(`${story.name} makes no ${name}`);
    return code;
  }

  private async issueCodes(): Promise<void> {
    const wanted = new Map<string, string[]>();
    const known = new Set<string>();
    for (const story of this.stories) {
      for (const act of story.acts) {
        for (const name of codesMadeBy(act)) {
          const key = `${story.name}/${name}`;
          if (known.has(key)) continue;
          known.add(key);
          const group = `${act.org} ${kindOf(act)}`;
          wanted.set(group, [...(wanted.get(group) ?? []), key]);
        }
      }
    }
    for (const [group, keys] of wanted) {
      const [org, kind] = group.split(' ') as [Code, string];
      const { codes } = await this.product.post(this.actor(org).hands.key, '/batch-codes', { count: keys.length, kind });
      keys.forEach((key, i) => this.codes.set(key, codes[i].code));
    }
  }

  /** @returns why it was refused, if it was */
  private async send({ story, act }: Played): Promise<string | undefined> {
    const actor = this.actor(act.org);
    try {
      const leansOn = LEANS_ON[act.path];
      if (leansOn !== undefined && story.acts.some((other) => leansOn(other, act) && !this.done.has(other))) throw new NotYet('what it leans on has not arrived');
      const body = this.put(story, actor, act.body) as Json;
      const path = act.path.replace(/@id\/([^/]+)/g, (_, name: string) => encodeURIComponent(this.leftBy(story, name)[0] as string));
      const url = act.path.startsWith('/epcis') ? act.path : `/api/v1${path}`;
      const headers = { 'x-captured-time': act.written, ...(act.phone !== undefined && { 'x-device': `${act.org}-${act.phone};counter=${story.acts.indexOf(act) + 1}` }) };
      const whole = act.isEvent ? { ...body, eventID: eventIdOf(story, act) } : body;
      let answer = await this.product.send(this.handOf(actor, act), 'POST', url, whole, headers);
      // As somebody does whose book is behind the hills: read the warning, and say why.
      if (answer.status === 409) answer = await this.product.send(this.handOf(actor, act), 'POST', url, { ...whole, acceptOverdrawn: true, reason: body['reason'] ?? '山上记录尚未同步' }, headers);
      // Of a batch whose harvest is not here no herb is known: whoever mixes gives it a name.
      if (answer.status === 422 && answer.text.includes('formula-needed')) answer = await this.product.send(this.handOf(actor, act), 'POST', url, { ...whole, formula: whole['lotNumber'] ?? '混合', acceptOverdrawn: true, reason: '山上记录尚未同步' }, headers);
      if (answer.status >= 300) return `${answer.status} ${answer.text}`;
      this.done.add(act);
      this.left.set(`${story.name}/${act.name}`, idsIn(answer.body, whole));
      return undefined;
    } catch (error) {
      if (error instanceof NotYet) return error.message;
      throw error;
    }
  }

  private handOf({ hands }: Actor, { by }: Act): Credential {
    return hands[by];
  }

  /** Puts in what `@…` names. */
  private put(story: Story, actor: Actor, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.put(story, actor, item));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.put(story, actor, item)]));
    if (typeof value !== 'string' || !value.startsWith('@')) return value;
    const [kind, name = '', more = ''] = value.slice(1).split('/');
    switch (kind) {
      case 'batch': return this.code(story, name);
      case 'uri': return uriOf(this.code(story, name));
      case 'id': return this.leftBy(story, name)[0];
      case 'site': return actor.site;
      case 'base': return actor.base;
      case 'person': return actor.person;
      case 'paper': return this.page;
      case 'square': return squareOf(actor.code, this.cellOf(actor.code, `${story.name}/${more}`), Number(name));
      default: throw new Error(`what is ${value}?`);
    }
  }

  /** The nth piece of land of an organisation. */
  private cellOf(code: Code, key: string): number {
    const known = this.cells.get(`${code} ${key}`);
    if (known !== undefined) return known;
    const nth = [...this.cells.keys()].filter((other) => other.startsWith(`${code} `)).length;
    this.cells.set(`${code} ${key}`, nth);
    return nth;
  }
}

const uriOf = (code: string): string => `https://trace.example.cn/b/${code}`;

const eventIdOf = (story: Story, act: Act): string => `urn:example:season:${story.name}:${act.name.replaceAll(' ', '-')}`;

function idsIn(answer: any, sent: Json): readonly string[] {
  const ids = [answer.eventID, ...(answer.eventIDs ?? []), answer.id, answer.eventID === undefined && answer.id === undefined ? sent['eventID'] : undefined];
  return [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
}

const kindOf = ({ path }: Act): string => (path === '/crops' || path === '/accessions' ? 'crop' : path === '/packing' ? 'retail' : 'batch');

/** Names of the batches whose code an act brings along, or speaks of as a system that numbers for itself. */
function codesMadeBy({ body }: Act): readonly string[] {
  const names: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) value.forEach((item) => walk(item, key));
    else if (typeof value === 'object' && value !== null) Object.entries(value).forEach(([inner, item]) => walk(item, inner));
    else if (typeof value === 'string' && ((key === 'code' && value.startsWith('@batch/')) || (key === 'epcClass' && value.startsWith('@uri/')))) names.push(value.split('/')[1] as string);
  };
  walk(body, '');
  return names;
}
