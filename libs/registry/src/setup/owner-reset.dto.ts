import { Password, Pattern, Text } from '../input/fields';
import { LOGIN } from '../people/person.dto';

/** What the form of `daodi reset-owner` sends; name and login where a new owner is made. */
export class OwnerResetDto {
  @Text(100)
  token: string;

  @Text(100, { optional: true })
  personName?: string;

  @Pattern(LOGIN, { optional: true })
  login?: string;

  @Password()
  password: string;
}
