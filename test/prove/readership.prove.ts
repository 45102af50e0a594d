/**
 * Who may read what of an event: asked of the product a thousand times over random small histories and compared, field
 * by field, with a second and slow implementation of the rule, written here from its words and from nothing else.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { CODES, history, isDeclared, PREFIXES, type Said, told } from './bench/history';
import { type Firm, Product } from './bench/product';
import { Chance, seed } from './bench/random';
import { campaign } from './bench/tally';

type Json = Record<string, any>;

export const prove = campaign(async (tally) => {
  const product = await Product.open({ workers: false });
  const wanted = tally.size === 'full' ? 1_000 : 200;
  const from = seed();
  let asked = 0;
  try {
    const firms: Firm[] = [];
    for (const [i, code] of CODES.entries()) firms.push(await product.firm(code, 'processor', { gs1Prefix: PREFIXES[i] }));
    for (let n = 0; asked < wanted; n++) {
      const said = history(new Chance(from + n), firms, `${from}-${n}`);
      for (const { who, body } of said) await product.done(who, 'POST', '/epcis/events', body);
      await product.settled();
      const model = new SlowReadership(said, firms);
      const ids = [...new Set(said.map(({ body }) => body['eventID'] as string))];
      for (const asker of firms) {
        await tally.holds(`history ${from}-${n} as ${asker.code}`, async () => {
          for (const id of ids) {
            const answer = await product.send(asker, 'GET', `/epcis/events/${encodeURIComponent(id)}`);
            const shown: Json[] = answer.status === 404 ? [] : answer.body.epcisBody.queryResults.resultsBody.eventList;
            const [seen, right] = [shown.map(withoutEnvelope), model.read(asker, id)];
            if (!isDeepStrictEqual(seen, right)) throw new Error(`${id} shows ${JSON.stringify(seen)}\ninstead of ${JSON.stringify(right)}\nwhere\n${told(said)}`);
          }
        });
        asked += ids.length;
      }
    }
    tally.say(`${asked} questions, DAODI_SEED=${from}`);
  } finally {
    await product.close();
  }
});

/** What every answer adds or takes, whoever asks; a cut event's digest is the product's own. */
function withoutEnvelope({ '@context': _c, recordTime: _r, ...event }: Json): Json {
  if (event['daodi:cut'] === undefined) return event;
  assert.match(event['daodi:cut'].digest, /^[0-9a-f]{64}$/);
  return { ...event, 'daodi:cut': { withheld: event['daodi:cut'].withheld } };
}

/** One line: an organisation says something of a lot. */
interface Line {
  readonly who: Firm;
  readonly eventID: string;
  readonly lot: string;
  readonly role: 'make' | 'input' | 'output' | 'ship' | 'receive';
  /** For whose act it stands, where it names somebody else's. */
  readonly actor?: Firm;
  readonly to?: Firm;
}

/**
 * The rule in words, without any thought of speed:
 * - A lot belongs to whom its prefix is licensed. He has it, and whoever is named as destination in a shipment of it by
 *   somebody who has it. A line is held if its sayer has the lot, speaks of its own act, and, where it says that
 *   something came to be, owns it; an output moreover only if all that went into it is held.
 * - Who has a lot may read it, and everything it came from.
 * - Sayer and named parties read an event whole; who may read something it moved or made, if that line is held, reads
 *   it cut; nobody else reads it. What was declared in error is read as if the declaration had not been made, by those
 *   who may read the lot as things stand now.
 */
class SlowReadership {
  constructor(
    private readonly said: readonly Said[],
    private readonly firms: readonly Firm[],
  ) {}

  /** The event and the declarations of its error, as an organisation sees them. */
  read(asker: Firm, eventID: string): Json[] {
    return this.said.filter(({ body }) => body['eventID'] === eventID).flatMap((one) => {
      const { '@context': _, ...body } = one.body;
      if (one.who === asker) return [body];
      const { 'daodi:typed': _typed, ...forNamed } = body;
      if (this.named(body).includes(asker)) return [forNamed];
      const readable = this.linesOf(one).filter((line) => this.isHeld(line, eventID) && this.mayRead(asker, line.lot)).map(({ lot }) => lot);
      return readable.length === 0 ? [] : [cut(body, new Set(readable))];
    });
  }

