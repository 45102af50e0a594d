import { readEntries } from '@daodi/log';
import { TraceBench } from '../testing';
import { Readership } from './readership.service';

const LOT = { epcClass: 'urn:epc:class:lgtin:9521234.100001.L1', quantity: 10, uom: 'KGM' };
const at = (minute: number, body: Record<string, unknown>): Record<string, unknown> =>
  ({ eventTime: `2026-08-20T00:0${minute}:00Z`, eventTimeZoneOffset: '+08:00', ...body });
const observed = (minute: number, body: Record<string, unknown>) => at(minute, { type: 'ObjectEvent', action: 'OBSERVE', quantityList: [LOT], ...body });

/** What somebody only claimed of another's lot is nobody's to read, and taking it back must not change that. */
describe('a claim that is taken back', () => {
  let bench: TraceBench;
  let maker: string;
  let holder: string;
  beforeAll(async () => {
    bench = await TraceBench.open();
    [maker, holder] = [await bench.organisation('MAKER', '9521234'), await bench.organisation('HOLDER')];
    await bench.say(maker, at(0, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [LOT] }));
    await bench.say(maker, observed(1, { bizStep: 'shipping', destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:HOLDER' }] }));
  });
  afterAll(() => bench.close());

  it.each([
    ['that another’s lot was taken in from outside', { bizStep: 'receiving', 'daodi:intake': { means: 'purchase' } }],
    ['that it came back to somebody else', { bizStep: 'receiving', 'daodi:return': { reason: 'x' }, destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:OTHER' }] }],
  ])('stays unread: %s', async (_name, body) => {
    await bench.organisation('OTHER').catch(() => undefined);
    const claim = observed(2, { eventID: `urn:uuid:11111111-1111-4111-8111-11111111111${'daodi:intake' in body ? 1 : 2}`, ...body });
    const reads = async (): Promise<number> => {
      const entries = await readEntries(bench.dataSource, `e.organisation_id = $1 AND e.kind = 'event'`, [holder]);
      return (await new Readership(bench.dataSource).read(maker, entries)).length;
    };
    await bench.say(holder, claim);
    expect(await reads()).toBe(0);
    await bench.say(holder, { ...claim, errorDeclaration: { declarationTime: '2026-08-21T00:00:00Z' } });
    expect(await reads()).toBe(0);
  });
});
