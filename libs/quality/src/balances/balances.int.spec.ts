import { day, type Firm, QualityBench } from '../testing/quality-bench';
import { drying, firms, harvest, planting, playSeason, receiving, type Season, shipping } from '../testing/season';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
let rival: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
  rival = await bench.firm('RIVAL', 'processor', ['manager']);
});
afterAll(() => bench.close());

const of = async (who: Firm, query = ''): Promise<any[]> => {
  const response = await bench.send(who.owner, 'GET', `/api/v1/balances${query}`);
  expect(response.statusCode).toBe(200);
  return response.json().items;
};

describe('running balances', () => {
  it('say what came, what went and what is there, by herb, by batch, and to nobody else', async () => {
    const season = await playSeason(bench, people);
    // 100 kg fresh were harvested and shipped to the factory, which dried 30 kg of them and drew a sample.
    expect(await of(people.coop)).toMatchObject([{ herb: 'lianqiao', batches: 1, uom: 'KGM', cameIn: { harvested: 100 }, went: { shipped: 100 }, onHand: 0 }]);
    const [row] = await of(people.factory);
    expect(row).toMatchObject({ herb: 'lianqiao', batches: 2, cameIn: { received: 100, made: 30 }, went: { used: 100 } });
    const batches = await of(people.factory, '?by=batch');
    expect(batches.find(({ batch }) => batch === season.dried)).toMatchObject({ cameIn: { made: 30 }, year: 2026, batches: 1 });
    expect(batches.reduce((sum, { onHand }) => sum + onHand, 0)).toBe(row.onHand);
    expect(await of(rival)).toEqual([]);
  });

  it('follow the harvest to its year and base, and tell nobody of another’s base', async () => {
    const coop = await bench.firm('COOP-2', 'cooperative', ['manager']);
    const factory = await bench.firm('FACTORY-2', 'processor', ['manager']);
    const base = (await bench.send(coop.owner, 'POST', '/api/v1/bases', { name: '府城基地', region: '141026' })).json().id;
    const plot = (await bench.send(coop.owner, 'POST', '/api/v1/plots', {
      baseId: base, name: '坡一', layer: 'crop', fromYear: 2024, datum: 'WGS-84',
      boundary: { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.201, 36.1], [112.201, 36.101], [112.2, 36.101], [112.2, 36.1]]] },
    })).json().id;
    const crop = await bench.issue(coop, 'lianqiao', 'crop', { plots: [plot] });
    const [first, second, dried] = [await bench.issue(coop, 'lianqiao'), await bench.issue(coop, 'lianqiao'), await bench.issue(factory, 'lianqiao')];
    await bench.say(coop, planting(crop, '2024-04-01T08:00:00Z'));
    await bench.say(coop, harvest(crop, first, 40, '2025-08-02T08:00:00Z'));
    await bench.say(coop, harvest(crop, second, 60, day(2)));
    expect(await of(coop, '?by=season')).toMatchObject([{ year: 2025, cameIn: { harvested: 40 } }, { year: 2026, cameIn: { harvested: 60 } }]);
    expect(await of(coop, '?by=base')).toMatchObject([{ base, batches: 2, cameIn: { harvested: 100 } }]);
    expect(await of(coop, `?base=${base}&year=2025&by=batch`)).toMatchObject([{ batch: first }]);
    await bench.say(coop, shipping(second, 60, coop, factory, day(3)));
    expect(await of(coop, '?by=season&year=2026')).toMatchObject([{ onTheWayOut: 60, onHand: 0 }]);
    await bench.say(factory, receiving(second, 60, coop, factory, day(4)));
    await bench.say(factory, drying(second, 60, dried, 20, 40, day(5)));
    const told = await of(factory, '?by=base');
    expect(JSON.stringify(told)).not.toContain(base);
    expect(await of(factory, '?by=season')).toMatchObject([{ year: 2026, cameIn: { received: 60, made: 20 }, went: { used: 60 }, onHand: 20 }]);
    expect(await of(factory, `?base=${base}`)).toEqual([]);
  });

  it('go on page by page, and name what is wrong with a question', async () => {
    const { items, next } = (await bench.send(people.factory.owner, 'GET', '/api/v1/balances?by=batch&limit=1')).json();
    expect([items.length, next]).toEqual([1, '1']);
    const rest = (await bench.send(people.factory.owner, 'GET', `/api/v1/balances?by=batch&limit=500&cursor=${next}`)).json();
    expect(rest.next).toBeUndefined();
    expect((await bench.send(people.factory.owner, 'GET', '/api/v1/balances?by=colour')).statusCode).toBe(422);
    expect((await bench.send(undefined, 'GET', '/api/v1/balances')).statusCode).toBe(401);
  });
});
