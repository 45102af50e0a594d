import type { InlineProjection } from '@daodi/log';

/** Versions of organisations' own templates of papers. */
export const paperTemplatesProjection: InlineProjection = {
  name: 'paper-templates',
  tables: ['paper_template'],
  async apply(tx, entries) {
    const rows = new Map<string, object>();
    for (const { kind, type, body, organisationId, position, recordTime } of entries) {
      if (kind !== 'record' || type !== 'paper-template') continue;
      const { paper, version, format, digest, status } = body['new'] as Record<string, unknown>;
      const id = body['subject'] as string;
      rows.set(id, { id, organisation_id: organisationId, paper, version, format, digest, status, record_time: recordTime, since_position: position.toString() });
    }
    if (rows.size === 0) return;
    await tx.query(
      `INSERT INTO paper_template SELECT * FROM jsonb_populate_recordset(NULL::paper_template, $1::jsonb)
       ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status, record_time = EXCLUDED.record_time, since_position = EXCLUDED.since_position`,
      [JSON.stringify([...rows.values()])],
    );
  },
};
