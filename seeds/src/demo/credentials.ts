import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoOrganisation } from './data/organisations';

/** Where sign-ins and keys of the demonstration are written, in the data folder. */
export const CREDENTIALS_FILE = 'demo-credentials.json';

/** Somebody's sign-in. */
export interface UserCredentials {
  readonly login: string;
  readonly password: string;
  readonly role: string;
}

/** An organisation's sign-ins and its API key; the key is empty until the product has made one. */
export interface OrganisationCredentials {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  apiKey: string;
  readonly users: readonly UserCredentials[];
}

/**
 * Sign-ins and keys of the demonstration: random for each installation, written down before they are used, so that a
 * start that died half-way goes on with the same ones.
 */
export class Credentials {
  private constructor(
    private readonly path: string,
    readonly organisations: readonly OrganisationCredentials[],
  ) {}

  private writing: Promise<void> = Promise.resolve();

  /** Those of an earlier start, or new ones. @param folder the data folder */
  static async keep(folder: string, organisations: readonly DemoOrganisation[]): Promise<Credentials> {
    const path = join(folder, CREDENTIALS_FILE);
    const known = await read(path);
    const credentials = new Credentials(path, known ?? organisations.map(freshCredentials));
    if (known === undefined) await credentials.write();
    return credentials;
  }

  /** One organisation's. */
  of(code: string): OrganisationCredentials {
    const found = this.organisations.find((organisation) => organisation.code === code);
    if (found === undefined) throw new Error(`${this.path} has no organisation ${code}: the file was changed; move the data folder away to begin anew`);
    return found;
  }

  /** The password of a login. */
  passwordOf(login: string): string {
    const user = this.organisations.flatMap(({ users }) => users).find((one) => one.login === login);
    if (user === undefined) throw new Error(`${this.path} has no login ${login}: the file was changed; move the data folder away to begin anew`);
    return user.password;
  }

  /** Writes a key down as soon as there is one: nobody can ask for it again. */
  async keepKey(code: string, apiKey: string): Promise<void> {
    this.of(code).apiKey = apiKey;
    await this.write();
  }

  /** One after the other: organisations are registered side by side. */
  private write(): Promise<void> {
    const next = this.writing.then(() => this.replace());
    this.writing = next.catch(() => undefined);
    return next;
  }

  /** For the owner's eyes only, and whole or not at all. */
  private async replace(): Promise<void> {
    const unfinished = `${this.path}.new`;
    const file = await open(unfinished, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ organisations: this.organisations }, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A file left by a start that died keeps the mode it had.
    await chmod(unfinished, 0o600);
    await rename(unfinished, this.path);
  }
}

async function read(path: string): Promise<OrganisationCredentials[] | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')).organisations;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function freshCredentials({ code, name, type, people }: DemoOrganisation): OrganisationCredentials {
  const users = people.map(({ login, role }) => ({ login, password: randomBytes(12).toString('base64url'), role }));
  return { code, name, type, apiKey: '', users };
}
