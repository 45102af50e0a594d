/** Backups: taking, checking, comparing and restoring them, and the list of erasures that is kept apart. */
export { type BackedUp, type BackupPlan, writeBackup } from './writing/write-backup';
export { type Sink, UnusableBackup } from './format/frames';
export type { Header, Trailer } from './format/header';
export { backupSource, writeFileWhole } from './files';
export { type BackupSource, readHeader, readName } from './reading/read-chain';
export { type Checked, checkBackups } from './reading/check';
export { type Comparison, compareBackups, type Range } from './reading/compare';
export { restore, type Restored, type RestorePlan } from './restoring/restore';
export { type ListedErasure, listErasures, readErasureList, updateErasureList, writeErasureList } from './erasures/erasure-list';
export { BackupWorkerModule } from './erasures/erasure-list-keeper';
export type { Reapplied } from './erasures/reapply';
