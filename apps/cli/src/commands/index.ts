import type { Command } from '../command';

/** Every command, each loaded only when it is called: hashing a file must not wait for a web framework. */
export const COMMANDS: readonly { readonly words: string; readonly load: () => Command }[] = [
  { words: 'backup check', load: () => (require('./backup-check.command') as typeof import('./backup-check.command')).backupCheck },
  { words: 'backup compare', load: () => (require('./backup-compare.command') as typeof import('./backup-compare.command')).backupCompare },
  { words: 'backup', load: () => (require('./backup.command') as typeof import('./backup.command')).backupCommand },
  { words: 'demo play', load: () => (require('./demo-play.command') as typeof import('./demo-play.command')).demoPlay },
  { words: 'epcis hash', load: () => (require('./epcis-hash.command') as typeof import('./epcis-hash.command')).epcisHash },
  { words: 'erasures export', load: () => (require('./erasures-export.command') as typeof import('./erasures-export.command')).erasuresExport },
  { words: 'gs1 parse', load: () => (require('./gs1.command') as typeof import('./gs1.command')).gs1Parse },
  { words: 'gs1 element', load: () => (require('./gs1.command') as typeof import('./gs1.command')).gs1Element },
  { words: 'gs1 scan', load: () => (require('./gs1.command') as typeof import('./gs1.command')).gs1Scan },
  { words: 'links import', load: () => (require('./links-import.command') as typeof import('./links-import.command')).linksImport },
  { words: 'migrate', load: () => (require('./migrate.command') as typeof import('./migrate.command')).migrateCommand },
  { words: 'move', load: () => (require('./move.command') as typeof import('./move.command')).moveCommand },
  { words: 'operator-link', load: () => (require('./operator-link.command') as typeof import('./operator-link.command')).operatorLinkCommand },
  { words: 'rebuild', load: () => (require('./rebuild.command') as typeof import('./rebuild.command')).rebuildCommand },
  { words: 'doctor', load: () => (require('./doctor.command') as typeof import('./doctor.command')).doctorCommand },
  { words: 'reset-owner', load: () => (require('./reset-owner.command') as typeof import('./reset-owner.command')).resetOwnerCommand },
  { words: 'restore', load: () => (require('./restore.command') as typeof import('./restore.command')).restoreCommand },
  { words: 'tls local', load: () => (require('./tls.command') as typeof import('./tls.command')).tlsLocalCommand },
  { words: 'tls off', load: () => (require('./tls.command') as typeof import('./tls.command')).tlsOffCommand },
  { words: 'upgrade check', load: () => (require('./upgrade-check.command') as typeof import('./upgrade-check.command')).upgradeCheck },
];
