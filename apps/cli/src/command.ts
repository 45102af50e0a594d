/** One word of the `daodi` command. */
export interface Command {
  /** The words that choose it, e.g. `epcis hash`. */
  readonly words: string;
  /** What follows the words, as the help shows it. */
  readonly operands: string;
  readonly zh: string;
  readonly en: string;
  /**
   * Does it: the result on standard output, everything else on standard error.
   *
   * @param operands what followed the words
   * @returns the exit code: 0, 1 for a refusal, 2 if the operands make no sense (the help line is shown then)
   */
  run(operands: readonly string[]): Promise<number>;
}
