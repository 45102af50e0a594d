/**
 * Daodi's own words in EPCIS events: fields the standard has no place for. Extension fields are named
 * `daodi:…`; a reader that does not know them may skip them without misreading the event.
 */

/** A URN of our own, since no web address is registered for the vocabulary. Written into events, so it never changes. */
export const DAODI_NAMESPACE = 'urn:daodi:voc:';

export const DAODI_PREFIX = 'daodi';

/** What a field of our vocabulary means. */
export interface DaodiTerm {
  readonly zh: string;
  readonly en: string;
  /** Where it stands: on the event, or in instance and lot master data. */
  readonly on: 'event' | 'ilmd';
  /** What it holds; quantities are `{quantity, uom}` with the number as JSON number, never text with a unit. */
  readonly holds: string;
}

/** Every field of the vocabulary by its local name. Later code adds rows; a row is never renamed. */
export const DAODI_TERMS = {
  herb: { zh: '药材品种', en: 'herb', on: 'ilmd', holds: 'id of a herb of the catalogue' },
  grade: { zh: '等级', en: 'grade', on: 'ilmd', holds: 'grade as the trade writes it' },
  provenance: { zh: '记录来源', en: 'how the record came to be', on: 'event', holds: 'form, offline, epcis, device or import' },
  capturedTime: { zh: '记录时间', en: 'when it was written down', on: 'event', holds: 'xsd:dateTimeStamp' },
  typed: { zh: '录入原文', en: 'what was typed', on: 'event', holds: 'list of {epcClass?, quantity, unit} as typed, unit in its own word' },
  area: { zh: '面积', en: 'area', on: 'event', holds: '{quantity, uom} with uom MTK or the unit typed' },
  inputsUsed: { zh: '投入品', en: 'inputs used', on: 'event', holds: 'list of {name, quantity, uom, purpose, safetyIntervalDays}' },
  auxiliaries: { zh: '辅料', en: 'auxiliaries', on: 'event', holds: 'list of {name, epcClass?, quantity, uom}' },
  outputRoles: { zh: '产出类别', en: 'roles of outputs', on: 'event', holds: 'list of {epcClass, role: product, coProduct, waste or rework}' },
  losses: { zh: '损耗', en: 'losses', on: 'event', holds: 'list of {cause, quantity, uom}' },
  accepted: { zh: '实收', en: 'accepted', on: 'event', holds: 'list of {epcClass, quantity, uom}' },
  rejected: { zh: '拒收', en: 'rejected', on: 'event', holds: 'list of {epcClass, quantity, uom, reason}' },
  short: { zh: '短少', en: 'short', on: 'event', holds: 'list of {epcClass, quantity, uom}' },
  reason: { zh: '原因', en: 'reason', on: 'event', holds: 'text' },
} as const satisfies Readonly<Record<string, DaodiTerm>>;

export type DaodiTermName = keyof typeof DAODI_TERMS;

/** The field name as it stands in an event: `daodi:losses`. */
export function daodi<Name extends DaodiTermName>(name: Name): `daodi:${Name}` {
  return `${DAODI_PREFIX}:${name}`;
}

/** The JSON-LD context document of the vocabulary, to be served to readers of our events. */
export function daodiContextDocument(): { readonly '@context': Readonly<Record<string, unknown>> } {
  const terms = Object.keys(DAODI_TERMS).map((name) => [`${DAODI_PREFIX}:${name}`, { '@id': `${DAODI_NAMESPACE}${name}` }]);
  return { '@context': { '@version': 1.1, [DAODI_PREFIX]: DAODI_NAMESPACE, ...(Object.fromEntries(terms) as Record<string, unknown>) } };
}
