import { FORM_HOLDERS, mayHandle } from './form-holders';

it.each<[string, 'make' | 'sell', string, boolean]>([
  ['herb', 'sell', 'market', true], ['fresh', 'make', 'cooperative', true], ['fresh-cut', 'make', 'cooperative', true], ['fresh-cut', 'sell', 'market', false],
  ['decoction-piece', 'make', 'cooperative', false], ['decoction-piece', 'make', 'decoction-piece-factory', true], ['decoction-piece', 'sell', 'retailer', true], ['decoction-piece', 'sell', 'market', false],
  ['granule', 'sell', 'retailer', false], ['medicine', 'make', 'decoction-piece-factory', false], ['medicine', 'make', 'pharmaceutical-firm', true], ['medicine', 'sell', 'brand-owner', true],
  ['constructor', 'make', 'cooperative', true],
])('%s: %s by a %s', (form, does, type, may) => expect(mayHandle(form, does, type)).toBe(may));

it('names a source for each, none of them verified', () => {
  for (const { source, verified } of Object.values(FORM_HOLDERS)) expect([source.zh === '', source.en === '', verified]).toEqual([false, false, false]);
});
