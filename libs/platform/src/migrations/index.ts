import type { MigrationClass } from '../database';
import { CreateInstallation1767225500000 } from './create-installation.migration';

/** Migrations of `platform` itself, oldest first. */
export const PLATFORM_MIGRATIONS: readonly MigrationClass[] = [CreateInstallation1767225500000];
