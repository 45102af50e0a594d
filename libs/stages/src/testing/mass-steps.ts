import { randomUUID } from 'node:crypto';
import { record } from '@daodi/registry';
import type { Answer, Firm, FormsBench } from './forms-bench';

/** What somebody may do to material. Names are those of the forms' routes where there is one; an arrival is a receipt of what was shipped, weighed anew. */
export const MASS_STEPS = [
  'harvests', 'processing', 'packing', 'samples', 'shipments', 'void', 'receipts', 'arrivals', 'sales', 'destructions', 'stock-takes', 'storage',
  'splits', 'mixtures', 'gradings', 'repackings', 'credit-sales', 'returns', 'exchanges', 'intakes', 'stock-changes', 'transfers',
  'correct', 'take-back',
] as const;

/** One thing done, told by small numbers, so that a failing sequence can be made shorter. */
export interface MassStep {
  /** `release`: somebody tests it and wants it let go; nothing is done where the sequence is played without a gate. */
  readonly kind: (typeof MASS_STEPS)[number] | 'release';
  /** Which of the three organisations does it, and to or from which. */
  readonly who: number;
  readonly other: number;
  /** Which of the things there are it is done to. */
  readonly pick: number;
  readonly second: number;
  readonly milligrams: bigint;
  /** When it happened, in minutes from a fixed instant: often earlier than what was typed before it. */
  readonly minute: number;
  /** Whether a warning of an overdraw is answered with a reason. */
  readonly isAccepted: boolean;
}

type Json = Record<string, unknown>;

/** What a sequence has made so far. */
interface World {
  readonly bench: FormsBench;
  readonly firms: readonly Firm[];
  readonly crops: Map<string, string>;
  /** A second site of each, beside the one it began with. */
  readonly sites: Map<string, string>;
  /** Batches kept by mass, and packs, that an organisation made or was sent. */
  readonly lots: Map<string, string[]>;
  readonly packs: Map<string, string[]>;
  readonly events: Map<string, { path: string; body: Json; eventID: string; by: Firm; codes: readonly string[] }[]>;
  readonly gate: Gate;
}

/** Who lets go of what was made, where a sequence is played with releases in it. */
export interface Gate {
  /** Tests a batch, or not, and asks for its release, of all of it or of so many milligrams; answers whether it was let go. */
  release?(firm: Firm, batch: string, part?: bigint): Promise<boolean>;
  /** Called after every step, whether it was recorded or refused, with what stands of harvests and intakes as people typed them. */
  after?(came: ReadonlyMap<string, bigint>): Promise<void>;
}

/** What was harvested or taken in, by batch, in milligrams: as the forms said that stand uncorrected. */
function cameIn({ events }: World): Map<string, bigint> {
  const came = new Map<string, bigint>();
  for (const { path, body, codes: [code] } of [...events.values()].flat()) {
    if ((path !== '/harvests' && path !== '/intakes') || code === undefined) continue;
    came.set(code, (came.get(code) ?? 0n) + BigInt((body['quantity'] as string).replace('.', '')));
  }
  return came;
}

const START = Date.UTC(2026, 7, 1);
const timeOf = (minute: number): string => new Date(START + minute * 60_000).toISOString();

/**
 * Does the steps one after the other through the forms, as people would. Whatever is refused leaves nothing.
 *
 * @returns what was recorded, in turn
 */
