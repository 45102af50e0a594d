import { randomUUID } from 'node:crypto';
import { DAODI_EVENT_CONTEXT } from '@daodi/epcis';
import type { Entry } from '@daodi/log';
import { type Fault, invalid, Problem } from '@daodi/platform';
import { type Caller, dayInChina, type Draft, event } from '@daodi/registry';
import type { EntityManager } from 'typeorm';
import { apartDigest, keepApart, splitApart } from '../apart/kept-apart';
import { type EventTime, isFault, readEventTime } from './event-time';
import type { FormBody } from './form-body';
import { exactNumber, measure, type Measured, type Unmeasurable } from './units';

/** What was typed where, as faults point to it. */
export type Steps = string;

/** An event that a new form body takes the place of. */
export interface Replaced {
  readonly entry: Entry;
  /** Codes issued by us that came to be in it, in the order in which the form made them. */
  readonly codes: readonly string[];
}

/** What forms need of the deployment. */
export interface FormMeans {
  /** Where the world reaches us, without a trailing slash. */
  readonly publicUrl: string;
  readonly now: Date;
  /** Gives so many unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

/**
 * One form being turned into entries, under the lock of the log. It gathers every fault before it refuses, so that
 * nobody has to send six times to learn of six.
 */
export class Work {
  /** Entries to write: records of what is new come before the events that speak of it. */
  readonly records: Draft[] = [];
  private readonly events: Readonly<Record<string, unknown>>[] = [];
  private readonly faults: Fault[] = [];
  private isUnknown = false;
  private apart: { readonly eventID: string; readonly salt: Uint8Array; readonly body: Readonly<Record<string, unknown>> } | undefined;
  private readonly eventTime: EventTime;

  constructor(
    readonly tx: EntityManager,
    readonly caller: Caller,
    readonly means: FormMeans,
    private readonly form: { readonly name: string; readonly input: FormBody; readonly apart?: readonly string[] },
    readonly replaced?: Replaced,
  ) {
    const time = readEventTime(form.input.eventTime, means.now);
    if (isFault(time)) this.faults.push(time);
    this.eventTime = isFault(time) ? { eventTime: form.input.eventTime, eventTimeZoneOffset: '+00:00' } : time;
  }

  /** The day on which it happened, where it happened: `YYYY-MM-DD`. */
  get day(): string {
    return this.eventTime.eventTime.slice(0, 10);
  }

  /** The day it then was in China; that of the text where no time was typed. */
  get dayInChina(): string {
    const time = new Date(this.eventTime.eventTime);
    return Number.isNaN(time.getTime()) ? this.day : dayInChina(time);
  }

  /** Notes something wrong with what was typed. */
  fault(pointer: Steps, rule: string, zh: string, en: string): void {
    this.faults.push({ pointer, rule, detail: { zh, en } });
  }

  /** Notes a batch that does not exist or is not the caller's: the two must look the same. */
  unknown(pointer: Steps): void {
    this.isUnknown = true;
    this.fault(pointer, 'unknown-batch', '没有这个批次，或它不在您处', 'there is no such batch, or you neither made nor hold it');
  }

  /** Reads a typed quantity; where it cannot be taken, notes why and gives nothing. */
  measured(typed: { readonly quantity: string | number; readonly unit: string }, pointer: Steps, member = '/quantity'): Measured | undefined {
    const read = measure(typed.quantity, typed.unit);
    if (typeof read !== 'string') return read;
    this.fault(`${pointer}${member}`, read, UNMEASURABLE[read].zh, UNMEASURABLE[read].en);
    return undefined;
  }

  /** A plain number as the event carries it; where that would not be what was typed, notes so. */
  exact(typed: string | number, pointer: Steps): number | undefined {
    const number = exactNumber(typed);
    if (number === undefined) this.fault(pointer, 'too-many-digits', UNMEASURABLE['too-many-digits'].zh, UNMEASURABLE['too-many-digits'].en);
    return number;
  }

  /** Refuses the form if anything was wrong with it. @throws Problem 422 with every fault */
  refuseFaults(): void {
    if (this.faults.length === 0) return;
    if (!this.isUnknown) throw invalid(this.faults);
    const title = { zh: '没有这个批次，或它不在您处', en: 'There is no such batch, or you neither made nor hold it' };
    throw new Problem(422, 'unknown-batch', title, { faults: this.faults });
  }

  /**
   * Adds an event. Type, id, time and our context are put to it; the first event of a form carries the id the client
   * gave and what was typed.
   *
   * @returns its id
   */
  event(type: string, body: Readonly<Record<string, unknown>>): string {
    const isFirst = this.events.length === 0;
    const { name, input, apart: paths = [] } = this.form;
    const eventID = (isFirst ? input.eventID : undefined) ?? `urn:uuid:${randomUUID()}`;
    this.events.push({
      type,
      eventID,
      ...this.eventTime,
      ...withoutAbsent(body),
      ...(isFirst && { 'daodi:typed': { form: name, ...this.typed(eventID, input, paths) } }),
    });
    return eventID;
  }

  /** What was typed, without what is kept apart; of that its salted digest. */
  private typed(eventID: string, body: FormBody, paths: readonly string[]): { readonly input: unknown; readonly apart?: string } {
    const { typed, apart } = splitApart(body, paths);
    if (apart === undefined) return { input: typed };
    const salt = this.means.random(16);
    this.apart = { eventID, salt, body: apart };
    return { input: typed, apart: apartDigest(salt, apart) };
  }

  /** Keeps what stands in no log, once nothing was wrong with the form. */
  async keepApart(): Promise<void> {
    if (this.apart === undefined) return;
    const { eventID, salt, body } = this.apart;
    await keepApart(this.tx, this.caller.organisationId, eventID, salt, body);
  }

  /** Everything to write, in order. */
  drafts(): Draft[] {
    return [...this.records, ...this.events.map((body) => event(body, DAODI_EVENT_CONTEXT))];
  }
}

const UNMEASURABLE: Readonly<Record<Unmeasurable, { zh: string; en: string }>> = {
  'finer-than-a-milligram': { zh: '不能细于一毫克', en: 'it must be a whole number of milligrams' },
  'part-of-a-piece': { zh: '件数应为整数', en: 'pieces are whole' },
  'too-many-digits': { zh: '有效数字过多，无法精确保存', en: 'it has more digits than can be kept exactly' },
};

/** An event has no member without a value. */
export const withoutAbsent = (body: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
