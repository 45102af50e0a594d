import type { Command } from '../command';

/** Every command, each loaded only when it is called: hashing a file must not wait for a web framework. */
export const COMMANDS: readonly { readonly words: string; readonly load: () => Command }[] = [
  { words: 'demo play', load: () => (require('./demo-play.command') as typeof import('./demo-play.command')).demoPlay },
  { words: 'epcis hash', load: () => (require('./epcis-hash.command') as typeof import('./epcis-hash.command')).epcisHash },
  { words: 'migrate', load: () => (require('./migrate.command') as typeof import('./migrate.command')).migrateCommand },
  { words: 'rebuild', load: () => (require('./rebuild.command') as typeof import('./rebuild.command')).rebuildCommand },
  { words: 'doctor', load: () => (require('./doctor.command') as typeof import('./doctor.command')).doctorCommand },
  { words: 'reset-owner', load: () => (require('./reset-owner.command') as typeof import('./reset-owner.command')).resetOwnerCommand },
  { words: 'tls local', load: () => (require('./tls.command') as typeof import('./tls.command')).tlsLocalCommand },
  { words: 'tls off', load: () => (require('./tls.command') as typeof import('./tls.command')).tlsOffCommand },
];