export async function playSteps(bench: FormsBench, firms: readonly Firm[], steps: readonly MassStep[], gate: Gate = {}): Promise<MassStep['kind'][]> {
  const world: World = { bench, firms, crops: new Map(), sites: new Map(), lots: new Map(), packs: new Map(), events: new Map(), gate };
  for (const firm of firms) {
    const site = randomUUID();
    world.sites.set(firm.code, site);
    await bench.say(firm.organisationId, [record('site', site, 'created', { new: { kind: 'warehouse', name: '二号库', region: '141026', status: 'active' } })]);
    const crop = await bench.done(firm, '/crops', { eventTime: timeOf(0), herb: 'lianqiao', plots: [firm.plot], mode: 'wild-tended' });
    world.crops.set(firm.code, crop.batches[0].code as string);
    const harvest = { kind: 'harvests', who: firms.indexOf(firm), other: 0, pick: 0, second: 0, milligrams: 300_000_000n, minute: 1, isAccepted: false } as const;
    await playStep(world, harvest);
  }
  // Something is always on its way and weighed anew, once to more and once to less.
  const moved = { pick: 0, milligrams: 90_000_000n, isAccepted: false } as const;
  const opening: readonly MassStep[] = [
    { kind: 'shipments', who: 0, other: 1, second: 0, minute: 2, ...moved }, { kind: 'arrivals', who: 1, other: 0, second: 5, minute: 3, ...moved },
    { kind: 'shipments', who: 1, other: 2, second: 0, minute: 4, ...moved }, { kind: 'arrivals', who: 2, other: 1, second: 1, minute: 5, ...moved },
  ];
  const done: MassStep['kind'][] = [];
  for (const step of [...opening, ...steps]) {
    if (await playStep(world, step)) done.push(step.kind);
    await gate.after?.(cameIn(world));
  }
  return done;
}

const at = <T>(list: readonly T[] | undefined, pick: number): T | undefined => (list === undefined || list.length === 0 ? undefined : list[pick % list.length]);

/** Milligrams as kilograms, exactly. */
const kilograms = (milligrams: bigint): string => `${milligrams / 1_000_000n}.${(milligrams % 1_000_000n).toString().padStart(6, '0')}`;

/** @returns whether it was recorded */
async function playStep(world: World, step: MassStep): Promise<boolean> {
  const firm = at(world.firms, step.who) as Firm;
  const other = at(world.firms, step.other) as Firm;
  if (step.kind === 'correct' || step.kind === 'take-back') return correct(world, firm, step);
  const lot = at(world.lots.get(firm.code), step.pick);
  if (step.kind === 'release') {
    const goods = at([...(world.lots.get(firm.code) ?? []), ...(world.packs.get(firm.code) ?? [])], step.pick);
    return goods !== undefined && (await world.gate.release?.(firm, goods, step.second % 2 === 1 ? step.milligrams : undefined)) === true;
  }
  const done = bodyOf(world, step, firm, other, lot);
  if (done === undefined) return false;
  const answer = await sent(world, firm, done.path, done.body, step.isAccepted);
  if (answer.status !== 201) return false;
  const eventID = answer.body.eventID as string;
  const codes = ((answer.body.batches ?? []) as { code: string }[]).map(({ code }) => code);
  remember(world.events, firm.code, { path: done.path, body: done.body, eventID, by: firm, codes });
  for (const { code, kind } of (answer.body.batches ?? []) as { code: string; kind?: string }[]) {
    remember(kind === 'retail' || step.kind === 'packing' ? world.packs : world.lots, firm.code, code);
  }
  if ((step.kind === 'shipments' || answer.body.recordedAs === 'shipment') && lot !== undefined) remember(world.lots, other.code, lot);
  return true;
}

function remember<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else if (!known.includes(value)) known.push(value);
}

