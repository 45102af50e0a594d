import { FORM_HOLDERS, mayHandle } from '@daodi/herbal';
import type { Rule } from './finding';

/**
 * A product is made, packed or sold by a type of organisation that may not do so, by the table of forms. The sources are not verified
 * and a type is no licence, so it is only noted.
 */
export const formOfOthers: Rule = {
  name: 'form-of-others',
  version: 1,
  severity: 'note',
  title: { zh: '该类单位不得生产或销售这种形态的产品（依据未核对）', en: 'A form of product that this type of organisation may not make or sell (source not verified)' },
  judge: ({ formUse }) => {
    if (formUse === undefined) return undefined;
    const { form, type, made, sold } = formUse;
    const odd = ([['make', made], ['sell', sold]] as const).flatMap(([does, did]) => (did !== undefined && !mayHandle(form, does, type) ? [{ does, ...did }] : []));
    const [first] = odd;
    if (first === undefined) return undefined;
    const { source, verified } = FORM_HOLDERS[form] as (typeof FORM_HOLDERS)[string];
    return {
      numbers: { form, type, does: odd.map(({ does }) => does), source: `${source.zh} ${source.en}`, verified },
      since: odd.reduce((min, { position }) => (position < min ? position : min), first.position),
      evidence: odd.flatMap(({ eventIds }) => eventIds),
    };
  },
};
