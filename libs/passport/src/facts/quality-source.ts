import type { EntityManager } from 'typeorm';
import type { FindingFact, ReleaseFact, ReportFact } from '../domain/passport-facts';

type Db = Pick<EntityManager, 'query'>;

/** What the page asks of `quality`: decisions, signed reports and open findings on things. */
export interface QualitySource {
  releases(db: Db, nodes: readonly string[]): Promise<readonly ReleaseFact[]>;
  reports(db: Db, nodes: readonly string[]): Promise<readonly ReportFact[]>;
  findings(db: Db, nodes: readonly string[]): Promise<readonly FindingFact[]>;
}

/** Nest token of the {@link QualitySource}. */
export const QUALITY_SOURCE = Symbol('QUALITY_SOURCE');
