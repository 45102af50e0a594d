import { SomeOf, Text } from '../input/fields';
import { type Scope, SCOPE_MEANINGS, SCOPES } from '../sign-in/caller';
import { type Role, ROLE_MEANINGS, ROLES } from '../sign-in/role';

/** A key for a system. */
export class MakeApiKeyDto {
  @Text(100, { description: 'What uses it. 用途', example: '进销存系统' })
  name: string;

  @SomeOf(ROLES, { description: 'What it may do, at most what its maker may give. 角色', example: ['machine'], meanings: ROLE_MEANINGS })
  roles: Role[];

  @SomeOf(SCOPES, { optional: true, description: 'Both, unless said otherwise. 权限', example: ['read', 'write'], meanings: SCOPE_MEANINGS })
  scopes?: Scope[];
}
