import { Injectable } from '@nestjs/common';
import { canonicalIdentifier } from '@daodi/gs1';
import { Passports, readPublicPath } from '@daodi/passport';
import { Config, Installation, notFound, Problem } from '@daodi/platform';
import { readBatchCode } from '@daodi/trace';
import { DataSource } from 'typeorm';

/** What a batch's code says. */
export interface CodeText {
  readonly code: string;
  /** What the symbol holds. */
  readonly uri: string;
  /** The human-readable line. */
  readonly caption: string;
  readonly isDemo: boolean;
}

interface BatchRow {
  readonly withdrawn: string | null;
  readonly lot_number: string | null;
  readonly gtin: string | null;
}

/** What is printed on the goods of a batch. */
@Injectable()
export class Labels {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly installation: Installation,
    private readonly passports: Passports,
  ) {}

  /**
   * The text of a batch's code: a GS1 Digital Link where the batch is a lot of a product with a GTIN of its owner,
   * else our own URI.
   *
   * @throws Problem 404 where the organisation neither made nor holds it; 409 where the code was withdrawn, or where a
   *   real installation has no public address yet: a code printed then would lead nowhere
   */
  async labelOf(organisationId: string, typed: string): Promise<CodeText> {
    const code = readBatchCode(typed);
    const batch = code === undefined ? undefined : await this.findBatch(organisationId, code);
    if (code === undefined || batch === undefined) throw notFound();
    if (batch.withdrawn !== null) {
      throw new Problem(409, 'code-withdrawn', { zh: '该编码已作废，不能再印', en: 'This code was withdrawn and must not be printed any more' });
    }
    const { isDemo } = this.installation;
    if (!isDemo && this.config.isPublicUrlLoopback) throw noPublicAddress();
    const { publicUrl } = this.config;
    const link = await this.digitalLink(batch, code);
    if (link === undefined) return { code, uri: `${publicUrl}/b/${code}`, caption: code, isDemo };
    return { code, uri: `${publicUrl}${link}`, caption: `(01)${batch.gtin}(10)${batch.lot_number}`, isDemo };
  }

  /** A batch of the organisation's own, or one it has or had. */
  private async findBatch(organisationId: string, code: string): Promise<BatchRow | undefined> {
    const [row] = await this.dataSource.query(
      `SELECT b.withdrawn, b.lot_number, p.gtin FROM batch b
         LEFT JOIN product p ON p.id = b.product_id AND p.organisation_id = b.organisation_id AND p.status = 'active'
        WHERE b.code = $1 AND (b.organisation_id = $2 OR EXISTS (
          SELECT FROM node n JOIN reader_direct r ON r.node = n.id WHERE n.identifier = b.identifier AND n.scope IS NULL AND r.organisation_id = $2))`,
      [code, organisationId],
    );
    return row;
  }

  /** The path of the Digital Link, if GS1 allows the lot number in one and it leads to just this batch. */
  private async digitalLink({ gtin, lot_number: lot }: BatchRow, code: string): Promise<string | undefined> {
    if (gtin === null || lot === null) return undefined;
    const path = `/01/${gtin}/10/${encodeURIComponent(lot)}`;
    const name = readPublicPath(path);
    if (name.kind !== 'gs1' || canonicalIdentifier(`https://id.gs1.org${path}`).kind !== 'lgtin') return undefined;
    const target = await this.passports.find(name);
    return target.kind === 'thing' && target.subject.code === code ? path : undefined;
  }
}

const noPublicAddress = (): Problem =>
  new Problem(
    409,
    'public-url-needed',
    { zh: '尚未设置对外网址，不能生成正式标签', en: 'Labels cannot be made before the public address is set' },
    {
      detail: {
        zh: '印出来的码会指向本机地址，别人扫不开。请把 DAODI_PUBLIC_URL 设为公众能访问的网址后重启。',
        en: 'The printed code would lead to this machine only. Set DAODI_PUBLIC_URL to an address the public can reach, and start again.',
      },
    },
  );
