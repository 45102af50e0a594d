import { HandOver } from './hand-over';

const text = async (from: HandOver): Promise<string> => {
  let all = '';
  for await (const bytes of from) all += bytes.toString();
  return all;
};

describe('a hand-over', () => {
  it('gives every piece in order, and lets nobody write ahead of who reads', async () => {
    const over = new HandOver();
    const first = over.write(Buffer.from('一'));
    let isTaken = false;
    void first.then(() => (isTaken = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isTaken).toBe(false);
    const read = text(over);
    await first;
    await over.write(Buffer.from('二'));
    over.end();
    expect(await read).toBe('一二');
  });

  it('tells the reader that the writer failed', async () => {
    const over = new HandOver();
    const read = text(over);
    await over.write(Buffer.from('one'));
    over.end(new Error('the source went away'));
    await expect(read).rejects.toThrow('the source went away');
  });

  it('tells the writer that nobody reads on, also in the middle of a piece', async () => {
    const over = new HandOver();
    const piece = over.write(Buffer.from('one'));
    over.leave();
    await expect(piece).rejects.toThrow('nobody reads on');
    await expect(over.write(Buffer.from('two'))).rejects.toThrow('nobody reads on');
  });
});
