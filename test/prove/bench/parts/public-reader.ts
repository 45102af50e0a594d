import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 250;
const WITHIN_MS = 10_000;

/** Somebody who scans the same code again and again, and tries the other resolver where one does not answer. */
export class PublicReader {
  private answered = 0;
  private readonly unavailableAt: number[] = [];
  private readonly wrong: string[] = [];
  private isStopped = false;

  constructor(private readonly servers: () => readonly string[]) {}

  start(path: string): void {
    void this.read(path);
  }

  stop(): void {
    this.isStopped = true;
  }

  told(): string {
    return `the public page: ${this.answered} times read, ${this.unavailableAt.length} times nobody could answer`;
  }

  /** Nothing but a page or "not just now" may come; and while the database was there, always a page. */
  judge(databaseWasThereUntil: number): void {
    assert.deepEqual(this.wrong.slice(0, 5), [], `${this.wrong.length} wrong`);
    assert.ok(this.answered > 0, 'nothing was read');
    assert.equal(this.unavailableAt.filter((at) => at < databaseWasThereUntil).length, 0, 'nobody answered although the database was there');
  }

  private async read(path: string): Promise<void> {
    for (let turn = 0; !this.isStopped; turn++, await pause(EVERY_MS)) {
      const servers = this.servers();
      const statuses: number[] = [];
      for (let n = 0; n < servers.length && statuses.at(-1) !== 200; n++) statuses.push(await this.page(servers[(turn + n) % servers.length] as string, path));
      if (statuses.at(-1) === 200) this.answered += 1;
      else this.unavailableAt.push(Date.now());
      for (const status of statuses) if (![200, 503, 0].includes(status)) this.wrong.push(`${path}: ${status}`);
    }
  }

  /** As a browser: follows the resolver's link to the page, which lies on the public host, here the same server. */
  private async page(server: string, path: string): Promise<number> {
    try {
      const answer = await fetch(server + path, { redirect: 'manual', headers: { accept: 'text/html' }, signal: AbortSignal.timeout(WITHIN_MS) });
      await answer.text();
      if (answer.status !== 307) return answer.status;
      const to = new URL(String(answer.headers.get('location')), server);
      const page = await fetch(server + to.pathname + to.search, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(WITHIN_MS) });
      await page.text();
      return page.status;
    } catch (error) {
      return (error as Error).name === 'TimeoutError' ? -1 : 0;
    }
  }
}
