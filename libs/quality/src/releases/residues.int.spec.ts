import { day, QualityBench } from '../testing/quality-bench';
import { firms, playSeason, report, sampling, type Season } from '../testing/season';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
});
afterAll(() => bench.close());

const MOISTURE = { test: '水分', value: '8.10', unit: '%', limitText: '≤10.0%', verdict: 'pass' };
const residue = (value: string) => ({ items: [MOISTURE, { test: '苦参碱', value, unit: 'mg/kg', verdict: 'pass' }] });
const spray = (crop: string, time: string) => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'urn:daodi:bizstep:plant-protection', eventTime: time, epcList: [crop], 'daodi:inputsUsed': [{ name: '某水剂', ingredients: ['苦参碱'], quantity: 1, uom: 'LTR' }],
});
/** Tries to release the dried lot; answers the status and the rules against. */
async function release({ factory, dried }: Season): Promise<[number, string[]]> {
  const answer = await bench.send(factory.as['quality-head'], 'POST', '/api/v1/releases', { batch: dried, decision: 'released', standard: '《中国药典》2020 年版一部' });
  return [answer.statusCode, (answer.json().reasons ?? []).map(({ rule }: { rule: string }) => rule)];
}

describe('a residue test that is demanded', () => {
  it('is met by a counted report on what was made of the harvest that names the ingredient below its limit, and by nothing less', async () => {
    const season = await playSeason(bench, people);
    await bench.say(season.coop, spray(season.crop, '2026-07-01T08:00:00Z'));
    await report(bench, season.laboratory, season.dried, 'pass');
    expect(await release(season)).toEqual([409, ['residue-test-missing']]);
    await report(bench, season.laboratory, season.dried, 'pass', { sampleNumber: 'S-2', ...residue('未检出') });
    expect(await release(season)).toEqual([409, ['residue-test-missing']]);
    const claimed = await bench.firm('CLAIM-LAB', 'laboratory', ['lab-tester', 'lab-reviewer', 'lab-approver']);
    await report(bench, claimed, season.dried, 'pass', residue('<0.01'));
    expect(await release(season)).toEqual([409, ['residue-test-missing']]);
    await report(bench, season.laboratory, season.dried, 'pass', { sampleNumber: 'S-3', ...residue('<0.01') });
    expect(await release(season)).toEqual([201, []]);
  });

  it('suspends a release when the use is told late, and is met by a report on the fresh harvest', async () => {
    const season = await playSeason(bench, people);
    await report(bench, season.laboratory, season.dried, 'pass');
    expect(await release(season)).toEqual([201, []]);
    await bench.say(season.coop, spray(season.crop, '2026-07-01T08:00:00Z'));
    expect(await release(season)).toEqual([409, ['residue-test-missing']]);
    await bench.say(season.coop, sampling(season.fresh, 1, day(3), season.laboratory, 'S-9'));
    await report(bench, season.laboratory, season.fresh, 'pass', { sampleNumber: 'S-9', ...residue('<0.01') });
    const [status, reasons] = await release(season);
    expect([status, reasons.includes('residue-test-missing')]).toEqual([409, false]); // a kilogram more was drawn than there is
  });

  it('is not asked where somebody else claims to have sprayed', async () => {
    const season = await playSeason(bench, people);
    await bench.say(season.factory, spray(season.crop, '2026-07-01T08:00:00Z'));
    await report(bench, season.laboratory, season.dried, 'pass');
    expect((await release(season))[1]).not.toContain('residue-test-missing');
  });
});
