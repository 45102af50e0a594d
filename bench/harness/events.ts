import type { BenchOrganisation } from './set-up';
import { randomUUID } from 'node:crypto';

/** The JSON-LD context of a document, or of an event that comes alone. */
export const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/**
 * Events as a partner's system sends them, in rounds of four: a lot is made, put into store, processed into another
 * lot, and that packed. Lots and ids are new in each run, so every event is stored and none is a repeat.
 */
export class EventStream {
  private readonly run = randomUUID();
  private n = 0;

  constructor(private readonly organisation: Pick<BenchOrganisation, 'party'>) {}

  /** The next events, in the order in which they happened. */
  take(count: number): object[] {
    return Array.from({ length: count }, () => this.next());
  }

  private next(): object {
    const n = this.n++;
    const round = Math.floor(n / 4);
    const lot = `urn:example:bench:${this.run}:lot:${round}`;
    const sliced = `${lot}:sliced`;
    const minute = String(n % 60).padStart(2, '0');
    const hour = String(Math.floor(n / 60) % 24).padStart(2, '0');
    const common = {
      eventID: `urn:example:bench:${this.run}:event:${n}`,
      eventTime: `2026-09-01T${hour}:${minute}:00.000+08:00`,
      eventTimeZoneOffset: '+08:00',
      readPoint: { id: `${this.organisation.party}:gate` },
      bizLocation: { id: `${this.organisation.party}:store` },
    };
    switch (n % 4) {
      case 0:
        return { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active', ...common, quantityList: [{ epcClass: lot, quantity: 812.5, uom: 'KGM' }] };
      case 1:
        return { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', disposition: 'in_progress', ...common, quantityList: [{ epcClass: lot, quantity: 812.5, uom: 'KGM' }] };
      case 2:
        return { type: 'TransformationEvent', bizStep: 'creating_class_instance', ...common, inputQuantityList: [{ epcClass: lot, quantity: 812.5, uom: 'KGM' }], outputQuantityList: [{ epcClass: sliced, quantity: 203, uom: 'KGM' }] };
      default:
        return { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', ...common, parentID: `${lot}:pallet`, childQuantityList: [{ epcClass: sliced, quantity: 203, uom: 'KGM' }] };
    }
  }
}
