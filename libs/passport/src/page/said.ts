import type { Language } from '@daodi/platform';
import type { PublicOrganisation, Quantity, Words } from '../domain/passport';
import { ORGANISATION } from './words';

/** An amount with its unit. */
export function quantityText({ value, unit }: Quantity, language: Language): string {
  const [whole = '', fraction] = value.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (fraction === undefined ? '' : `.${fraction}`);
  if (unit === 'kg') return language === 'zh' ? `${grouped} 千克` : `${grouped} kg`;
  return language === 'zh' ? `${grouped} 件` : `${grouped} ${value === '1' ? 'piece' : 'pieces'}`;
}

/** An organisation by name and county, or by what sort it is. */
export function organisationText(organisation: PublicOrganisation, say: (words: Words) => string): string {
  return organisation.name === undefined ? say(ORGANISATION[organisation.type] ?? (ORGANISATION.other as Words)) : say(organisation.name);
}
