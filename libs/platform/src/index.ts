export { isStrict, readConfig, vectorsFolder, type Config, type DatabaseUrls, type LogLevel } from './config';
export { createDataSource, type DatabaseOptions, type EntityClass, type MigrationClass } from './database';
export { migrate, pendingMigrations } from './migrate';
export { bootstrapDatabase, bootstrapRoles, ROLE } from './postgres/bootstrap-roles';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres/embedded-postgres';
export { invalid, notFound, Problem, type Fault, type ProblemExtra } from './problem';
export { StartFailure, type Bilingual } from './start-failure';
export { freshDatabase, type FreshDatabase } from './testing/fresh-database';
