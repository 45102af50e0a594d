import type { Product } from '../product';
import type { Stage } from './stage';
import type { Severity } from './story';

/** A finding as it stands in the table, in the words of the stories. */
export interface Found {
  readonly rule: string;
  readonly severity: Severity;
  /** `STORY/BATCH`, or what it is called where no story made it. */
  readonly batch: string;
  /** Whose share. */
  readonly organisation: string;
  /** Whose doing; `nobody`. */
  readonly accused: string;
  readonly numbers: unknown;
  /** `STORY/ACT`, sorted. */
  readonly evidence: readonly string[];
}

interface Row {
  readonly rule: string;
  readonly severity: Severity;
  readonly uri: string | null;
  readonly organisation: string;
  readonly accused: string | null;
  readonly numbers: unknown;
  readonly evidence_entries: readonly string[];
}

/** Every finding there is, of everybody. */
export async function findingsOf(stage: Stage): Promise<Found[]> {
  const rows: Row[] = await stage.product.dataSource.query(`
    SELECT f.rule, f.severity, coalesce(b.uri, i.canonical) AS uri, o.code AS organisation, a.code AS accused, f.numbers, f.evidence_entries
      FROM finding f
      LEFT JOIN identifier i ON i.id = f.identifier
      LEFT JOIN batch b ON b.identifier = f.identifier
      LEFT JOIN organisation o ON o.id = f.organisation_id
      LEFT JOIN organisation a ON a.id = f.accused`);
  const names = stage.names();
  const known = (text: string): string => names.get(text) ?? names.get(text.slice(text.lastIndexOf('/') + 1)) ?? text;
  const told = (value: unknown): unknown =>
    typeof value === 'string' ? known(value) : Array.isArray(value) ? value.map(told) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, told(item)])) : value;
  return rows
    .map(({ rule, severity, uri, organisation, accused, numbers, evidence_entries }) => ({
      rule, severity, batch: known(uri ?? '?'), organisation, accused: accused ?? 'nobody', numbers: told(numbers), evidence: evidence_entries.map(known).sort(),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** What an organisation is shown as findings, all pages. */
export async function shownTo(product: Product, who: { readonly token: string }): Promise<any[]> {
  const shown: any[] = [];
  for (let path: string | undefined = '/api/v1/findings?limit=500'; path !== undefined; ) {
    const { items, next } = await product.done(who, 'GET', path);
    shown.push(...items);
    path = next === undefined ? undefined : `/api/v1/findings?limit=500&cursor=${encodeURIComponent(next)}`;
  }
  return shown;
}
