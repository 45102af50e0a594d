import { record } from '@daodi/registry';
import { identifierId, nodeId, ownCanonical } from '@daodi/trace';
import type { Issued } from '../form/issue';
import type { Work } from '../form/work';

/** The supplier's own number of goods from outside: another name of their batch, for whoever took them in. */
export async function rememberSupplierLot(work: Work, { code, uri }: Issued, value: string | undefined): Promise<void> {
  if (value === undefined) return;
  const scheme = 'supplier-lot';
  // A code of ours is owned, so its node is in nobody's scope.
  const node = nodeId(identifierId(ownCanonical(code)), '');
  const [known] = await work.tx.query('SELECT FROM alias WHERE organisation_id = $1 AND scheme = $2 AND value = $3 AND node = $4', [work.caller.organisationId, scheme, value, node]);
  if (known === undefined) work.records.push(record('alias', uri, 'created', { new: { scheme, value, node, uri } }));
}
