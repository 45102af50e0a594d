import { SEVERITIES, type Severity } from './finding';

/** Rules an organisation made stricter for itself, each with the severity it gave them. */
export type Strictness = ReadonlyMap<string, Severity>;

/** The severity of a rule for an organisation: its own word counts only where it is stricter than ours. */
export function severityFor(rule: { readonly name: string; readonly severity: Severity }, strictness?: Strictness): Severity {
  const own = strictness?.get(rule.name);
  return own !== undefined && isStricter(own, rule.severity) ? own : rule.severity;
}

/** Whether one severity is stricter than another. */
export const isStricter = (one: Severity, other: Severity): boolean => SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);
