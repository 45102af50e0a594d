import { bare, kgs } from './field';
import type { Firm } from './product';
import type { Chance } from './random';

type Json = Record<string, any>;

/** Four organisations, each with a prefix of its own. */
export const CODES = ['COOP', 'PLANT', 'SHOP', 'RIVAL'] as const;
export const PREFIXES = ['9521234', '9525678', '9523456', '9527890'] as const;

/** An event and who says it. */
export interface Said {
  readonly who: Firm;
  readonly body: Json;
}

/** A history in short: who, what, of which lots, from whom, to whom. */
export function told(said: readonly Said[]): string {
  const lots = (list: Json[] | undefined): string => (list ?? []).map(({ epcClass }) => String(epcClass).split(/[:-]/).slice(4, 5).join('').slice(0, 14)).join('+');
  return said.map(({ who, body }) => [
    String(body['eventID']).split(':').at(-1), who.code, body['errorDeclaration'] ? 'declares in error' : (body['bizStep'] ?? 'makes'), lots(body['quantityList']),
    lots(body['inputQuantityList']), body['outputQuantityList'] ? `→ ${lots(body['outputQuantityList'])}` : '',
    body['sourceList']?.[0]?.source ?? '', body['destinationList']?.[0]?.destination ?? '',
  ].join(' ')).join('\n');
}

/** A dozen events of four organisations: makes, transformations, shipments, receipts, claims, declarations in error. */
export function history(chance: Chance, firms: readonly Firm[], name: string): Said[] {
  const lots = firms.flatMap((_, i) => [1, 2].map((n) => `urn:epc:class:lgtin:${PREFIXES[i]}.01234${n}.${name}`));
  const said: Said[] = [];
  for (let n = 0; n < 12; n++) {
    const who = chance.one(firms);
    const other = chance.one(firms);
    const own = lots.filter((lot) => lot.includes(PREFIXES[firms.indexOf(who)] as string));
    // Mostly about one's own, else about anything: a claim.
    const lot = chance.below(4) > 0 ? chance.one(own) : chance.one(lots);
    const quantities = [lot, ...(chance.below(3) === 0 ? [chance.one(lots)] : [])].map((uri) => kgs(uri, 1 + chance.below(9)));
    const say = (type: string, more: Json): void => void said.push({ who, body: bare(type, `2026-08-${10 + n}T09:00:00+08:00`, { eventID: `urn:example:${name}:${n}`, ...more, ...secrets(chance) }) });
    const [from, to] = [chance.below(8) === 0 ? other : who, other];
    const parties = (source: Firm, destination: Firm) => ({
      sourceList: [{ type: 'possessing_party', source: source.party }], destinationList: [{ type: chance.below(2) ? 'possessing_party' : 'owning_party', destination: destination.party }],
    });
    switch (chance.below(7)) {
      case 0: say('ObjectEvent', { action: 'ADD', bizStep: 'commissioning', quantityList: quantities }); break;
      case 1: case 2: say('TransformationEvent', { inputQuantityList: quantities, outputQuantityList: [kgs(chance.below(5) > 0 ? chance.one(own) : chance.one(lots), 1)] }); break;
      case 3: case 4: say('ObjectEvent', { action: 'OBSERVE', bizStep: 'shipping', quantityList: quantities, ...parties(from, to) }); break;
      case 5: say('ObjectEvent', { action: 'OBSERVE', bizStep: 'receiving', quantityList: quantities, ...parties(other, chance.below(8) === 0 ? other : who) }); break;
      default: {
        const earlier = said.filter((one) => one.who === who && one.body['errorDeclaration'] === undefined && !isDeclared(said, one));
        if (earlier.length === 0) break;
        const wrong = chance.one(earlier);
        said.push({ who, body: { ...wrong.body, errorDeclaration: { declarationTime: '2026-09-30T09:00:00+08:00', reason: 'incorrect_data', 'daodi:reason': '看错' } } });
      }
    }
  }
  return said;
}

/** What only sayer and named parties may read, and what every reader may. */
function secrets(chance: Chance): Json {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { daodi: 'urn:daodi:voc:', example: 'urn:example:' }],
    'daodi:region': '141026', 'daodi:price': '114.00', 'example:free': { anything: chance.below(9) },
    certificationInfo: 'https://example.com/certificate/1', disposition: 'active',
    readPoint: { id: 'urn:example:place:1' }, bizLocation: { id: 'urn:example:place:2' },
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }],
    'daodi:typed': { form: 'x', input: { carrier: '顺通' } },
  };
}

/** Whether its own sayer declared it in error. */
export const isDeclared = (said: readonly Said[], { who, body }: Said): boolean =>
  said.some((one) => one.who === who && one.body['eventID'] === body['eventID'] && one.body['errorDeclaration'] !== undefined);
