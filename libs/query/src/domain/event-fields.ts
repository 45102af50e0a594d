import { cbvUri, type ResolvedContext } from '@daodi/epcis';

type Json = Readonly<Record<string, unknown>>;

/**
 * What of an event a question can be asked about by equality. The names of the last seven are those of the `MATCH_…`
 * parameters of SimpleEventQuery (EPCIS 2.0 section 8.2.7.1).
 */
export const WORD_FIELDS = ['bizStep', 'disposition'] as const;
export const PLACE_FIELDS = ['readPoint', 'bizLocation'] as const;
export const MATCH_FIELDS = ['epc', 'parentID', 'inputEPC', 'outputEPC', 'epcClass', 'inputEPCClass', 'outputEPCClass'] as const;

export type WordField = (typeof WORD_FIELDS)[number];
export type PlaceField = (typeof PLACE_FIELDS)[number];
export type MatchField = (typeof MATCH_FIELDS)[number];
export type TermField = WordField | PlaceField | MatchField | 'transformationID' | 'party';

/** The values of a field, as the event spells them. Takes whole and cut events; what is not there has no values. */
export function valuesOf(event: Json, field: TermField): string[] {
  switch (field) {
    case 'bizStep':
    case 'disposition':
    case 'transformationID':
    case 'parentID':
      return texts([event[field]]);
    case 'readPoint':
    case 'bizLocation':
      return texts([(event[field] as Json | undefined)?.['id']]);
    case 'epc':
      return texts([...listOf(event, 'epcList'), ...listOf(event, 'childEPCs')]);
    case 'inputEPC':
      return texts(listOf(event, 'inputEPCList'));
    case 'outputEPC':
      return texts(listOf(event, 'outputEPCList'));
    case 'epcClass':
      return texts([...classes(event, 'quantityList'), ...classes(event, 'childQuantityList')]);
    case 'inputEPCClass':
      return texts(classes(event, 'inputQuantityList'));
    case 'outputEPCClass':
      return texts(classes(event, 'outputQuantityList'));
    case 'party':
      return texts([...members(event, 'sourceList', 'source'), ...members(event, 'destinationList', 'destination')]);
    default:
      return field satisfies never;
  }
}

/** A word of the vocabulary in one spelling: its web URI. */
export const wordUri = (field: WordField, word: string, context: ResolvedContext): string => cbvUri(field, word, context);

const listOf = (event: Json, list: string): readonly unknown[] => (Array.isArray(event[list]) ? (event[list] as unknown[]) : []);
const members = (event: Json, list: string, member: string): unknown[] =>
  listOf(event, list).map((item) => (typeof item === 'object' && item !== null ? (item as Json)[member] : undefined));
const classes = (event: Json, list: string): unknown[] => members(event, list, 'epcClass');
const texts = (values: readonly unknown[]): string[] => values.filter((value): value is string => typeof value === 'string' && value !== '');
