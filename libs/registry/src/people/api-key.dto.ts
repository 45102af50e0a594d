import { SomeOf, Text } from '../input/fields';
import { type Scope, SCOPES } from '../sign-in/caller';
import { type Role, ROLES } from '../sign-in/role';

/** A key for a system. */
export class MakeApiKeyDto {
  @Text(100, { description: 'What uses it' })
  name: string;

  @SomeOf(ROLES, { description: 'At most what its maker may give' })
  roles: Role[];

  @SomeOf(SCOPES, { optional: true, description: 'Both, unless said otherwise' })
  scopes?: Scope[];
}
