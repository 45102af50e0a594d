import type { Clients, Sent } from '../harness/load';
import type { BenchOrganisation } from '../harness/set-up';

/** Three organisations through whose hands goods go, each with a prefix of its own. */
export interface Hands {
  readonly coop: BenchOrganisation;
  readonly mill: BenchOrganisation;
  readonly shop: BenchOrganisation;
}

export const PREFIX = { coop: '9521234', mill: '9525678', shop: '9523456' } as const;

/** Events of one chain of the background: harvest to sale. */
export const EVENTS_OF_CHAIN = 8;

/** Tag of a block of the background: everything that tells blocks apart contains it, and it is always as long. */
export const tagOf = (block: number): string => `K${String(block).padStart(5, '0')}`;

export const lgtin = (prefix: string, lot: string): string => `urn:epc:class:lgtin:${prefix}.012345.${lot}`;

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { daodi: 'urn:daodi:voc:' }];
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });

/** An event, and who says it. */
export interface Said {
  readonly who: BenchOrganisation;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Writes events as they are told, each with a time of its own: a minute after the one before. */
export class Telling {
  private minute = 0;

  constructor(
    private readonly name: string,
    private readonly from: Date,
  ) {}

  private event(more: object): Readonly<Record<string, unknown>> {
    this.minute += 1;
    const eventTime = new Date(this.from.getTime() + this.minute * 1_000).toISOString();
    return { '@context': CONTEXT, eventID: `urn:example:bench:${this.name}-${this.minute}`, eventTime, eventTimeZoneOffset: '+08:00', ...more };
  }

  make(lot: string, kilograms: number) {
    return this.event({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(lot, kilograms)] });
  }

  turn(inputs: readonly string[], outputs: readonly string[], kilograms: number, each = kilograms) {
    const lost = inputs.length * kilograms - outputs.length * each;
    return this.event({
      type: 'TransformationEvent', bizStep: 'commissioning', inputQuantityList: inputs.map((lot) => kg(lot, kilograms)), outputQuantityList: outputs.map((lot) => kg(lot, each)),
      ...(lost > 0 && { 'daodi:losses': [{ cause: 'drying', quantity: lost, uom: 'KGM' }] }),
    });
  }

  pass(bizStep: 'shipping' | 'receiving', lots: readonly string[], kilograms: number, from: BenchOrganisation, to: BenchOrganisation) {
    return this.event({
      type: 'ObjectEvent', action: 'OBSERVE', bizStep, disposition: bizStep === 'shipping' ? 'in_transit' : 'in_progress', quantityList: lots.map((lot) => kg(lot, kilograms)),
      sourceList: [{ type: 'possessing_party', source: from.party }], destinationList: [{ type: 'possessing_party', destination: to.party }],
    });
  }

  sell(lot: string, kilograms: number) {
    return this.event({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', disposition: 'retail_sold', quantityList: [kg(lot, kilograms)] });
  }
}

/** A block of ordinary business: chains from harvest to sale, through three hands. */
export function blockOf(block: number, chains: number, { coop, mill, shop }: Hands, from: Date): Said[] {
  const tag = tagOf(block);
  return Array.from({ length: chains }, (_, n): Said[] => {
    const tell = new Telling(`${tag}-${n}`, from);
    const [fresh, dried, cut] = [lgtin(PREFIX.coop, `${tag}F${n}`), lgtin(PREFIX.coop, `${tag}D${n}`), lgtin(PREFIX.mill, `${tag}C${n}`)];
    return [
      { who: coop, body: tell.make(fresh, 40) },
      { who: coop, body: tell.turn([fresh], [dried], 40, 12) },
      { who: coop, body: tell.pass('shipping', [dried], 12, coop, mill) },
      { who: mill, body: tell.pass('receiving', [dried], 12, coop, mill) },
      { who: mill, body: tell.turn([dried], [cut], 12, 11) },
      { who: mill, body: tell.pass('shipping', [cut], 11, mill, shop) },
      { who: shop, body: tell.pass('receiving', [cut], 11, mill, shop) },
      { who: shop, body: tell.sell(cut, 11) },
    ];
  }).flat();
}

/** Says events through the product's own door, many at a time. */
export async function sayAll(clients: Clients, said: readonly Said[]): Promise<void> {
  await clients.sendAll(said.map(({ who, body }): Sent => ({
    method: 'POST', path: '/epcis/events', headers: { authorization: `Bearer ${who.apiKey}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
  })));
}
