import { DEFAULT_LINK, DEFAULT_LINK_MULTI, type ResolverLink } from './link';
import { lookUpLanguage, lookUpType } from './negotiate';

/** What somebody asks of a resolver. */
export interface LinkRequest {
  /** Full link type; absent: the default. */
  readonly linkType?: string;
  readonly acceptLanguage?: string;
  readonly accept?: string;
  readonly context?: string;
}

/** One link to go to; several between which nothing decides; or none. */
export type Choice = { readonly kind: 'link'; readonly link: ResolverLink } | { readonly kind: 'several'; readonly links: readonly ResolverLink[] } | { readonly kind: 'none' };

/**
 * The link a request is to be led to (GS1-Conformant Resolver 1.2, section 2.6): of the finest level that has the type, by
 * context, language and media type as far as they tell links apart. Without a type the default, or one of the defaults by
 * language or kind that suits.
 *
 * @param levels the finest first
 */
export function chooseLink(links: readonly ResolverLink[], levels: readonly string[], request: LinkRequest): Choice {
  if (request.linkType !== undefined) return narrowed(finest(links, levels, request.linkType), request);
  const own = finest(links, levels, DEFAULT_LINK);
  const multi = finest(links, levels, DEFAULT_LINK_MULTI).filter(({ level }) => own[0] === undefined || levels.indexOf(level) <= levels.indexOf(own[0].level));
  const better = multi.length === 0 ? undefined : narrowed(multi, request);
  // Only what a request really asks for is better than the default.
  if (better?.kind === 'link' && suits(better.link, request)) return better;
  const [link] = own;
  return link === undefined ? { kind: 'none' } : { kind: 'link', link };
}

function finest(links: readonly ResolverLink[], levels: readonly string[], linkType: string): ResolverLink[] {
  const level = levels.find((one) => links.some((link) => link.level === one && link.linkType === linkType));
  return links.filter((link) => link.level === level && link.linkType === linkType);
}

function narrowed(all: readonly ResolverLink[], { acceptLanguage, accept, context }: LinkRequest): Choice {
  if (all.length === 0) return { kind: 'none' };
  const here = context === undefined ? [] : all.filter((link) => link.context?.includes(context));
  let left = here.length > 0 ? here : all;
  if (left.length > 1) left = lookUpLanguage(left, acceptLanguage) ?? left;
  if (left.length > 1) left = lookUpType(left, accept) ?? left;
  return left.length === 1 ? { kind: 'link', link: left[0] as ResolverLink } : { kind: 'several', links: left };
}

const suits = (link: ResolverLink, { acceptLanguage, context }: LinkRequest): boolean =>
  (context !== undefined && link.context?.includes(context) === true) || lookUpLanguage([link], acceptLanguage) !== undefined;

/** A target with the query of the request passed on as it was sent, before a fragment (GS1-Conformant Resolver 1.2, section 2.12). */
export function withQuery(href: string, query: string): string {
  if (query === '') return href;
  const [target = '', fragment] = href.split(/#(.*)/s);
  return `${target}${target.includes('?') ? '&' : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
