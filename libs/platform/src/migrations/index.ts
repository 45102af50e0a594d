import type { MigrationClass } from '../database';
import { CreateInstallation1767225500000 } from './create-installation.migration';
import { CreateProcessBeat1791000400100 } from './create-process-beat.migration';

/** Migrations of `platform` itself, oldest first. */
export const PLATFORM_MIGRATIONS: readonly MigrationClass[] = [CreateInstallation1767225500000, CreateProcessBeat1791000400100];
