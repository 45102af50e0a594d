import standard from '../vendor/gs1-epcis-2.0/epcis-context.json';
import { type ResolvedContext, expandCurie, resolveContext } from './context';

/** The fields whose values are words of the Core Business Vocabulary. */
export type VocabularyField = 'bizStep' | 'disposition' | 'bizTransactionType' | 'sourceOrDestinationType' | 'errorReason' | 'measurementType' | 'sensorException' | 'component';

type Terms = Readonly<Record<string, unknown>>;

const root = standard['@context'] as unknown as Record<string, { '@context'?: unknown }>;
const report = inside(inside(root, 'sensorElementList'), 'sensorReport');

/** Bare words and their web URIs, read from the ratified context so that they are nobody's transcription. */
const WORDS: Readonly<Record<VocabularyField, ReadonlyMap<string, string>>> = {
  bizStep: words(inside(root, 'bizStep')),
  disposition: words(inside(root, 'disposition')),
  bizTransactionType: words(inside(inside(root, 'bizTransactionList'), 'type')),
  sourceOrDestinationType: words(inside(inside(root, 'sourceList'), 'type')),
  errorReason: words(inside(inside(root, 'errorDeclaration'), 'reason')),
  measurementType: words(inside(report, 'type')),
  sensorException: words(inside(report, 'exception')),
  component: words(inside(report, 'component')),
};

const BARE: Readonly<Record<VocabularyField, ReadonlyMap<string, string>>> = Object.fromEntries(
  Object.entries(WORDS).map(([field, terms]) => [field, new Map([...terms].map(([word, uri]) => [uri, word]))]),
) as unknown as Record<VocabularyField, ReadonlyMap<string, string>>;

/** CBV 1.x URNs and the web URIs that replaced them (CBV 2.0 section 7; urn:epcglobal:cbv:bizstep:… and so on). */
const URN_FORMS: readonly (readonly [string, string])[] = [
  ['urn:epcglobal:cbv:bizstep:', 'https://ref.gs1.org/cbv/BizStep-'],
  ['urn:epcglobal:cbv:disp:', 'https://ref.gs1.org/cbv/Disp-'],
  ['urn:epcglobal:cbv:btt:', 'https://ref.gs1.org/cbv/BTT-'],
  ['urn:epcglobal:cbv:sdt:', 'https://ref.gs1.org/cbv/SDT-'],
  ['urn:epcglobal:cbv:er:', 'https://ref.gs1.org/cbv/ER-'],
];

/** A CBV 1.x URN as its web URI; everything else as it is. */
export function webUriOfCbvUrn(value: string): string {
  if (!value.startsWith('urn:epcglobal:cbv:')) return value;
  const form = URN_FORMS.find(([urn]) => value.startsWith(urn));
  return form === undefined ? value : form[1] + value.slice(form[0].length);
}

/**
 * The web URI of a vocabulary value, however it is written: bare word, URN, CURIE, web URI. Words of a user's own
 * vocabulary stay as they are.
 */
export function cbvUri(field: VocabularyField, value: string, context: ResolvedContext = resolveContext(undefined)): string {
  const known = WORDS[field].get(value);
  if (known !== undefined) return known;
  return webUriOfCbvUrn(expandCurie(context, value)).replace(/^http:\/\/ref\.gs1\.org\//, 'https://ref.gs1.org/');
}

/** The web URI of a business step. */
export function bizStepUri(value: string, context?: ResolvedContext): string {
  return cbvUri('bizStep', value, context);
}

/** The bare word of a vocabulary value, e.g. `shipping`; a value that is no word of the standard stays as a URI. */
export function cbvWord(field: VocabularyField, value: string, context?: ResolvedContext): string {
  const uri = cbvUri(field, value, context);
  return BARE[field].get(uri) ?? uri;
}

/** Whether two values of a field are the same word, however written. */
export function sameWord(field: VocabularyField, a: string, b: string, context?: ResolvedContext): boolean {
  return a === b || cbvUri(field, a, context) === cbvUri(field, b, context);
}

/** The bare words the standard has for a field. */
export function wordsOf(field: VocabularyField): string[] {
  return [...WORDS[field].keys()];
}

function inside(terms: Terms, name: string): Terms {
  const scoped = (terms[name] as { '@context'?: unknown } | undefined)?.['@context'];
  return Object.assign({}, ...[scoped].flat()) as Terms;
}

function words(terms: Terms): ReadonlyMap<string, string> {
  const plain = Object.entries(terms).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && /^(?:cbv|gs1):/.test(entry[1]));
  return new Map(plain.map(([word, curie]) => [word, expandCurie(resolveContext(undefined), curie)]));
}
