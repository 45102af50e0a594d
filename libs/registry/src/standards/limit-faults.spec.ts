import type { TypedLimit } from './limit';
import { keptLimits, limitFaults } from './limit-faults';

const limit = (more: Partial<TypedLimit> = {}): TypedLimit => ({ item: '水分', limitText: '10.0', unit: '%', direction: 'max', ...more });

describe('limits as they are typed', () => {
  it.each<[what: string, limits: TypedLimit[], faults: string[]]>([
    ['a number', [limit()], []],
    ['in full-width digits', [limit({ limitText: '１０．０' })], []],
    ['with its direction in it', [limit({ limitText: '不得过 10.0' })], ['/limits/0/limitText limit-number']],
    ['with its unit in it', [limit({ limitText: '10.0%' })], ['/limits/0/limitText limit-number']],
    ['negative', [limit({ limitText: '-1' })], ['/limits/0/limitText limit-number']],
    ['in words where a number is limited', [limit({ limitText: '未检出' })], ['/limits/0/limitText limit-number']],
    ['without a unit', [limit({ unit: undefined })], ['/limits/0/unit unit-missing']],
    ['a range', [limit({ direction: 'range', limitText: '4.0～6.0' })], []],
    ['a range upside down', [limit({ direction: 'range', limitText: '6.0~4.0' })], ['/limits/0/limitText limit-range']],
    ['one number as a range', [limit({ direction: 'range', limitText: '4.0' })], ['/limits/0/limitText limit-range']],
    ['words, for an item in words', [limit({ item: '性状', direction: 'conforms', limitText: '应符合规定', unit: undefined })], []],
    ['not to be detected', [limit({ direction: 'not-detected', limitText: '不得检出', unit: undefined })], []],
    ['twice, with another number', [limit(), limit({ limitText: '12.0' })], ['/limits/1/item limit-twice']],
    ['of two analytes', [limit({ analytes: ['a'] }), limit({ analytes: ['b'] })], []],
  ])('%s', (_, limits, faults) => expect(limitFaults(limits).map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual(faults));

  it('are kept in half-width digits with their decimals, numbered, with our name of the item', () => {
    expect(keptLimits([limit({ item: ' 含量测定 ', limitText: '０．２０', unit: '％', analytes: [' 梓醇 '] }), limit({ direction: 'range', limitText: '4.0 — 6.0' }), limit({ item: '手感', direction: 'conforms', limitText: '应有油性。', unit: undefined })])).toEqual([
      { id: 'L1', item: '含量测定', itemCode: 'assay', analytes: ['梓醇'], limitText: '0.20', unit: '%', direction: 'max', verified: false },
      { id: 'L2', item: '水分', itemCode: 'moisture', limitText: '4.0~6.0', unit: '%', direction: 'range', verified: false },
      { id: 'L3', item: '手感', limitText: '应有油性。', direction: 'conforms', verified: false },
    ]);
  });
});
