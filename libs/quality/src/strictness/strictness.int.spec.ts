import { RULES } from '../rules/rules';
import { day, type Firm, kg, QualityBench } from '../testing/quality-bench';
import { firms, playSeason, receiving, report, type Season, shipping } from '../testing/season';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
let season: Season;
let buyer: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
  buyer = await bench.firm('BUYER', 'processor', ['quality-head']);
  season = await playSeason(bench, people);
  // A tenth of what went in is nowhere: a warning to everybody.
  const fresh = await bench.issue(season.coop, 'lianqiao');
  await bench.say(season.coop, { type: 'TransformationEvent', eventTime: day(2), inputEPCList: [season.crop], outputQuantityList: [kg(fresh, 10)] });
  await bench.say(season.coop, shipping(fresh, 10, season.coop, season.factory, day(3)));
  await bench.say(season.factory, receiving(fresh, 10, season.coop, season.factory, day(4)));
  await bench.say(season.factory, { type: 'TransformationEvent', eventTime: day(5), inputQuantityList: [kg(fresh, 10)], outputQuantityList: [kg(season.dried, 3)], 'daodi:losses': [{ cause: 'water', quantity: 6, uom: 'KGM' }] });
  await bench.say(season.factory, shipping(season.dried, 10, season.factory, buyer, day(8)));
  await bench.say(buyer, receiving(season.dried, 10, season.factory, buyer, day(9)));
  await report(bench, season.laboratory, season.dried, 'pass');
});
afterAll(() => bench.close());

const stricter = (who: { token: string } | undefined, rule: string, severity: string) => bench.send(who, 'POST', '/api/v1/rule-strictness', { rule, severity, why: '本厂从严' });
const release = (firm: Firm) => bench.send(firm.as['quality-head'], 'POST', '/api/v1/releases', { batch: season.dried, decision: 'released' });
const reasonsOf = async (firm: Firm): Promise<string[]> => (await release(firm)).json().reasons?.map(({ rule }: { rule: string }) => rule) ?? [];
const severity = async (firm: Firm, query = '') => {
  await bench.drain();
  const page = (await bench.send(firm.owner, 'GET', `/api/v1/findings?rule=step-missing&batch=${encodeURIComponent(season.dried)}${query}`)).json();
  return page.items.map(({ share, severity: is }: { share: string; severity: string }) => `${share} ${is}`);
};

it('lists every rule, and what it weighs here', async () => {
  const { items } = (await bench.send(buyer.owner, 'GET', '/api/v1/rules')).json();
  expect(items.map(({ rule, here }: { rule: string; here: string }) => [rule, here])).toEqual(RULES.map(({ name, severity: is }) => [name, is]));
});

it('is a matter of the quality head and the owner, and never milder than the rule', async () => {
  const size = await bench.size();
  expect((await stricter(undefined, 'step-missing', 'blocking')).statusCode).toBe(401);
  expect((await stricter(people.factory.as['warehouse'], 'step-missing', 'blocking')).statusCode).toBe(403);
  for (const [rule, severityOf] of [['step-surplus', 'warning'], ['step-surplus', 'note'], ['step-missing', 'note']] as const) {
    const refused = await stricter(people.factory.owner, rule, severityOf);
    expect([refused.statusCode, refused.json().type]).toEqual([409, 'urn:daodi:problem:rule-not-relaxable']);
  }
  expect((await stricter(people.factory.owner, 'no-such-rule', 'blocking')).statusCode).toBe(422);
  expect(await bench.size()).toBe(size);
});

it('binds the gate and the inbox of whoever said it, and nobody else’s', async () => {
  expect(await reasonsOf(buyer)).not.toContain('step-missing');
  expect(await severity(buyer)).toEqual(['upstream warning']);
  expect((await stricter(buyer.as['quality-head'], 'step-missing', 'blocking')).statusCode).toBe(200);
  expect(await reasonsOf(buyer)).toContain('step-missing');
  expect(await severity(buyer)).toEqual(['upstream blocking']);
  expect(await severity(buyer, '&severity=blocking')).toEqual(['upstream blocking']);
  expect(await severity(people.factory)).toEqual(['own warning']);
  expect(await reasonsOf(people.factory)).toEqual([]);
});

it('suspends a release that stood, and cannot be overruled by those who made it', async () => {
  expect((await release(people.factory)).statusCode).toBe(201);
  const stateOf = async () => (await bench.send(people.factory.owner, 'GET', `/api/v1/quality?batch=${encodeURIComponent(season.dried)}`)).json().release.state;
  expect(await stateOf()).toBe('released');
  await stricter(people.factory.owner, 'step-missing', 'blocking');
  expect(await stateOf()).toBe('suspended');
  expect(await severity(people.factory)).toEqual(['own blocking']);
  await stricter(people.factory.owner, 'step-missing', 'warning');
  expect(await stateOf()).toBe('released');
  expect(await severity(people.factory)).toEqual(['own warning']);
});
