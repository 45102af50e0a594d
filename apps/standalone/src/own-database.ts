import { bootstrapDatabase, bootstrapRoles, ROLE, startEmbeddedPostgres, type Closing, type Config, type DatabaseUrls, type EmbeddedPostgres, type StartFailure } from '@daodi/platform';

const NAME = 'daodi';

/** Starts the database that came with the product and makes sure of its roles. Stopped last. */
export async function startOwnDatabase(config: Config, closing: Closing, fail: (failure: StartFailure) => void): Promise<Required<DatabaseUrls>> {
  const server = await startEmbeddedPostgres({ folder: config.dataFolder });
  await closing.add(() => server.stop());
  void server.ended.then(fail);
  await bootstrapRoles(server.superuserUrl('postgres'), server.credentials);
  await bootstrapDatabase(server.superuserUrl('postgres'), NAME);
  return urlsOf(server);
}

/** The roles' connection URLs on an embedded server. */
export function urlsOf({ port, credentials }: Pick<EmbeddedPostgres, 'port' | 'credentials'>): Required<DatabaseUrls> {
  const url = (role: keyof typeof ROLE) => `postgresql://${ROLE[role]}:${credentials[role]}@127.0.0.1:${port}/${NAME}`;
  return { ownerUrl: url('owner'), serviceUrl: url('service'), resolverUrl: url('resolver') };
}
