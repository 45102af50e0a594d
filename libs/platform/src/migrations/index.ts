import type { MigrationClass } from '../database';
import { CreateFile1791000200000 } from './create-file.migration';
import { CreateInstallation1767225500000 } from './create-installation.migration';
import { CreateProcessBeat1791000400100 } from './create-process-beat.migration';
import { NameInstallation1791000100000 } from './name-installation.migration';
import { NarrowProcessBeat1791000900000 } from './narrow-process-beat.migration';

/** Migrations of `platform` itself, oldest first. */
export const PLATFORM_MIGRATIONS: readonly MigrationClass[] = [
  CreateInstallation1767225500000, NameInstallation1791000100000, CreateFile1791000200000, CreateProcessBeat1791000400100,
  NarrowProcessBeat1791000900000,
];
