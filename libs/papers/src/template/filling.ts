import type { FillWatch } from './fill-text';
import type { PaperValues } from './paper-fields';

/** How a template is filled. */
export interface Filling {
  readonly values: PaperValues;
  readonly watch: FillWatch;
  /** Whether pictures are marked to be drawn, or stand as their text. */
  readonly marksPictures: boolean;
  /** How many elements or cells may still be copied for lines of lists. */
  readonly budget: Budget;
}

/** Counts down what a template makes of a shipment: a long one in a list of many lines would fill all memory. */
export class Budget {
  constructor(private left = 400_000) {}

  /** @throws TooLong */
  spend(amount: number): void {
    this.left -= amount;
    if (this.left < 0) throw new TooLong();
  }
}

/** Thrown where a paper would come out longer than any paper is; its catcher refuses the template or the pack. */
export class TooLong extends Error {}
