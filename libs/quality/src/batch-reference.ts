import { applyDecorators } from '@nestjs/common';
import { Pattern } from '@daodi/registry';
import { currentCanonicaliser, nodesFor, ownCanonical, readBatchCode } from '@daodi/trace';
import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** How people and systems name a batch: our code as printed, or an identifier as a URI in any spelling. */
export const BATCH_REFERENCE = /^([0-9A-Za-z]{11}|[A-Za-z][A-Za-z0-9+.-]*:\S{1,1900})$/u;

/** A body's member that names a batch. */
export const BatchReference = (description = 'The batch: our code, or an identifier as a URI in any spelling. 批次'): PropertyDecorator =>
  applyDecorators(Pattern(BATCH_REFERENCE, { description, example: 'https://example.org/b/7K3M9QF2XTB' }));

/** The canonical spelling of what somebody names. */
export async function canonicalBatch(db: Db, text: string): Promise<string> {
  const code = readBatchCode(text);
  return code === undefined ? (await currentCanonicaliser(db))(text) : ownCanonical(code);
}

/** The node an organisation means by a batch it names; see `nodesFor` of trace. */
export async function nodeOf(db: Db, organisationId: string, canonical: string): Promise<string> {
  return (await nodesFor(db, organisationId, [canonical])).get(canonical) as string;
}

/** Whether an organisation has or had a thing on record: made it, or a held shipment named it as destination. */
export async function isHolder(db: Db, organisationId: string, node: string): Promise<boolean> {
  const [row] = await db.query('SELECT FROM reader_direct WHERE organisation_id = $1 AND node = $2', [organisationId, node]);
  return row !== undefined;
}
