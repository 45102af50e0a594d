import type { Client } from './client';
import type { Credentials } from './credentials';
import { MEMBERS, OPERATOR, ORGANISATIONS, type DemoOrganisation } from './data/organisations';
import { BASES, CERTIFICATES, PRODUCTS, SITES } from './data/places';
import { type Names, put } from './names';
import type { Sessions } from './sessions';

/** The organisations sign in and register themselves: each by its own people, as any organisation would. */
export class Registration {
  private readonly organisation = new Map<string, string>();
  private readonly base = new Map<string, string>();
  private readonly names: Names = new Map();

  constructor(
    private readonly client: Client,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    /** The calendar year of the season. */
    private readonly year: number,
  ) {}

  /** Registers everybody and everything. @returns the ids of sites, land, products and people by the keys of the data */
  async run(): Promise<Names> {
    // Each password costs a tenth of a second of reckoning, and what one registers is nothing to another: side by side.
    await Promise.all(MEMBERS.map((member) => this.admit(member)));
    await Promise.all(ORGANISATIONS.map(async (organisation) => {
      await this.hire(organisation);
      await this.makeKey(organisation.code);
      await this.furnish(organisation.code);
    }));
    await this.giveJurisdiction();
    return this.names;
  }

  private async admit({ people: [owner], keyRoles: _, ...organisation }: DemoOrganisation): Promise<void> {
    const token = await this.sessions.of(OPERATOR.people[0].login);
    const body = { ...organisation, owner: { name: owner.name, login: owner.login, password: this.credentials.passwordOf(owner.login) } };
    const { body: admitted } = await this.client.post('/api/v1/organisations', body, { token, step: `admit ${organisation.code}` });
    this.organisation.set(organisation.code, admitted.id);
    put(this.names, 'organisation', organisation.code.toLowerCase(), admitted.id);
    put(this.names, 'person', owner.login, admitted.ownerId);
  }

  private async hire({ people: [owner, ...others] }: DemoOrganisation): Promise<void> {
    const token = await this.sessions.of(owner.login);
    for (const { login, name, role } of others) {
      const body = { login, name, roles: [role], password: this.credentials.passwordOf(login) };
      const { body: person } = await this.client.post('/api/v1/people', body, { token, step: `hire ${login}` });
      put(this.names, 'person', login, person.id);
    }
  }

  private async giveJurisdiction(): Promise<void> {
    const token = await this.sessions.of(OPERATOR.people[0].login);
    const body = { organisationId: this.organisation.get('LINFEN-JG'), regionPrefix: '1410', stage: 'all', herb: 'all' };
    await this.client.post('/api/v1/jurisdictions', body, { token, step: 'jurisdiction' });
  }

  /** A key's secret is shown once. One that a start died over before it was written down is ended and another made. */
  private async makeKey(code: string): Promise<void> {
    if (this.credentials.of(code).apiKey !== '') return;
    const { people: [owner], keyRoles } = ORGANISATIONS.find((organisation) => organisation.code === code) as DemoOrganisation;
    const token = await this.sessions.of(owner.login);
    const { body: { items } } = await this.client.get('/api/v1/api-keys', token);
    const lost: { id: string; status: string }[] = items;
    for (const { id } of lost.filter(({ status }) => status === 'active')) {
      await this.client.delete(`/api/v1/api-keys/${id}`, { token, step: `end key ${id}` });
    }
    const body = { name: '演示密钥', roles: keyRoles };
    const { body: key } = await this.client.post('/api/v1/api-keys', body, { token, step: `key ${code} ${lost.length + 1}` });
    await this.credentials.keepKey(code, key.secret);
  }

  /** Its sites, land, products and papers. */
  private async furnish(code: string): Promise<void> {
    const own = <T extends { readonly organisation: string }>(things: readonly T[]): T[] => things.filter(({ organisation }) => organisation === code);
    for (const { key, organisation, ...site } of own(SITES)) {
      put(this.names, 'site', key, await this.register('/api/v1/sites', site, organisation, key));
    }
    for (const { key, organisation, land, ...base } of own(BASES)) {
      const baseId = await this.register('/api/v1/bases', base, organisation, key);
      this.base.set(key, baseId);
      put(this.names, 'base', key, baseId);
      for (const { key: landKey, kind, outline, ...rest } of land) {
        const body = {
          ...rest, baseId, region: base.region, village: base.village, fromYear: this.year - 4, datum: 'WGS-84', areaBasis: 'contract',
          boundary: { type: 'Polygon', coordinates: [outline] },
        };
        put(this.names, 'land', landKey, await this.register(`/api/v1/${kind}`, body, organisation, landKey));
      }
    }
    for (const { key, organisation, ...product } of own(PRODUCTS)) {
      put(this.names, 'product', key, await this.register('/api/v1/products', product, organisation, key));
    }
    for (const { key, organisation, base, from, to, ...paper } of own(CERTIFICATES)) {
      const subject = base === undefined ? { type: 'organisation', id: this.organisation.get(organisation) } : { type: 'base', id: this.base.get(base) };
      const body = { ...paper, subject, validFrom: `${this.year + from}-01-01`, validTo: `${this.year + to}-12-31` };
      await this.register('/api/v1/certificates', body, organisation, key);
    }
  }

  private async register(path: string, body: object, organisation: string, key: string): Promise<string> {
    const { body: made } = await this.client.post(path, body, { token: this.credentials.of(organisation).apiKey, step: `register ${key}` });
    return made.id;
  }
}
