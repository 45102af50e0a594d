import { Injectable } from '@nestjs/common';
import { FileRights } from '@daodi/registry';
import { MAY_READ_REPORT } from './reports.service';

/** Who may read a report may read its paper, where the laboratory itself handed it in. */
@Injectable()
export class ReportFileRight {
  constructor(rights: FileRights) {
    rights.give(async (db, organisationId, digest) => {
      const [row] = await db.query(
        `SELECT FROM uploaded_file u JOIN test_report r ON r.organisation_id = u.organisation_id AND r.state ->> 'fileDigest' = u.digest
          WHERE u.digest = $2 AND r.status = 'approved' AND (${MAY_READ_REPORT}) LIMIT 1`,
        [organisationId, digest],
      );
      return row !== undefined;
    });
  }
}
