import type { Client } from './client';
import type { Credentials } from './credentials';

/** Sign-ins under way at once: a password costs a tenth of a second of reckoning, and an address has few failures free. */
const AT_ONCE = 6;

/** Signs people in, each once. */
export class Sessions {
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(
    private readonly client: Client,
    private readonly credentials: Credentials,
  ) {}

  /** The token of a login. */
  of(login: string): Promise<string> {
    const known = this.tokens.get(login) ?? this.signIn(login);
    this.tokens.set(login, known);
    return known;
  }

  /** Signs several in ahead of their acts. */
  async open(logins: Iterable<string>): Promise<void> {
    const waiting = [...new Set(logins)];
    const signInTheRest = async (): Promise<void> => {
      for (let login = waiting.pop(); login !== undefined; login = waiting.pop()) await this.of(login);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, signInTheRest));
  }

  private async signIn(login: string): Promise<string> {
    const { body } = await this.client.post('/api/v1/sessions', { login, password: this.credentials.passwordOf(login) }, { step: `sign in ${login}` });
    return body.token;
  }
}
