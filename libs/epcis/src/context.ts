import standard from '../vendor/gs1-epcis-2.0/epcis-context.json';
import { DAODI_NAMESPACE, DAODI_PREFIX } from './daodi-vocabulary';

/** The address under which the ratified EPCIS 2.0 context is named in documents. It is never fetched. */
export const EPCIS_CONTEXT_URL = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** What a JSON-LD context means for reading an event: its prefixes, and what could not be read. */
export interface ResolvedContext {
  /** Namespace by prefix, the standard's own included. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** Remote contexts we do not carry. Nothing is fetched: what they would define stays opaque. */
  readonly unread: readonly string[];
}

const KNOWN_STANDARD = /^https?:\/\/(?:ref\.gs1\.org\/standards\/epcis|gs1\.github\.io\/EPCIS)\/(?:[0-9.]+\/)?epcis-context\.jsonld$/;

const STANDARD_PREFIXES: ReadonlyMap<string, string> = new Map(
  ['epcis', 'cbv', 'cbvmda', 'gs1', 'rdfs', 'owl', 'xsd', 'dcterms'].map((prefix) => [prefix, (standard['@context'] as Record<string, unknown>)[prefix] as string]),
);

const resolved = new WeakMap<object, ResolvedContext>();
const BARE: ResolvedContext = { prefixes: STANDARD_PREFIXES, unread: [] };

/**
 * The context that applies to an event: that of its document, then its own (JSON-LD 1.1 section 4.1). Keep this beside
 * the event: its extension names mean nothing without it.
 */
export function effectiveContext(documentContext: unknown, event: unknown): unknown {
  const own = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)['@context'] : undefined;
  if (own === undefined) return documentContext;
  if (documentContext === undefined || documentContext === own) return own;
  return [documentContext, own].flat();
}

/** Reads the prefixes out of a JSON-LD context. The standard context counts as given even where it is not named. */
export function resolveContext(context: unknown): ResolvedContext {
  if (typeof context !== 'object' || context === null) return resolveParts([context]);
  let known = resolved.get(context);
  if (known === undefined) {
    known = resolveParts(Array.isArray(context) ? (context as unknown[]) : [context]);
    resolved.set(context, known);
  }
  return known;
}

/** A context extended by another one, as where an extension value carries its own. */
export function extendContext(outer: ResolvedContext, context: unknown): ResolvedContext {
  const inner = resolveContext(context);
  return { prefixes: new Map([...outer.prefixes, ...inner.prefixes]), unread: [...outer.unread, ...inner.unread] };
}

function resolveParts(parts: readonly unknown[]): ResolvedContext {
  const unread: string[] = [];
  let prefixes: Map<string, string> | undefined;
  for (const part of parts) {
    if (typeof part === 'string') {
      if (!KNOWN_STANDARD.test(part)) unread.push(part);
    } else if (typeof part === 'object' && part !== null) {
      prefixes ??= new Map(STANDARD_PREFIXES);
      for (const [name, meaning] of Object.entries(part)) declare(prefixes, name, meaning);
    }
  }
  return prefixes === undefined && unread.length === 0 ? BARE : { prefixes: prefixes ?? STANDARD_PREFIXES, unread };
}

function declare(prefixes: Map<string, string>, name: string, meaning: unknown): void {
  const id = typeof meaning === 'object' && meaning !== null ? (meaning as Record<string, unknown>)['@id'] : meaning;
  if (name.startsWith('@') || name.includes(':') || typeof id !== 'string' || id.startsWith('@')) return;
  prefixes.set(name, expandWith(prefixes, id));
}

/** Expands `prefix:name` where the prefix is declared; anything else, whole URIs above all, stays as it is. */
export function expandCurie({ prefixes }: ResolvedContext, value: string): string {
  return expandWith(prefixes, value);
}

function expandWith(prefixes: ReadonlyMap<string, string>, value: string): string {
  const colon = value.indexOf(':');
  if (colon <= 0 || value.startsWith('//', colon + 1)) return value;
  const namespace = prefixes.get(value.slice(0, colon));
  return namespace === undefined ? value : namespace + value.slice(colon + 1);
}

/**
 * An extension name as namespace and local name. A whole URI is parted behind its last `/`, `#` or `:`, so that the
 * same field is the same name whether or not its sender used a prefix. Undefined where there is no colon, or the
 * prefix is not declared.
 */
export function qualifiedName({ prefixes }: ResolvedContext, name: string): { readonly namespace: string; readonly local: string } | undefined {
  const colon = name.indexOf(':');
  if (colon <= 0 || name.startsWith('@')) return undefined;
  const namespace = prefixes.get(name.slice(0, colon));
  if (namespace !== undefined && !name.startsWith('//', colon + 1)) return { namespace, local: name.slice(colon + 1) };
  if (!isWholeUri(name)) return undefined;
  const cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1;
  return { namespace: name.slice(0, cut), local: name.slice(cut) };
}

function isWholeUri(name: string): boolean {
  return /^(?:urn:|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/.test(name);
}

/** The `@context` Daodi writes into its own events: the standard's and our prefix. */
export const DAODI_EVENT_CONTEXT: readonly unknown[] = [EPCIS_CONTEXT_URL, { [DAODI_PREFIX]: DAODI_NAMESPACE }];
