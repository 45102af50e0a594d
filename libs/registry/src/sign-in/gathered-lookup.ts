/** Looks things up by a digest; whatever is asked for in the same turn of the event loop is asked once, together. */
export class GatheredLookup<T> {
  private asked = new Map<string, { readonly key: Buffer; readonly answer: Promise<T | undefined> }>();
  private turn?: Promise<ReadonlyMap<string, T>>;

  /** @param ask gives what there is of these keys, each with its key; in any order */
  constructor(private readonly ask: (keys: readonly Buffer[]) => Promise<(readonly [Buffer, T])[]>) {}

  /** What there is under this key. Nothing is remembered: each turn asks anew. Fails where asking fails. */
  find(key: Buffer): Promise<T | undefined> {
    const name = key.toString('base64');
    const known = this.asked.get(name);
    if (known !== undefined) return known.answer;
    this.turn ??= this.askAtEndOfTurn();
    const answer = this.turn.then((found) => found.get(name));
    this.asked.set(name, { key, answer });
    return answer;
  }

  private async askAtEndOfTurn(): Promise<ReadonlyMap<string, T>> {
    await new Promise((resolve) => setImmediate(resolve));
    const keys = [...this.asked.values()].map(({ key }) => key);
    this.asked = new Map();
    this.turn = undefined;
    return new Map((await this.ask(keys)).map(([key, value]) => [key.toString('base64'), value]));
  }
}
