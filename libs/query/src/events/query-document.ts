import { canonicalJson, DAODI_NAMESPACE, DAODI_PREFIX, EPCIS_CONTEXT_URL, resolveContext } from '@daodi/epcis';
import type { ReadEvent } from '@daodi/trace';

/** An EPCISQueryDocument, as far as we write one (EPCIS 2.0, JSON Schema `EPCISQueryDocument`). */
export interface QueryDocument {
  readonly '@context': unknown;
  readonly type: 'EPCISQueryDocument';
  readonly schemaVersion: '2.0';
  readonly creationDate: string;
  readonly epcisBody: { readonly queryResults: { readonly queryName: 'SimpleEventQuery'; readonly resultsBody: { readonly eventList: readonly unknown[] } } };
}

const OWN_CONTEXT: readonly unknown[] = [EPCIS_CONTEXT_URL, { [DAODI_PREFIX]: DAODI_NAMESPACE }];

/**
 * Puts events into a document. The context they share is the document's, so that an event reads as it was sent; where
 * they have different ones each carries its own.
 */
export function queryDocument(events: readonly ReadEvent[], creationDate: string): QueryDocument {
  const contexts = events.map(contextOf);
  const [first = OWN_CONTEXT] = contexts;
  const text = canonicalJson(first);
  const isShared = contexts.every((context) => context === first || canonicalJson(context) === text);
  const eventList = events.map(({ event, entry }, i) => {
    // Of an erased event only what its erasure kept is left; a reader must not take that for all that was said.
    const shown = { ...event, recordTime: entry.recordTime, ...(entry.erasedBy !== undefined && { [`${DAODI_PREFIX}:erased`]: true }) };
    return isShared ? shown : { '@context': contexts[i], ...shown };
  });
  return {
    '@context': isShared ? first : OWN_CONTEXT,
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate,
    epcisBody: { queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList } } },
  };
}

/** The context of an event; a cut one has fields of ours, whose prefix its sender need not have declared. */
function contextOf({ entry, sight }: ReadEvent): unknown {
  const context = entry.context ?? OWN_CONTEXT;
  if (sight === 'whole' || resolveContext(context).prefixes.get(DAODI_PREFIX) === DAODI_NAMESPACE) return context;
  return [context, { [DAODI_PREFIX]: DAODI_NAMESPACE }].flat();
}
