import { FORM_HOLDERS } from '@daodi/herbal';
import { ORGANISATION_TYPES, PRODUCT_FORMS } from '@daodi/registry';
import type { FormUseFacts, ShareFacts } from './facts';
import { judgeShare } from './rules';

const [made, sold] = [{ eventIds: ['pack'], position: 4n }, { eventIds: ['sale'], position: 9n }];

it.each<[string, FormUseFacts, string[]]>([
  ['pieces made by a cooperative', { form: 'decoction-piece', type: 'cooperative', made }, ['note form-of-others o 4 pack']],
  ['pieces made by a factory', { form: 'decoction-piece', type: 'decoction-piece-factory', made, sold }, []],
  ['herb made and sold by a cooperative', { form: 'herb', type: 'cooperative', made, sold }, []],
  ['pieces packed and sold on a market', { form: 'decoction-piece', type: 'market', made, sold }, ['note form-of-others o 4 pack sale']],
  ['granules sold over the counter', { form: 'granule', type: 'retailer', sold }, ['note form-of-others o 9 sale']],
])('judge %s', (_name, formUse, found) => {
  const share: ShareFacts = { node: 'n', identifier: 'i', organisation: 'o', unit: 'mg', roles: [], debts: [], receivedHere: 0n, steps: [], reports: [], formUse };
  expect(judgeShare(share).map(({ severity, rule, accused, since, evidence }) => [severity, rule, accused, since, ...evidence].join(' '))).toEqual(found);
});

it('speaks of forms and types that there are', () => {
  expect(Object.keys(FORM_HOLDERS).filter((form) => !(PRODUCT_FORMS as readonly string[]).includes(form))).toEqual([]);
  const types = Object.values(FORM_HOLDERS).flatMap(({ make = [], sell = [] }) => [...make, ...sell]);
  expect(types.filter((type) => !(ORGANISATION_TYPES as readonly string[]).includes(type))).toEqual([]);
});
