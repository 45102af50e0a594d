import { Password, Pattern, Region, Text } from '../input/fields';
import { LOGIN } from '../people/person.dto';

/** What the set-up form sends. */
export class SetUpDto {
  @Text(100)
  token: string;

  @Text(200)
  name: string;

  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/)
  code: string;

  @Pattern(/^[0-9A-Z]{18}$/)
  creditCode: string;

  @Region()
  region: string;

  @Text(100)
  personName: string;

  @Pattern(LOGIN)
  login: string;

  @Password()
  password: string;
}
