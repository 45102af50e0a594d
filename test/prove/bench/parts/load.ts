import { setTimeout as pause } from 'node:timers/promises';
import { EPCIS_CONTEXT } from '../field';
import type { BalancedClient } from './balanced-client';

/** Every so-many-th single post is a harvest by its form, the others are events. */
const FORM_EACH = 8;
/** Posts under way at most, in seconds of the pace; beyond this it is not kept, as nobody's clients wait without end. */
const IN_FLIGHT_MAX_S = 1.5;
const TICK_MS = 20;
const EVENT_TIME = '2026-09-01T08:30:00.000+08:00';

/** What to send, and how fast. */
export interface Pace {
  readonly postsPerSecond: number;
  readonly documents: number;
  readonly documentEvents: number;
  /** Over how long the documents are spread. */
  readonly documentsWithinMs: number;
}

/** Acknowledged: the event as it was sent, or the code of what a form made. */
export interface Acknowledged {
  readonly events: readonly number[];
  readonly harvests: ReadonlyMap<string, string>;
  readonly documents: readonly string[];
}

/** The id of the n-th event, and the lot it makes one kilogram of: an effect that shows if it is there twice. */
export const eventId = (n: number): string => `urn:example:parts:event:${n}`;
export const lotOf = (n: number): string => `urn:example:parts:lot:${n}`;
/** The n-th event, as it is sent. */
export const eventOf = (n: number): Readonly<Record<string, unknown>> => ({
  type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventID: eventId(n), eventTime: EVENT_TIME, eventTimeZoneOffset: '+08:00',
  quantityList: [{ epcClass: lotOf(n), quantity: 1, uom: 'KGM' }],
});

/** Single posts at a steady pace and documents in between, until told to stop; every one is sent until acknowledged. */
export class Load {
  private readonly events: number[] = [];
  private readonly harvests = new Map<string, string>();
  private readonly documents: string[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly failures: Error[] = [];
  private next = 0;
  private posts = 0;
  private isStopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: BalancedClient,
    private readonly token: string,
    private readonly crops: readonly string[],
  ) {}

  start(pace: Pace): void {
    this.isStopping = false;
    this.running = Promise.all([this.post(pace), this.capture(pace)]);
  }

  /** Sends nothing new and waits until all that was sent is acknowledged. @throws the first answer that was none */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
    await Promise.all(this.underWay);
    if (this.failures[0] !== undefined) throw this.failures[0];
  }

  get acknowledged(): Acknowledged {
    return { events: this.events, harvests: this.harvests, documents: this.documents };
  }

  /** One event more, by itself. */
  one(): Promise<void> {
    return this.event(this.next++);
  }

  /** How many requests are under way now. */
  get inFlight(): number {
    return this.underWay.size;
  }

  private async post({ postsPerSecond }: Pace): Promise<void> {
    const from = performance.now();
    for (let sent = 0; !this.isStopping; await pause(TICK_MS)) {
      const due = Math.floor(((performance.now() - from) / 1_000) * postsPerSecond);
      for (; sent < due && this.underWay.size < postsPerSecond * IN_FLIGHT_MAX_S; sent++) this.launch(++this.posts % FORM_EACH === 0 ? this.harvest(this.posts) : this.event(this.next++));
      // What could not be sent in its time is not made up for by a burst.
      sent = Math.max(sent, due - postsPerSecond);
    }
  }

  private async capture({ documents, documentEvents, documentsWithinMs }: Pace): Promise<void> {
    for (let n = 0; n < documents; n++) {
      const first = this.next;
      this.next += documentEvents;
      this.launch(this.document(first, documentEvents));
      // All of them are sent, however early the rest is told to stop.
      await pause(this.isStopping ? 0 : documentsWithinMs / documents);
    }
  }

  private launch(work: Promise<void>): void {
    const counted: Promise<void> = work.catch((error: Error) => void this.failures.push(error)).finally(() => this.underWay.delete(counted));
    this.underWay.add(counted);
  }

  private get authorization(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  private async event(n: number): Promise<void> {
    const body = JSON.stringify({ '@context': EPCIS_CONTEXT, ...eventOf(n) });
    await this.client.send({ path: '/epcis/events', key: `event-${n}`, headers: this.authorization, body });
    this.events.push(n);
  }

  private async harvest(n: number): Promise<void> {
    const key = `harvest-${n}`;
    const body = JSON.stringify({ eventTime: '2026-09-01T09:30:00+08:00', crop: this.crops[n % this.crops.length], quantity: '1', unit: 'kg' });
    const { text } = await this.client.send({ path: '/api/v1/harvests', key, headers: this.authorization, body });
    const answer = JSON.parse(text) as { eventID: string };
    this.harvests.set(key, answer.eventID);
  }

  private async document(first: number, size: number): Promise<void> {
    const numbers = Array.from({ length: size }, (_, i) => first + i);
    const body = JSON.stringify({ '@context': EPCIS_CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-09-01T09:00:00Z', epcisBody: { eventList: numbers.map(eventOf) } });
    const behaviour = this.documents.length % 2 === 0 ? 'rollback' : 'proceed';
    const { headers } = await this.client.send({ path: '/epcis/capture', key: `document-${first}`, headers: { ...this.authorization, 'GS1-Capture-Error-Behaviour': behaviour }, body });
    this.documents.push(String(headers.get('location')));
    this.events.push(...numbers);
  }
}
