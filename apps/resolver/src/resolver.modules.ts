import { PassportModule } from '@daodi/passport';
import type { ModuleImport } from '../../api/src/module-import';

/** The public's door: look-ups and the public page. */
export const RESOLVER_MODULES: readonly ModuleImport[] = [PassportModule];