/** The path and body of a form; nothing where there is nothing to do it to. */
function bodyOf(world: World, step: MassStep, firm: Firm, other: Firm, lot: string | undefined): { path: string; body: Json } | undefined {
  const { kind, milligrams } = step;
  const quantity = kilograms(milligrams);
  const base = { eventTime: timeOf(step.minute) };
  const line = { batch: lot, quantity, unit: 'kg' };
  const second = at(world.lots.get(firm.code), step.second);
  const made = (body: Json): { path: string; body: Json } => ({ path: `/${kind}`, body: { ...base, ...body } });
  if (kind === 'harvests') return made({ crop: world.crops.get(firm.code), quantity, unit: 'kg', site: firm.site });
  if (kind === 'void') {
    const shipment = at(world.events.get(firm.code)?.filter(({ path }) => path === '/shipments'), step.pick);
    return shipment && { path: `/shipments/${encodeURIComponent(shipment.eventID)}/void`, body: { ...base, reason: '车辆故障' } };
  }
  if (kind === 'intakes') {
    return made({
      means: 'purchase', herb: 'lianqiao', quantity, unit: 'kg', origin: { regionCode: '621100', text: '甘肃定西' }, year: 2025, seller: { person: '某人' },
    });
  }
  if (kind === 'arrivals') return arrival(world, step, firm, other);
  if (lot === undefined) return undefined;
  switch (kind) {
    case 'processing': return made({
      step: 'drying', inputs: [line, ...(second === undefined || second === lot ? [] : [{ batch: second, quantity: kilograms(milligrams / 2n + 1n), unit: 'kg' }])],
      // Now and then more than went in.
      outputs: [{ quantity: kilograms(step.pick % 4 === 0 ? (milligrams * 5n) / 4n : milligrams / 3n + 1n), unit: 'kg' }, { quantity: kilograms(milligrams / 50n + 1n), unit: 'kg', role: 'waste' }],
      losses: [{ cause: 'drying', quantity: kilograms(milligrams / 2n + 1n), unit: 'kg' }],
    });
    case 'packing': return made({ inputs: [line], pieces: Number(milligrams % 1000n) + 1, netContent: { quantity: '100', unit: 'g' } });
    case 'samples': return made({ lines: [line] });
    case 'shipments': return firm === other ? undefined : made({ to: { organisation: other.code }, lines: [line] });
    case 'receipts': return firm === other ? undefined : made({ from: { organisation: other.code }, site: firm.site, lines: [receiptLine(lot, milligrams, step.second)] });
    case 'sales': return made({ lines: [line] });
    case 'destructions': return made({ lines: [line], witness: firm.person, reason: '霉变' });
    case 'stock-takes': return made({ lines: [{ ...line, reason: 'scale-difference' }] });
    case 'storage': return made({ site: firm.site, lines: [line] });
    case 'stock-changes': return made({
      change: (['re-drying', 'natural-loss', 'moisture-regain'] as const)[step.second % 3],
      lines: [{ batch: lot, before: quantity, after: kilograms(step.second % 3 === 2 ? milligrams + 500_000n : milligrams - milligrams / 20n), unit: 'kg' }],
    });
    case 'transfers': return made({ from: firm.site, to: world.sites.get(firm.code), lines: [line], underWay: step.second % 2 === 0 ? true : undefined });
    case 'splits': return made({ batch: lot, parts: [{ quantity, unit: 'kg', count: 2 }, { quantity: kilograms(milligrams / 7n + 1n), unit: 'kg' }] });
    case 'mixtures': return second === undefined || second === lot ? undefined : made({ inputs: [line, { batch: second, quantity: kilograms(milligrams / 4n + 1n), unit: 'kg' }] });
    case 'gradings': return made({
      batch: lot, used: { quantity, unit: 'kg' }, siftings: { quantity: kilograms(milligrams / 30n + 1n), unit: 'kg' },
      outputs: [{ grade: '一等', quantity: kilograms(milligrams / 2n + 1n), unit: 'kg' }, { grade: '二等', quantity: kilograms(milligrams / 3n + 1n), unit: 'kg' }],
    });
    case 'credit-sales': return made({ buyer: 'K-017', lines: [line], amount: '1280.00', dueOn: '2026-12-31', ...(firm !== other && step.second % 2 === 0 && { organisation: other.code }) });
    case 'returns': {
      const sale = saleOf(world, firm, step.second);
      return sale && made({ sale: sale.eventID, reason: '受潮', state: 'damp', ...(step.pick % 3 !== 0 && { lines: [{ ...sale.line, quantity: kilograms(milligrams / 3n + 1n) }] }) });
    }
    case 'exchanges': {
      const sale = saleOf(world, firm, step.second);
      return sale && made({ sale: sale.eventID, returned: [{ ...sale.line, quantity: kilograms(milligrams / 4n + 1n) }], given: [line], reason: '规格不符', state: 'unopened' });
    }
    case 'repackings': return made({ batch: lot, packages: { count: 3, quantity: kilograms(milligrams / 4n + 1n), unit: 'kg' }, odd: { quantity: kilograms(milligrams / 9n + 1n), unit: 'kg' } });
    default: return undefined;
  }
}

