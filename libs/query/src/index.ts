/** Query: EPCIS events for those who may read them. */
export { QueryModule } from './query.module';
export { QUERY_MIGRATIONS } from './migrations';
export { QUERY_PROJECTIONS } from './projection/event-index.projection';
