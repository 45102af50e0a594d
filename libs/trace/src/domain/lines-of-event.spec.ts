import { linesOfEvent } from './lines-of-event';

const lot = 'urn:example:lot:1';
const kg = (quantity: number, uom?: string) => ({ epcClass: lot, quantity, ...(uom && { uom }) });
const roles = (event: Record<string, unknown>): string[] => linesOfEvent(event).lines.map((l) => `${l.role} ${l.amount ?? l.unreadable ?? '-'}${l.unit ?? ''}`);

describe('lines of an event', () => {
  it.each([
    ['ADD', 'commissioning', 'origin'], ['OBSERVE', 'shipping', 'ship'], ['OBSERVE', 'receiving', 'receive'], ['OBSERVE', 'inspecting', 'observe'],
    ['OBSERVE', 'retail_selling', 'sell'], ['DELETE', 'retail_selling', 'sell'], ['DELETE', 'destroying', 'destroy'], ['DELETE', 'decommissioning', 'destroy'],
    ['OBSERVE', 'sampling', 'sample'], ['OBSERVE', 'storing', 'store'], ['OBSERVE', 'void_shipping', 'void-ship'],
    ['OBSERVE', 'https://ref.gs1.org/cbv/BizStep-shipping', 'ship'], ['OBSERVE', 'urn:epcglobal:cbv:bizstep:shipping', 'ship'],
    ['OBSERVE', 'urn:gdst:bizStep:landing', 'observe'], ['ADD', 'urn:gdst:bizStep:hatching', 'origin'],
  ])('ObjectEvent %s %s is %s', (action, bizStep, role) => {
    expect(roles({ type: 'ObjectEvent', action, bizStep, quantityList: [kg(1, 'KGM')] })).toEqual([`${role} 1000000mg`]);
  });

  it('reads amounts exactly, and says so where it cannot', () => {
    const event = { type: 'ObjectEvent', action: 'ADD', quantityList: [kg(0.1, 'KGM'), kg(812.5, 'KGM'), kg(3), kg(2.5), kg(1, 'LTR'), kg(0.0000001, 'KGM'), { epcClass: lot }] };
    expect(roles(event)).toEqual(['origin 100000mg', 'origin 812500000mg', 'origin 3pcs', 'origin pieces that are no whole number', 'origin uom LTR', 'origin uom KGM', 'origin -']);
  });

  it('parts a receipt into accepted, rejected and short', () => {
    expect(roles({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', quantityList: [kg(97, 'KGM')], 'daodi:receipt': { accepted: [kg(90, 'KGM')], rejected: [kg(7, 'KGM')], short: [kg(3, 'KGM')] } }))
      .toEqual(['receive 90000000mg', 'reject 7000000mg', 'short 3000000mg']);
  });

  it.each([['OBSERVE', 'shipping', 'ship'], ['OBSERVE', 'retail_selling', 'sell'], ['DELETE', 'destroying', 'destroy'], ['DELETE', 'receiving', 'receive'], ['ADD', 'receiving', 'origin']])(
    'does not let %s %s pass for goods from outside', (action, bizStep, role) => {
      expect(roles({ type: 'ObjectEvent', action, bizStep, quantityList: [kg(5, 'KGM')], 'daodi:intake': { means: 'purchase' } })).toEqual([`${role} 5000000mg`]);
    },
  );

  it('takes in what came from outside, and brings back what had been sold or drawn', () => {
    const observed = (bizStep: string, extension: Record<string, unknown>) => roles({ type: 'ObjectEvent', action: 'OBSERVE', bizStep, quantityList: [kg(5, 'KGM')], ...extension });
    for (const step of ['receiving', 'stock_taking', 'collecting']) expect(observed(step, { 'daodi:intake': {} })).toEqual(['take-in 5000000mg']);
    expect(observed('receiving', { 'daodi:return': {} })).toEqual(['return 5000000mg']);
    expect(observed('sampling', { 'daodi:sampleReturn': {} })).toEqual(['sample-return 5000000mg']);
    expect(observed('shipping', { 'daodi:return': {} })).toEqual(['ship 5000000mg']);
  });

  it('knows the lot of serials by GTIN and lot number', () => {
    const lines = linesOfEvent({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: ['urn:epc:id:sgtin:9521234.100001.S1'], ilmd: { 'cbvmda:lotNumber': 'L1' } }).lines;
    expect(lines.map((l) => [l.role, l.identifier])).toEqual([
      ['serial-lot', 'https://id.gs1.org/01/19521234000010/10/L1'], ['serial', 'https://id.gs1.org/01/19521234000010/21/S1'],
    ]);
  });

  it('sees one identifier in its two spellings', () => {
    const [urn, link] = linesOfEvent({ type: 'ObjectEvent', action: 'OBSERVE', epcList: ['urn:epc:id:sgtin:9521234.100001.S1', 'https://example.cn/01/19521234000010/21/S1?x=1'] }).lines;
    expect(urn?.identifier).toBe(link?.identifier);
  });
});
