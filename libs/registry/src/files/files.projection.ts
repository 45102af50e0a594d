import type { InlineProjection } from '@daodi/log';
import { bodyOf } from '../projection/latest-state';

/** Which organisation handed in which file. */
export const filesProjection: InlineProjection = {
  name: 'uploaded-files',
  tables: ['uploaded_file'],
  async apply(tx, entries) {
    const rows = entries.filter(({ kind, type }) => kind === 'record' && type === 'file').map((entry) => {
      const { sha256, mediaType, byteSize } = bodyOf(entry).new as { sha256: string; mediaType: string; byteSize: number };
      return { organisation_id: entry.organisationId, digest: sha256, media_type: mediaType, byte_size: byteSize, record_time: entry.recordTime, since_position: entry.position.toString() };
    });
    if (rows.length === 0) return;
    await tx.query('INSERT INTO uploaded_file SELECT * FROM jsonb_populate_recordset(NULL::uploaded_file, $1::jsonb) ON CONFLICT DO NOTHING', [JSON.stringify(rows)]);
  },
};
