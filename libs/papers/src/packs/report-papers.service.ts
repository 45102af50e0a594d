import { Injectable } from '@nestjs/common';
import { getFile } from '@daodi/platform';
import { reportsOf } from '@daodi/quality';
import { FileRights } from '@daodi/registry';
import { DataSource } from 'typeorm';
import { isAppendable } from '../pdf/append-files';
import type { ReportPaperFacts } from '../shipment/pack-values';

/** The most all papers of one pack may have together, in bytes; what is beyond is fetched one by one. */
const BYTES_MAX = 64 * 1024 * 1024;

/** Finds the papers of the reports on what is shipped, as far as the asker may read them. */
@Injectable()
export class ReportPapers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rights: FileRights,
  ) {}

  /** By node, each file once for a node. @param nodes of the batches of a shipment */
  async of(organisationId: string, nodes: readonly string[]): Promise<Map<string, ReportPaperFacts[]>> {
    const found = new Map<string, ReportPaperFacts[]>();
    const read = new Map<string, ReportPaperFacts | undefined>();
    let left = BYTES_MAX;
    for (const { node, number, fileDigest, supersededBy } of await reportsOf(this.dataSource, nodes.filter((node) => node !== ''))) {
      if (fileDigest === undefined || supersededBy !== undefined) continue;
      if (!read.has(fileDigest)) {
        const paper = await this.paper(organisationId, number, fileDigest, left);
        left -= paper?.bytes.length ?? 0;
        read.set(fileDigest, paper);
      }
      const paper = read.get(fileDigest);
      if (paper !== undefined) found.set(node, [...(found.get(node) ?? []), { ...paper, number }]);
    }
    return found;
  }

  private async paper(organisationId: string, number: string, digest: string, left: number): Promise<ReportPaperFacts | undefined> {
    if (!(await this.rights.mayRead(this.dataSource, organisationId, digest))) return undefined;
    const file = await getFile(this.dataSource, digest);
    if (file === undefined) return undefined;
    const { mediaType, bytes } = file;
    if (file.byteSize > left) return { number, digest, mediaType, bytes: Buffer.alloc(0), place: 'apart' };
    return { number, digest, mediaType, bytes, place: (await isAppendable(file)) ? 'pdf' : 'zip' };
  }
}
