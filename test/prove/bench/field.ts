import { type Credential, type Firm, HOST, type Product } from './product';

/** The JSON-LD context an event needs when it comes alone. */
export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

export const uriOf = (code: string): string => `${HOST}/b/${code}`;

/** A crop of a firm. @returns its code */
export async function crop(product: Product, firm: Firm, who: Credential = firm): Promise<string> {
  const body = { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [firm.plot], mode: 'wild-tended' };
  return (await product.post(who, '/crops', body)).batches[0].code;
}

/** A harvest. @returns the code of the fresh batch */
export async function harvest(product: Product, firm: Firm, cropCode: string, kilograms: string, eventTime = '2026-08-20T09:30:00+08:00'): Promise<string> {
  return (await product.post(firm, '/harvests', { eventTime, crop: cropCode, quantity: kilograms, unit: 'kg' })).batches[0].code;
}

/** A crop and a harvest of it. */
export async function harvested(product: Product, firm: Firm, kilograms: string, eventTime?: string): Promise<string> {
  return harvest(product, firm, await crop(product, firm), kilograms, eventTime);
}

/** Who had it before and who after, as an event names them. */
export const passing = (from: Pick<Firm, 'party'>, to: Pick<Firm, 'party'>) => ({
  sourceList: [{ type: 'possessing_party', source: from.party }],
  destinationList: [{ type: 'possessing_party', destination: to.party }],
});

/** A bare event that can be posted alone. */
export const bare = (type: string, eventTime: string, more: object): Record<string, unknown> => ({
  '@context': EPCIS_CONTEXT, type, eventTime, eventTimeZoneOffset: '+08:00', ...more,
});

export const kgs = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });
