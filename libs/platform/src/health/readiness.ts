import { Injectable } from '@nestjs/common';

/** Something that must hold before a process may be sent requests. */
export type ReadinessCheck = () => Promise<boolean>;

/** Something worth knowing of a process that nobody waits for, such as how far it is with something. */
export type Information = () => Readonly<Record<string, number | string | boolean>> | undefined;

/** What a process waits for. Capabilities add their own check when their module starts. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();
  private readonly informations = new Map<string, Information>();

  /** @param name stable; shown in the answer of /readyz */
  add(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  /** @param name stable; shown beside the checks in the answer of /readyz, and never waited for */
  tell(name: string, information: Information): void {
    this.informations.set(name, information);
  }

  /** What there is to tell, by its name. */
  told(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.informations].flatMap(([name, information]) => {
      const told = information();
      return told === undefined ? [] : [[name, told]];
    }));
  }

  /** Runs every check; one that throws counts as not ready. */
  async state(): Promise<{ readonly isReady: boolean; readonly checks: Readonly<Record<string, boolean>> }> {
    const results = await Promise.all([...this.checks].map(async ([name, check]) => [name, await check().catch(() => false)] as const));
    return { isReady: results.every(([, holds]) => holds), checks: Object.fromEntries(results) };
  }
}
