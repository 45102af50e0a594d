import type { EntityManager } from 'typeorm';
import type { FindingFact, PlantFact, ReleaseFact, ReportFact } from '../domain/passport-facts';

type Db = Pick<EntityManager, 'query'>;

/** What the page asks of `quality`: decisions, signed reports and open findings on things, and the plants behind crops. */
export interface QualitySource {
  releases(db: Db, nodes: readonly string[]): Promise<readonly ReleaseFact[]>;
  reports(db: Db, nodes: readonly string[]): Promise<readonly ReportFact[]>;
  findings(db: Db, nodes: readonly string[]): Promise<readonly FindingFact[]>;
  /** What accessions and identifications say of the plants behind these crops. */
  plants(db: Db, crops: readonly string[]): Promise<readonly PlantFact[]>;
}

/** Nest token of the {@link QualitySource}. */
export const QUALITY_SOURCE = Symbol('QUALITY_SOURCE');
