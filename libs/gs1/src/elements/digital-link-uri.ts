import { type ApplicationIdentifier, applicationIdentifier, isPathSequence } from '../dictionary/application-identifiers';
import { convenienceAlpha } from '../dictionary/convenience-alphas';
import { type Element, faultOfLength, type Gs1Reading, type ReadingOptions, refused } from './element';
import { checked } from './element-string';
import { type Gs1Fault, syntaxFault } from './fault';
import { escapeUri, unescapeUri } from './uri-escape';

/** What a Digital Link says. */
export interface DigitalLinkUri {
  /** Scheme, domain and what of the path stands before the key. */
  readonly stem: string;
  /** Key, qualifiers and attributes in the order in which they stand. */
  readonly elements: readonly Element[];
  /** How many of them stand in the path. */
  readonly inPath: number;
  /** Parameters of the query that are no AIs, as they stand. */
  readonly ignored: readonly string[];
}

const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;
/** Capitals or not, never mixed: what mixes them is no scanner's doing. */
const SCHEME = /^(?:https?|HTTPS?):\/\//;
const DOMAIN = /^[A-Za-z0-9\-.:[\]]+$/;

/** Whether a text is a web address at all, so that it would have to be a Digital Link. */
export const isWebUri = (text: string): boolean => SCHEME.test(text);

/**
 * Reads a GS1 Digital Link URI (URI Syntax 1.7, uncompressed) on any domain: the rightmost primary key of the path counts, what
 * follows it must be its qualifiers in their order, AIs in the query are attributes; what of the query is no AI is passed over.
 * What GS1's engine and the standard decide differently is decided by the standard: `;` parts parameters too.
 */
export function readDigitalLinkUri(uri: string, options: ReadingOptions = {}): Gs1Reading<DigitalLinkUri> {
  const parts = splitUri(uri);
  if ('rule' in parts) return refused(parts);
  const path = readPath(parts.path, options);
  if ('rule' in path) return refused(path);
  const query = readQuery(parts.query, options);
  if ('rule' in query) return refused(query);
  const elements = [...path.elements, ...query.elements];
  const misplaced = faultOfPlaces(path.elements, query.elements, options);
  if (misplaced !== undefined) return refused(misplaced);
  const whole = checked(elements, options);
  if (!whole.valid) return whole;
  return { valid: true, stem: `${parts.origin}${path.before}`, elements, inPath: path.elements.length, ignored: query.ignored };
}

function splitUri(uri: string): { readonly origin: string; readonly path: string; readonly query: string } | Gs1Fault {
  const strange = [...uri].findIndex((character) => !URI_CHARACTERS.test(character));
  const scheme = SCHEME.exec(uri)?.[0];
  if (scheme === undefined) return syntaxFault('NO_URI', { value: uri });
  if (strange >= 0) return syntaxFault('URI_CHARACTERS', { value: uri, at: strange, length: 1 });
  const slash = uri.indexOf('/', scheme.length);
  const domain = uri.slice(scheme.length, slash < 0 ? undefined : slash);
  if (slash < 0 || !DOMAIN.test(domain)) return syntaxFault('URI_DOMAIN', { value: uri });
  const [beforeFragment = ''] = uri.slice(slash).split('#');
  const mark = beforeFragment.indexOf('?');
  return { origin: `${scheme}${domain}`, path: mark < 0 ? beforeFragment : beforeFragment.slice(0, mark), query: mark < 0 ? '' : beforeFragment.slice(mark + 1) };
}

interface PathReading {
  readonly before: string;
  readonly elements: readonly Element[];
}

/** Pairs of AI and value from the right, up to the first that is a primary key. */
function readPath(path: string, options: ReadingOptions): PathReading | Gs1Fault {
  const segments = path.split('/').slice(1);
  for (let start = segments.length - 2; start >= 0; start -= 2) {
    const entry = pathIdentifier(segments[start] as string, options);
    if (entry === undefined) break;
    if (entry.qualifiers !== undefined) return pairsFrom(segments, start, options);
  }
  return syntaxFault('NO_PRIMARY_KEY');
}

function pathIdentifier(segment: string, { permitConvenienceAlphas = false, permitUnknownAis }: ReadingOptions): ApplicationIdentifier | undefined {
  return applicationIdentifier((permitConvenienceAlphas ? convenienceAlpha(segment) : undefined) ?? segment, permitUnknownAis);
}

function pairsFrom(segments: readonly string[], start: number, options: ReadingOptions): PathReading | Gs1Fault {
  const elements: Element[] = [];
  for (let n = start; n < segments.length; n += 2) {
    const element = elementOf(pathIdentifier(segments[n] as string, options) as ApplicationIdentifier, segments[n + 1] as string, 'path', options);
    if ('rule' in element) return element;
    elements.push(element);
  }
  return { before: segments.slice(0, start).map((segment) => `/${segment}`).join(''), elements };
}