/** A sale of one batch to whom is not here, with its line. */
function saleOf({ events }: World, firm: Firm, pick: number): { eventID: string; line: Json } | undefined {
  const sale = at(events.get(firm.code)?.filter(({ path, body }) => path === '/sales' || (path === '/credit-sales' && body['organisation'] === undefined)), pick);
  return sale && { eventID: sale.eventID, line: (sale.body['lines'] as Json[])[0] as Json };
}

/** What was shipped here, on a scale that shows up to a third more or less of it. */
function arrival({ events }: World, { pick, second, minute }: MassStep, firm: Firm, other: Firm): { path: string; body: Json } | undefined {
  const shipments = events.get(other.code)?.filter(({ path, body }) => path === '/shipments' && (body['to'] as Json)['organisation'] === firm.code);
  const [line] = (at(shipments, pick)?.body['lines'] ?? []) as { batch: string; quantity: string }[];
  if (line === undefined || firm === other) return undefined;
  const milligrams = BigInt(line.quantity.replace('.', ''));
  const accepted = { quantity: kilograms(milligrams + (milligrams * BigInt((second % 7) - 3)) / 9n), unit: 'kg' };
  return { path: '/receipts', body: { eventTime: timeOf(minute), from: { organisation: other.code }, site: firm.site, lines: [{ batch: line.batch, accepted }] } };
}

/** A delivery of which some was sent back and some was not there. */
function receiptLine(batch: string, milligrams: bigint, parts: number): Json {
  const of = (amount: bigint): Json => ({ quantity: kilograms(amount), unit: 'kg' });
  if (parts % 3 === 0) return { batch, accepted: of(milligrams) };
  const [rejected, short] = [milligrams / 5n + 1n, milligrams / 10n + 1n];
  return { batch, accepted: of(milligrams), ...(parts % 3 === 1 ? { rejected: of(rejected) } : { short: of(short) }) };
}

/** Takes what the form warns of, where the step says so. */
async function sent({ bench }: World, firm: Firm, path: string, body: Json, isAccepted: boolean): Promise<Answer> {
  const answer = await bench.post(firm, path, body);
  if (answer.status >= 500) throw new Error(`${path} ${answer.status} ${JSON.stringify(answer.body)} for ${JSON.stringify(body)}`);
  if (answer.status !== 409 || !isAccepted) return answer;
  return bench.post(firm, path, { ...body, acceptOverdrawn: true, ...(body['reason'] === undefined && { reason: '待补录' }) });
}

/** Says that something was told wrongly: with half as much again in its place, or with nothing. */
async function correct(world: World, firm: Firm, step: MassStep): Promise<boolean> {
  const told = at(world.events.get(firm.code)?.filter(({ path }) => !path.endsWith('/void')), step.pick);
  if (told === undefined) return false;
  const replacement = step.kind === 'take-back' ? undefined : grown(told.body);
  const path = `/events/${encodeURIComponent(told.eventID)}/correction`;
  const answer = await world.bench.post(firm, path, { reason: '记错', ...(replacement && { replacement }) });
  if (answer.status >= 500) throw new Error(`${path} ${answer.status} ${JSON.stringify(answer.body)}`);
  if (answer.status !== 201) return false;
  world.events.set(firm.code, (world.events.get(firm.code) ?? []).filter((event) => event !== told));
  if (replacement !== undefined) remember(world.events, firm.code, { ...told, body: replacement, eventID: answer.body.eventID as string });
  return true;
}

/** The same form with every mass half as large again. */
function grown(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (key !== 'quantity' || typeof inner !== 'string' || !inner.includes('.')) return inner;
    const [whole = '0', fraction = ''] = inner.split('.');
    return kilograms((BigInt(whole + fraction) * 3n) / 2n);
  }) as Json;
}
