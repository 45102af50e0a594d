/** Hands bytes from one who writes to one who reads, a piece at a time, in one process. Either may fail or stop. */
export class HandOver implements AsyncIterable<Buffer> {
  private piece?: { readonly bytes: Buffer; readonly taken: () => void; readonly refused: (error: unknown) => void };
  private waiting?: { readonly give: (result: IteratorResult<Buffer>) => void; readonly fail: (error: unknown) => void };
  private ended?: { readonly error?: unknown };
  private isLeft = false;

  /** Resolves when the reader has taken the piece. @throws where nobody reads any more */
  write(bytes: Buffer): Promise<void> {
    return new Promise((taken, refused) => {
      if (this.isLeft) return refused(new Error('nobody reads on'));
      this.piece = { bytes, taken, refused };
      this.meet();
    });
  }

  /** Says that nothing more comes; with an error, that what came is not all. */
  end(error?: unknown): void {
    this.ended = { error };
    this.meet();
  }

  /** The reader goes: whoever writes hears of it. */
  leave(): void {
    this.isLeft = true;
    this.piece?.refused(new Error('nobody reads on'));
    this.piece = undefined;
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return {
      next: () =>
        new Promise((give, fail) => {
          this.waiting = { give, fail };
          this.meet();
        }),
      return: async () => {
        this.leave();
        return { done: true, value: undefined };
      },
    };
  }

  private meet(): void {
    const { waiting, piece, ended } = this;
    if (waiting === undefined || (piece === undefined && ended === undefined)) return;
    this.waiting = undefined;
    if (piece !== undefined) {
      this.piece = undefined;
      piece.taken();
      return waiting.give({ done: false, value: piece.bytes });
    }
    if (ended?.error !== undefined) return waiting.fail(ended.error);
    waiting.give({ done: true, value: undefined });
  }
}