  private named(body: Json): Firm[] {
    const uris = [...(body['sourceList'] ?? []).map((s: Json) => s['source']), ...(body['destinationList'] ?? []).map((d: Json) => d['destination'])];
    return this.firms.filter(({ party }) => uris.includes(party));
  }

  private linesOf({ who, body }: Said): Line[] {
    const eventID = body['eventID'] as string;
    const firmOf = (uri: unknown): Firm | undefined => this.firms.find(({ party }) => party === uri);
    const source = firmOf(body['sourceList']?.[0]?.source);
    const destination = firmOf(body['destinationList']?.[0]?.destination);
    const lines = (list: Json[] | undefined, role: Line['role'], more: Partial<Line> = {}): Line[] => (list ?? []).map(({ epcClass }) => ({ who, eventID, lot: epcClass, role, ...more }));
    if (body['type'] === 'TransformationEvent') return [...lines(body['inputQuantityList'], 'input'), ...lines(body['outputQuantityList'], 'output')];
    if (body['action'] === 'ADD') return lines(body['quantityList'], 'make');
    if (body['bizStep'] === 'shipping') return lines(body['quantityList'], 'ship', { actor: source, to: destination });
    return lines(body['quantityList'], 'receive', { actor: destination });
  }

  /** Lines that stand: of events not declared in error, and of the one that is asked about in any case. */
  private standing(asked?: string): Line[] {
    return this.said
      .filter((one) => one.body['errorDeclaration'] === undefined && (one.body['eventID'] === asked || !isDeclared(this.said, one)))
      .flatMap((one) => this.linesOf(one));
  }

  private owner(lot: string): Firm {
    return this.firms[PREFIXES.findIndex((prefix) => lot.includes(`:${prefix}.`))] as Firm;
  }

  private holders(lot: string, asked?: string): Set<Firm> {
    const holders = new Set([this.owner(lot)]);
    for (let size = 0; size < holders.size; ) {
      size = holders.size;
      for (const line of this.standing(asked)) {
        if (line.lot === lot && line.role === 'ship' && line.to !== undefined && holders.has(line.who) && isOwnAct(line)) holders.add(line.to);
      }
    }
    return holders;
  }

  private isHeld(line: Line, asked?: string): boolean {
    const { who, lot, role, eventID } = line;
    if (!this.holders(lot, asked).has(who) || !isOwnAct(line)) return false;
    if (role === 'make' || role === 'output') {
      if (this.owner(lot) !== who) return false;
    }
    if (role !== 'output') return true;
    return this.standing(asked).filter((one) => one.eventID === eventID && one.who === who && one.role === 'input').every((input) => this.isHeld(input, asked));
  }

  private mayRead(asker: Firm, lot: string): boolean {
    return this.descendants(lot).some((one) => this.holders(one).has(asker));
  }

  /** The lot itself and all that came out of it: of what its sayer had, into what is its sayer's to make. */
  private descendants(lot: string): string[] {
    const found = new Set([lot]);
    for (let size = 0; size < found.size; ) {
      size = found.size;
      const lines = this.standing();
      for (const input of lines.filter((line) => line.role === 'input' && found.has(line.lot) && this.isHeld(line))) {
        for (const output of lines) {
          if (output.role === 'output' && output.eventID === input.eventID && output.who === input.who && this.owner(output.lot) === output.who) found.add(output.lot);
        }
      }
    }
    return [...found];
  }
}

const isOwnAct = ({ who, actor }: Line): boolean => actor === undefined || actor === who;

/** Type, times, step, region, certificates, and the lines one may read; of the others how many. Nothing else. */
function cut(body: Json, readable: ReadonlySet<string>): Json {
  const seen: Json = {};
  for (const name of ['type', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'action', 'bizStep', 'disposition', 'certificationInfo', 'daodi:region']) {
    if (name in body) seen[name] = body[name];
  }
  let withheld = 0;
  for (const list of ['quantityList', 'inputQuantityList', 'outputQuantityList']) {
    const all: Json[] = body[list] ?? [];
    const shown = all.filter(({ epcClass }) => readable.has(epcClass));
    withheld += all.length - shown.length;
    if (shown.length > 0) seen[list] = shown;
  }
  if (body['errorDeclaration'] !== undefined) {
    const { declarationTime, reason } = body['errorDeclaration'];
    seen['errorDeclaration'] = { declarationTime, reason };
  }
  return { ...seen, 'daodi:cut': { withheld } };
}
