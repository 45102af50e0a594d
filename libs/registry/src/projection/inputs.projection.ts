import type { InlineProjection } from '@daodi/log';
import { type Latest, latestOf, upsertRows } from './latest-state';

const own = ({ subject, state, first }: Latest) => ({ id: subject, organisation_id: first.organisationId, status: state.status, state, since_position: first.position.toString() });

/** What herb GAP asks to be on record beside what happens. */
export const gapProjection: InlineProjection = {
  name: 'gap',
  tables: ['gap_record'],
  async apply(tx, entries) {
    for (const kind of ['environment-test', 'unified-season', 'supplier-audit', 'gap-evaluation', 'extended-inspection']) await upsertRows(tx, 'gap_record', 'id', latestOf(entries, kind).map((latest) => ({ ...own(latest), kind })));
  },
};

/** Products of inputs, allowances and SOPs; lots that were bought, and what became of them. */
export const inputsProjection: InlineProjection = {
  name: 'inputs',
  tables: ['input_record', 'input_stock'],
  async apply(tx, entries) {
    for (const kind of ['input-product', 'input-allowance', 'sop']) await upsertRows(tx, 'input_record', 'id', latestOf(entries, kind).map((latest) => ({ ...own(latest), kind })));
    await upsertRows(tx, 'input_stock', 'id', latestOf(entries, 'input-lot').map((latest) => {
      const { product, boughtOn, quantity, uom } = latest.state;
      return { ...own(latest), kind: 'lot', product_id: product, lot_id: latest.subject, on_day: boughtOn, quantity, uom };
    }));
    await upsertRows(tx, 'input_stock', 'id', latestOf(entries, 'input-count').map((latest) => {
      const { kind, lot, on, quantity, uom } = latest.state;
      return { ...own(latest), kind, product_id: null, lot_id: lot, on_day: on, quantity, uom };
    }));
  },
};
