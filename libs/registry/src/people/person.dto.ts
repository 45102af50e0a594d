import { OneOf, Password, Pattern, SomeOf, Text } from '../input/fields';
import { type Role, ROLES } from '../sign-in/role';

/** Logins are one for the whole installation, in small letters; a phone number or e-mail address is one. */
export const LOGIN = /^[a-z0-9][a-z0-9._@+-]{1,63}$/;

/** A person who is to work here. */
export class AddPersonDto {
  @Text(100)
  name: string;

  @Pattern(LOGIN)
  login: string;

  @Password()
  password: string;

  @SomeOf(ROLES)
  roles: Role[];
}

/** What may change about a person. */
export class ChangePersonDto {
  @Text(100, { optional: true })
  name?: string;

  @Pattern(LOGIN, { optional: true })
  login?: string;

  @SomeOf(ROLES, { optional: true })
  roles?: Role[];

  @OneOf(['active', 'ended'], { optional: true, description: 'Ended: signs in no more' })
  status?: 'active' | 'ended';

  @Text(1000, { optional: true })
  why?: string;
}

/** A new password. */
export class SetPasswordDto {
  @Password()
  password: string;

  @Text(128, { optional: true, description: 'Asked of whoever changes their own' })
  currentPassword?: string;
}

/** Why a person's name and login are erased. */
export class ErasePersonDto {
  @Text(1000, { description: 'Without names: it stays in the log' })
  why: string;
}
