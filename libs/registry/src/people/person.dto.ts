import { OneOf, Password, Pattern, SomeOf, STATUS_MEANINGS, Text } from '../input/fields';
import { type Role, ROLE_MEANINGS, ROLES } from '../sign-in/role';

/** Logins are one for the whole installation, in small letters; a phone number or e-mail address is one. */
export const LOGIN = /^[a-z0-9][a-z0-9._@+-]{1,63}$/;

/** A person who is to work here. */
export class AddPersonDto {
  @Text(100, { description: 'Name of the person; it stays with your organisation. 姓名', example: '张某某' })
  name: string;

  @Pattern(LOGIN, { description: 'What the person signs in with: small letters, digits, a phone number or an e-mail address. 登录名', example: 'zhang-1' })
  login: string;

  @Password({ description: 'Password, 8 to 128 characters. 密码', example: 'correct horse battery staple' })
  password: string;

  @SomeOf(ROLES, { description: 'What the person or key may do. 角色', example: ['manager'], meanings: ROLE_MEANINGS })
  roles: Role[];
}

/** What may change about a person. */
export class ChangePersonDto {
  @Text(100, { optional: true, description: 'Name of the person; it stays with your organisation. 姓名', example: '张某某' })
  name?: string;

  @Pattern(LOGIN, { optional: true, description: 'What the person signs in with: small letters, digits, a phone number or an e-mail address. 登录名', example: 'zhang-1' })
  login?: string;

  @SomeOf(ROLES, { optional: true, description: 'What the person or key may do. 角色', example: ['manager'], meanings: ROLE_MEANINGS })
  roles?: Role[];

  @OneOf(['active', 'ended'], { optional: true, description: 'Ended: signs in no more. 状态', meanings: STATUS_MEANINGS })
  status?: 'active' | 'ended';

  @Text(1000, { optional: true, description: 'Why, for the log. 变更原因', example: '登记时填错' })
  why?: string;
}

/** A new password. */
export class SetPasswordDto {
  @Password({ description: 'The new password, 8 to 128 characters. 新密码', example: 'correct horse battery staple' })
  password: string;

  @Text(128, { optional: true, description: 'Asked of whoever changes their own. 现用密码', example: 'the old one' })
  currentPassword?: string;
}

/** Why a person's name and login are erased. */
export class ErasePersonDto {
  @Text(1000, { description: 'Why it is erased, without names: it stays in the log. 删除原因', example: '本人申请' })
  why: string;
}
