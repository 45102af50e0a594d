/** What went wrong, as RFC 9457 (Problem Details for HTTP APIs) wants it said. */
import type { Fault } from '@daodi/epcis';
import type { Bilingual } from '../start-failure';

export type { Fault };

/** What a problem may carry besides its title. */
export interface ProblemExtra {
  /** Every fault at once, so that nobody has to send six times to learn of six. */
  readonly faults?: readonly Fault[];
  /** What is particular about this occurrence. */
  readonly detail?: Bilingual;
  /** A type of its own where another standard names it, e.g. `epcisException:ValidationException`. */
  readonly type?: string;
  /** Further members of the answer, e.g. the numbers behind a warning. Must be plain JSON. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Further headers of the answer, e.g. Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A refusal, thrown anywhere below a controller. The one filter (`problem.filter.ts`) answers it as
 * `application/problem+json`; nobody else needs to catch it.
 */
export class Problem extends Error {
  /**
   * @param status HTTP status, 400 to 599
   * @param slug kebab-case and stable: the answer's `type` is `urn:daodi:problem:<slug>`
   * @param title the same for every occurrence of this type
   */
  constructor(
    readonly status: number,
    readonly slug: string,
    readonly title: Bilingual,
    readonly extra: ProblemExtra = {},
  ) {
    super(`${slug}: ${extra.detail?.en ?? title.en}`);
    this.name = 'Problem';
  }

  /** The `type` of the answer. */
  get type(): string {
    return this.extra.type ?? `urn:daodi:problem:${this.slug}`;
  }
}

/** What was asked for does not exist, or the asker may not know that it does: the two must look the same. */
export function notFound(detail?: Bilingual): Problem {
  return new Problem(404, 'not-found', { zh: '未找到', en: 'Not found' }, { detail });
}

/** Sent in good form, but not usable: each fault says where and why. */
export function invalid(faults: readonly Fault[]): Problem {
  return new Problem(422, 'invalid', { zh: '内容有误', en: 'The content is not valid' }, { faults });
}

/** Not readable as what it claims to be; nothing in it was looked at. */
export function unreadable(faults: readonly Fault[]): Problem {
  return new Problem(400, 'unreadable', { zh: '无法读取请求内容', en: 'The request cannot be read' }, { faults });
}
