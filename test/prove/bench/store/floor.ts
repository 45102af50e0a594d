import type { Chance } from '../random';

/** What the scale of the store shows: to 10 g. */
export const DIVISION_MG = 10_000;

/** A heap on the floor: what is really there, which no book knows. Milligrams. */
export interface Heap {
  dry: number;
  water: number;
}

export const massOf = ({ dry, water }: Heap): number => dry + water;
export const moistureOf = (heap: Heap): number => (massOf(heap) === 0 ? 0 : (100 * heap.water) / massOf(heap));

/** The year's weather in a store in Anze: how far stock is drawn to by each month, per cent of water. */
const DRAWN_TO = [10.6, 10.5, 10.8, 11.2, 11.8, 13.2, 13.9, 13.4, 12.2, 11.4, 11.0, 10.8];

/**
 * The floor of a store, simulated without any knowledge of the product: heaps of dry matter and water that move when
 * somebody carries them, draw and give water with the season, and crumble a little.
 */
export class Floor {
  private readonly heaps = new Map<string, Heap>();

  constructor(private readonly chance: Chance) {}

  heap(key: string): Heap {
    const known = this.heaps.get(key);
    if (known !== undefined) return known;
    const fresh = { dry: 0, water: 0 };
    this.heaps.set(key, fresh);
    return fresh;
  }

  /** What the scale shows of a mass. */
  reading(mg: number): number {
    return Math.max(0, Math.round(mg / DIVISION_MG) * DIVISION_MG);
  }

  weigh(key: string): number {
    return this.reading(massOf(this.heap(key)));
  }

  /** Puts a heap of so much down; what the scale showed is off by half a division at most. */
  put(key: string, shown: number, moisture: number): void {
    const mass = this.really(shown);
    const heap = this.heap(key);
    heap.water += Math.round((mass * moisture) / 100);
    heap.dry += mass - Math.round((mass * moisture) / 100);
  }

  /** Carries off what the scale showed as so much. @returns the heap that left */
  take(key: string, shown: number): Heap {
    const heap = this.heap(key);
    const share = Math.min(1, this.really(shown) / massOf(heap));
    const gone = { dry: Math.round(heap.dry * share), water: Math.round(heap.water * share) };
    heap.dry -= gone.dry;
    heap.water -= gone.water;
    return gone;
  }

  add(key: string, { dry, water }: Heap): void {
    const heap = this.heap(key);
    heap.dry += dry;
    heap.water += water;
  }

  /** A month passes over every heap: it goes a part of the way to the season's moisture, and crumbles by up to 0.02 %. */
  pass(month: number): void {
    for (const heap of this.heaps.values()) {
      const target = (DRAWN_TO[month] as number) + this.chance.next() - 0.5;
      const towards = moistureOf(heap) + (target - moistureOf(heap)) * (0.2 + 0.3 * this.chance.next());
      heap.dry -= Math.round(heap.dry * 0.0002 * this.chance.next());
      heap.water = heap.dry === 0 ? 0 : Math.round((heap.dry * towards) / (100 - towards));
    }
  }

  /** Dries a heap to a moisture. */
  dry(heap: Heap, moisture: number): void {
    heap.water = Math.min(heap.water, Math.round((heap.dry * moisture) / (100 - moisture)));
  }

  private really(shown: number): number {
    return shown + this.chance.below(DIVISION_MG) - DIVISION_MG / 2;
  }
}
