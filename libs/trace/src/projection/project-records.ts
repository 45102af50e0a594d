import type { EntityManager } from 'typeorm';
import type { Entry, RecordBody } from '@daodi/log';
import { identifierId } from '../domain/identifier-id';
import type { IdentifierKind } from '../domain/line';
import { ownCanonical } from '../domain/own-code';
import { identifiersUnder } from './ownership';
import { insertIdentifiers } from './rows';

/** What a `batch` record says is new: a code we issue, to whom, and what it stands for. */
export interface BatchFacts {
  readonly code: string;
  /** The URI as printed and as events spell it. */
  readonly uri: string;
  readonly kind: 'crop' | 'batch' | 'retail' | 'container';
  readonly herb?: string;
  readonly grade?: string;
  readonly productId?: string;
  readonly lotNumber?: string;
  /** What one piece holds, in milligrams (decimal integer text). */
  readonly netContentMg?: string;
  readonly [attribute: string]: unknown;
}

/** What kind of thing the identifier of a batch names. */
export const KIND_OF_BATCH: Readonly<Record<BatchFacts['kind'], IdentifierKind>> = {
  crop: 'instance', batch: 'class', retail: 'class', container: 'container',
};

/**
 * Projects the records trace lives on: codes issued and withdrawn, other names of batches, public addresses. (GS1
 * prefixes are registered by `registry`, whose projection runs before.)
 * @returns the identifiers whose families have to be judged again
 */
export async function projectRecords(tx: EntityManager, entries: readonly Entry[]): Promise<Set<string>> {
  for (const entry of entries) {
    if (entry.kind !== 'record') continue;
    const body = entry.body as unknown as RecordBody;
    if (entry.type === 'batch') await projectBatch(tx, entry, body);
    else if (entry.type === 'alias') await projectAlias(tx, entry, body);
    else if (entry.type === 'public-url') {
      await tx.query('INSERT INTO public_host (host, position) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        body.new['host'],
        entry.position.toString(),
      ]);
    }
  }
  return new Set(await identifiersOfRecords(tx, entries));
}

/** The identifiers of which these records may change who owns them: codes issued, and what stands under a GS1 prefix. */
export async function identifiersOfRecords(tx: EntityManager, entries: readonly Entry[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'record') continue;
    const body = entry.body as unknown as RecordBody;
    if (entry.type === 'batch') found.push(identifierId(ownCanonical((body.new as unknown as BatchFacts).code)));
    if (entry.type !== 'organisation') continue;
    const [old, now] = [body.old?.['gs1Prefix'], body.new['gs1Prefix']];
    if (old === now) continue;
    for (const prefix of [old, now]) if (typeof prefix === 'string') found.push(...(await identifiersUnder(tx, prefix)));
  }
  return found;
}

async function projectBatch(tx: EntityManager, entry: Entry, body: RecordBody): Promise<void> {
  const facts = body.new as unknown as BatchFacts;
  const canonical = ownCanonical(facts.code);
  const id = identifierId(canonical);
  await insertIdentifiers(tx, new Map([[id, canonical]]));
  // Whoever spoke of it before it was issued spoke of what it stands for.
  await tx.query('UPDATE line SET kind = $2 WHERE identifier = $1 AND kind <> $2', [id, KIND_OF_BATCH[facts.kind]]);
  await tx.query(
    `INSERT INTO batch (identifier, code, uri, organisation_id, kind, herb, grade, product_id, lot_number, net_content_mg, attributes, position, withdrawn)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (identifier) DO UPDATE
        SET herb = EXCLUDED.herb, grade = EXCLUDED.grade, product_id = EXCLUDED.product_id, lot_number = EXCLUDED.lot_number,
            net_content_mg = EXCLUDED.net_content_mg, attributes = EXCLUDED.attributes, withdrawn = EXCLUDED.withdrawn
      WHERE batch.organisation_id = EXCLUDED.organisation_id`,
    [
      id, facts.code, facts.uri, entry.organisationId, facts.kind, facts.herb ?? null, facts.grade ?? null, facts.productId ?? null,
      facts.lotNumber ?? null, facts.netContentMg ?? null, JSON.stringify(facts), entry.position.toString(),
      body.change === 'ended' ? entry.position.toString() : null,
    ],
  );
}

/** Another name of a node, for the organisation that gave it: `{scheme, value, node}`. */
async function projectAlias(tx: EntityManager, entry: Entry, body: RecordBody): Promise<void> {
  await tx.query(
    `INSERT INTO alias (scheme, value, organisation_id, node, position) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [body.new['scheme'], body.new['value'], entry.organisationId, body.new['node'], entry.position.toString()],
  );
}
