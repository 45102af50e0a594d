import type { InlineProjection } from '@daodi/log';

/** Sheets of labels: by them an organisation accounts for what it had printed. */
export const sheetsProjection: InlineProjection = {
  name: 'label-sheets',
  tables: ['label_sheet'],
  async apply(tx, entries) {
    const rows = entries.flatMap(({ kind, type, body, organisationId, position, recordTime }) => {
      if (kind !== 'record' || type !== 'label-sheet') return [];
      const { batch, kind: label, total } = body['new'] as { batch: string; kind: string; total: number };
      return [{ id: body['subject'], organisation_id: organisationId, batch, kind: label, total, state: body['new'], record_time: recordTime, since_position: position.toString() }];
    });
    if (rows.length === 0) return;
    await tx.query('INSERT INTO label_sheet SELECT * FROM jsonb_populate_recordset(NULL::label_sheet, $1::jsonb)', [JSON.stringify(rows)]);
  },
};
