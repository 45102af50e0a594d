import { Injectable } from '@nestjs/common';

/** Something that must hold before a process may be sent requests. */
export type ReadinessCheck = () => Promise<boolean>;

/** What a process waits for. Capabilities add their own check when their module starts. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  /** @param name stable; shown in the answer of /readyz */
  add(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  /** Runs every check; one that throws counts as not ready. */
  async state(): Promise<{ readonly isReady: boolean; readonly checks: Readonly<Record<string, boolean>> }> {
    const results = await Promise.all([...this.checks].map(async ([name, check]) => [name, await check().catch(() => false)] as const));
    return { isReady: results.every(([, holds]) => holds), checks: Object.fromEntries(results) };
  }
}
