import { applicationIdentifier } from '../dictionary/application-identifiers';
import type { DigitalLinkUri } from '../elements/digital-link-uri';
import type { Element } from '../elements/element';

/** The GS1 Web Vocabulary, under which link types are named (GS1-Conformant Resolver 1.2, section 2.14). */
export const VOCABULARY = 'https://ref.gs1.org/voc/';
/** Where it was before; what is asked for under it is the same. */
const OLDER = /^https?:\/\/(?:www\.)?gs1\.org\/voc\//;

/** The one link to which a key leads that says nothing else. */
export const DEFAULT_LINK = `${VOCABULARY}defaultLink`;
/** Default links by language or kind, tried before the one. */
export const DEFAULT_LINK_MULTI = `${VOCABULARY}defaultLinkMulti`;

/** One link of a key. */
export interface ResolverLink {
  /** The identity it is a link of, by {@link levelOf}. */
  readonly level: string;
  /** The same as a URI, as whoever registered it spells it. */
  readonly anchor: string;
  readonly itemDescription: string;
  /** Full URI, or a word registered with IANA. */
  readonly linkType: string;
  readonly href: string;
  readonly title: string;
  /** Languages of the target: `zh`, `zh-CN`. */
  readonly hreflang?: readonly string[];
  /** Media type of the target. */
  readonly type?: string;
  /** Where or when it is the right one, as the registrar words it. */
  readonly context?: readonly string[];
}

/** A link type as it is compared: `gs1:pip`, the older namespace and the present one are one. */
export function fullLinkType(asked: string): string {
  if (asked.startsWith('gs1:')) return `${VOCABULARY}${asked.slice(4)}`;
  return asked.replace(OLDER, VOCABULARY);
}

/** An identity in one spelling: AIs and values, key first, qualifiers in their order. Values may hold anything but this. */
const SEPARATOR = '\u001d';

/** Key and qualifiers as one text, to find links by. */
export const levelOf = (path: readonly Element[]): string => path.flatMap(({ ai, value }) => [ai, value]).join(SEPARATOR);

/**
 * The levels of an identity whose links count for it, the finest first: itself, what its qualifiers leave out, and its key. A
 * serial outranks a lot, a lot a variant, and two qualifiers the last of them alone (GS1-Conformant Resolver 1.2, section 2.5.9).
 */
export function levelsOf({ elements, inPath }: Pick<DigitalLinkUri, 'elements' | 'inPath'>): string[] {
  const [key, ...qualifiers] = elements.slice(0, inPath) as [Element, ...Element[]];
  const some = qualifiers.reduce<Element[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
  const order = applicationIdentifier(key.ai)?.qualifiers?.flat() ?? [];
  const rank = (set: readonly Element[]): number => set.reduce((sum, { ai }) => sum + 2 ** order.indexOf(ai), 0);
  return some.sort((a, b) => rank(b) - rank(a)).map((set) => levelOf([key, ...set]));
}
