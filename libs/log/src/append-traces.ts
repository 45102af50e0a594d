import type { Tracing } from '@daodi/platform';
import type { Act } from './append';
import type { InlineProjection } from './inline-projection';

/** Of a large group not every request is linked. */
const LINKS_MAX = 32;

/**
 * Traces the commits of the log. A group is committed for many requests at once: its span stands below the first that
 * has one and links to the others, or each would pay for a commit it shares.
 */
export class AppendTraces {
  private readonly askedBy = new WeakMap<Act, string>();

  constructor(private readonly tracing: Tracing) {}

  /** Remembers on whose behalf an act is appended. */
  asked(act: Act): void {
    const traceparent = this.tracing.current();
    if (traceparent !== undefined) this.askedBy.set(act, traceparent);
  }

  /** Put around the commit of a group. */
  readonly around = (acts: readonly Act[], commit: () => Promise<void>): Promise<void> => {
    const [parent, ...links] = acts.flatMap((act) => this.askedBy.get(act) ?? []);
    // The loop that commits was begun by whoever came first; what it does for others is not that one's.
    if (parent === undefined) return this.tracing.outside(commit);
    return this.tracing.span('append group', { 'daodi.acts': acts.length }, commit, { parent, links: links.slice(0, LINKS_MAX) });
  };

  /** Called inside of {@link around}. */
  committed(entries: number): void {
    this.tracing.note({ 'daodi.entries': entries });
  }

  /** The same projections, each run of which is a span. */
  traced(projections: readonly InlineProjection[]): InlineProjection[] {
    return projections.map((projection) => ({
      name: projection.name,
      tables: projection.tables,
      apply: (tx, entries) => this.tracing.span(`project ${projection.name}`, { 'daodi.entries': entries.length }, () => projection.apply(tx, entries)),
    }));
  }
}
