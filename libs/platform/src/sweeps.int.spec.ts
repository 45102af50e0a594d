import { Sweeps } from './sweeps';
import { withClient } from './postgres/bootstrap-roles';
import { freshDatabase, type FreshDatabase } from './testing/fresh-database';

describe('sweeps', () => {
  let database: FreshDatabase;
  const made: Sweeps[] = [];
  const sweeps = (warn: (sentence: string) => void = () => undefined, postgresUrl = database.serviceUrl) => {
    const one = new Sweeps({ postgresUrl, warn });
    made.push(one);
    return one;
  };
  beforeAll(async () => {
    database = await freshDatabase([]);
  });
  afterEach(async () => {
    for (const one of made.splice(0)) await one.close();
  });
  afterAll(() => database.drop());

  it('sweeps again and again, though one sweep fails', async () => {
    const warned: string[] = [];
    let runs = 0;
    await new Promise<void>((resolve) =>
      sweeps((sentence) => warned.push(sentence)).every('again', 20, async () => {
        runs += 1;
        if (runs === 1) throw new RangeError('with data in it');
        if (runs === 3) resolve();
      }),
    );
    expect(warned).toEqual(['the sweep again failed: RangeError']);
  });

  it('is done by one process at a time', async () => {
    let underWay = 0;
    let most = 0;
    let runs = 0;
    await new Promise<void>((resolve) => {
      for (const process of [sweeps(), sweeps(), sweeps()]) {
        process.every('alone', 10, async () => {
          most = Math.max(most, (underWay += 1));
          await new Promise((done) => setTimeout(done, 15));
          underWay -= 1;
          if ((runs += 1) === 12) resolve();
        });
      }
    });
    expect(most).toBe(1);
  });

  it('goes on when its connections broke', async () => {
    let runs = 0;
    let seen: () => void = () => undefined;
    sweeps().every('broken', 20, async () => {
      runs += 1;
      seen();
    });
    const next = () => new Promise<void>((resolve) => (seen = resolve));
    await next();
    await withClient(database.superuserUrl, (client) => client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'daodi sweeps'`));
    await next();
    await next();
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  it('lets the sweep under way end before it is closed', async () => {
    const one = sweeps();
    let hasEnded = false;
    await new Promise<void>((begun) =>
      one.every('long', 10, async () => {
        begun();
        await new Promise((done) => setTimeout(done, 50));
        hasEnded = true;
      }),
    );
    await one.close();
    expect(hasEnded).toBe(true);
  });

  it('says so and goes on while the database is away', async () => {
    const warned = await new Promise<string>((resolve) => sweeps(resolve, 'postgresql://nobody@127.0.0.1:1/none').every('away', 10, async () => undefined));
    expect(warned).toBe('the sweep away failed: ECONNREFUSED');
  });
});