function elementOf(entry: ApplicationIdentifier, text: string, place: 'path' | 'query', { permitZeroSuppressedGtin = false }: ReadingOptions): Element | Gs1Fault {
  const { ai } = entry;
  if (text === '') return syntaxFault('EMPTY_VALUE', { ai });
  let value = unescapeUri(text, place);
  if (value.includes('\u0000')) return syntaxFault('ILLEGAL_NULL', { ai });
  if (permitZeroSuppressedGtin && ai === '01' && [8, 12, 13].includes(value.length)) value = value.padStart(14, '0');
  return faultOfLength(entry, value) ?? { ai, value };
}

function readQuery(query: string, options: ReadingOptions): { readonly elements: readonly Element[]; readonly ignored: readonly string[] } | Gs1Fault {
  const elements: Element[] = [];
  const ignored: string[] = [];
  for (const parameter of query.split(/[&;]/)) {
    const equals = parameter.indexOf('=');
    const name = parameter.slice(0, Math.max(equals, 0));
    if (equals < 0 || !/^[0-9]*$/.test(name)) {
      if (parameter !== '') ignored.push(parameter);
      continue;
    }
    const entry = applicationIdentifier(name, options.permitUnknownAis);
    if (entry === undefined) return syntaxFault('UNKNOWN_AI_IN_QUERY', { ai: name });
    const element = elementOf(entry, parameter.slice(equals + 1), 'query', options);
    if ('rule' in element) return element;
    elements.push(element);
  }
  return { elements, ignored };
}

/** That key and qualifiers are in order, attributes may be such, none is there twice, and none would belong in the path. */
function faultOfPlaces(path: readonly Element[], query: readonly Element[], { refuseUnknownAttributes = true, permitUnknownAis }: ReadingOptions): Gs1Fault | undefined {
  const sequence = path.map(({ ai }) => ai);
  if (!isPathSequence(sequence)) return syntaxFault('INVALID_PATH_SEQUENCE', { others: sequence.map((ai) => `(${ai})`).join('') });
  for (const [n, { ai }] of query.entries()) {
    if (sequence.includes(ai) || query.slice(0, n).some((other) => other.ai === ai)) return syntaxFault('DUPLICATE_AI', { ai });
    const isAttribute = applicationIdentifier(ai, permitUnknownAis)?.isLinkAttribute ?? false;
    if (isAttribute === false || (isAttribute === 'unknown' && refuseUnknownAttributes)) return syntaxFault('NO_LINK_ATTRIBUTE', { ai });
    if (sequence.some((_, at) => isPathSequence([...sequence.slice(0, at + 1), ai, ...sequence.slice(at + 1)]))) return syntaxFault('BELONGS_IN_PATH', { ai });
  }
  return undefined;
}

/** The domain of canonical Digital Links (URI Syntax 1.7, section 4.12). */
export const CANONICAL_STEM = 'https://id.gs1.org';

/**
 * Writes elements as a Digital Link: the first primary key among them with as many of its qualifiers as one of its orders
 * takes, in that order; the others as attributes, those of predefined length first, otherwise as they stand.
 *
 * @param stem scheme, domain and perhaps a path; a slash at its end is dropped
 * @param refuseUnknownAttributes false to write AIs the dictionary does not know as attributes
 * @returns undefined where there is no primary key, or something that may be no attribute
 */
export function writeDigitalLinkUri(elements: readonly Element[], stem = CANONICAL_STEM, { refuseUnknownAttributes = true }: Pick<ReadingOptions, 'refuseUnknownAttributes'> = {}): string | undefined {
  const entryOf = ({ ai }: Element): ApplicationIdentifier | undefined => applicationIdentifier(ai, true);
  const key = elements.find((element) => entryOf(element)?.qualifiers !== undefined);
  if (key === undefined) return undefined;
  const orders = (entryOf(key)?.qualifiers ?? []).map((order) => order.filter((ai) => elements.some((element) => element.ai === ai)));
  const qualifiers = orders.reduce((best, order) => (order.length > best.length ? order : best), [] as readonly string[]);
  const inPath = [key.ai, ...qualifiers];
  const once = elements.filter(({ ai }, n) => !inPath.includes(ai) && elements.findIndex((other) => other.ai === ai) === n);
  const attributes = [...once.filter((element) => entryOf(element)?.isPredefined), ...once.filter((element) => !entryOf(element)?.isPredefined)];
  const mayBe = refuseUnknownAttributes ? [true] : [true, 'unknown'];
  if (attributes.some((element) => !mayBe.includes(entryOf(element)?.isLinkAttribute ?? false))) return undefined;
  const path = inPath.map((ai) => `/${ai}/${escapeUri(elements.find((element) => element.ai === ai)?.value ?? '', 'path')}`).join('');
  const query = attributes.map(({ ai, value }) => `${ai}=${escapeUri(value, 'query')}`).join('&');
  return `${stem.replace(/\/$/, '')}${path}${query === '' ? '' : `?${query}`}`;
}
