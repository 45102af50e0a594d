import { Injectable } from '@nestjs/common';
import { canonicalIdentifier } from '@daodi/gs1';
import { type Passport, Passports, readPublicPath } from '@daodi/passport';
import { Config, Problem } from '@daodi/platform';
import { findingsOf, releaseStateOf } from '@daodi/quality';
import { findSite } from '@daodi/registry';
import { type CompositionAnswer, TraceService } from '@daodi/trace';
import { DataSource } from 'typeorm';
import type { BatchFacts } from '../shipment/batch-values';
import { goodsOf, type Shipment, type ShippedBatch } from '../shipment/find-shipment';
import { NOT_RECORDED } from '../shipment/missing-words';
import { ReportPapers } from './report-papers.service';
import type { CertificateFacts, PackFacts, PartyFacts, ReportPaperFacts } from '../shipment/pack-values';

/** More in one pack would keep the asker waiting for minutes; such a shipment is sent in parts. */
export const BATCHES_MAX = 200;

/** Gathers what is on record of a shipment, as the asker may read it. Prices, persons, other buyers are never among it. */
@Injectable()
export class PackFactsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly passports: Passports,
    private readonly traces: TraceService,
    private readonly papers: ReportPapers,
  ) {}

  /** @param organisationId who asks: the sender or the receiver of the shipment */
  async gather(organisationId: string, shipment: Shipment): Promise<PackFacts> {
    const { batches, containers } = await goodsOf(this.dataSource, shipment);
    if (batches.length > BATCHES_MAX) throw tooManyBatches(batches.length);
    const facts: BatchFacts[] = [];
    const papers = await this.papers.of(organisationId, batches.map(({ node }) => node));
    for (const batch of batches) facts.push(await this.batchFacts(organisationId, shipment, batch, papers.get(batch.node) ?? []));
    return {
      isDemo: this.passports.isDemo,
      eventId: shipment.eventId,
      shippedAt: localTime(shipment),
      shipper: (await this.organisation(shipment.shipperId, shipment.isSender)) ?? { name: NOT_RECORDED },
      receiver: await this.receiver(shipment),
      own: shipment.isSender ? await this.ownFacts(shipment) : undefined,
      containers,
      batches: facts,
      certificates: await this.certificates(shipment.shipperId),
      reportPapers: [...new Map([...papers.values()].flat().map((paper) => [paper.digest, paper])).values()],
    };
  }

  private async batchFacts(organisationId: string, { shipperId }: Shipment, batch: ShippedBatch, papers: readonly ReportPaperFacts[]): Promise<BatchFacts> {
    const { passport, address } = await this.lookUp(batch);
    return {
      batch, passport, address,
      composition: await this.composition(organisationId, batch),
      ownWarnings: batch.node === '' ? [] : await this.ownWarnings(shipperId, batch.node),
      papersHere: new Map(papers.map(({ number, place }) => [number, place])),
    };
  }

  /** The public's knowledge of a batch, and the address by which it is looked up. */
  private async lookUp({ code, uri }: ShippedBatch): Promise<{ readonly passport?: Passport; readonly address: string }> {
    const path = code === undefined ? gs1Path(uri) : `/b/${code}`;
    const name = path === undefined ? undefined : readPublicPath(path);
    if (path === undefined || name === undefined || name.kind === 'malformed') return { address: uri };
    return { passport: (await this.passports.open(name)).passport, address: `${this.config.publicUrl}${path}` };
  }

  /** What the batch consists of, as the asker's own trace says; nothing where it may not trace it. */
  private async composition(organisationId: string, { uri }: ShippedBatch): Promise<CompositionAnswer | undefined> {
    try {
      return (await this.traces.trace(organisationId, uri, 'back')).composition;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The sender's own hold, decision and open findings: its share may stand otherwise than the maker's, of which the page tells. */
  private async ownWarnings(shipperId: string, node: string): Promise<string[]> {
    const state = (await releaseStateOf(this.dataSource, [node], shipperId)).get(node);
    const { findings, behind } = await findingsOf(this.dataSource, [node]);
    const blocking = findings.filter(({ severity, organisation }) => severity === 'blocking' && organisation === shipperId).length;
    return [
      ...(state?.hold === undefined ? [] : ['供货单位已冻结']),
      ...(state?.state === 'rejected' ? ['供货单位不予放行'] : state?.state === 'suspended' ? ['供货单位的放行已暂停'] : []),
      ...(blocking > 0 ? [`供货单位有 ${blocking} 个未处理的拦截问题`] : []),
      ...(behind > 0n ? ['问题清单尚未核对到最新记录'] : []),
    ];
  }

  private async organisation(id: string, isOwn: boolean): Promise<PartyFacts | undefined> {
    const [row] = await this.dataSource.query('SELECT name, code, type, credit_code, region, contact FROM organisation WHERE id = $1', [id]);
    return row && { name: row.name, code: row.code, type: row.type, creditCode: row.credit_code ?? undefined, region: row.region, contact: isOwn ? (row.contact ?? undefined) : undefined };
  }

  /** Who is not registered here is named as the sender typed it, in the sender's own pack only. */
  private async receiver({ receiverId, isSender, entry }: Shipment): Promise<PartyFacts> {
    if (receiverId !== undefined) return (await this.organisation(receiverId, false)) ?? { name: NOT_RECORDED };
    const to = typedInput(entry.body)['to'] as { readonly name?: unknown; readonly uri?: unknown } | undefined;
    const name = isSender ? [to?.name, to?.uri].find((one) => typeof one === 'string') : undefined;
    return { name: typeof name === 'string' ? `${name}（未在平台登记）` : NOT_RECORDED };
  }

  private async ownFacts({ entry }: Shipment): Promise<PackFacts['own']> {
    const { carrier } = typedInput(entry.body);
    const place = entry.body['readPoint'] as { readonly id?: string } | undefined;
    const site = place?.id === undefined ? undefined : await findSite(this.dataSource, place.id);
    return { carrier: typeof carrier === 'string' ? carrier : undefined, shipFrom: site?.organisationId === entry.organisationId ? site.name : undefined };
  }

  private async certificates(organisationId: string): Promise<CertificateFacts[]> {
    const rows: { kind: string; number: string; issuer: string; valid_from: string; valid_to: string | null; verified: boolean }[] = await this.dataSource.query(
      `SELECT kind, number, issuer, valid_from::text, valid_to::text, verified FROM certificate
        WHERE organisation_id = $1 AND status = 'active' AND subject_type = 'organisation' ORDER BY kind, number`,
      [organisationId],
    );
    return rows.map(({ valid_from, valid_to, ...row }) => ({ ...row, validFrom: valid_from, validTo: valid_to ?? undefined }));
  }
}

/** What the sender typed; nothing where the text was erased. */
const typedInput = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ((body['daodi:typed'] as { input?: Record<string, unknown> } | undefined)?.input ?? {});

/** The path of a GS1 Digital Link of an identifier, whatever its spelling. */
function gs1Path(uri: string): string | undefined {
  const { canonical, kind } = canonicalIdentifier(uri);
  return kind === 'opaque' || !canonical.startsWith('https://id.gs1.org/') ? undefined : new URL(canonical).pathname;
}

/** `2026-09-01 08:00` where it happened. */
function localTime({ entry }: Shipment): string {
  const [, hours, minutes] = /^([+-]\d{2}):(\d{2})$/.exec(entry.eventOffset ?? '+08:00') ?? [];
  const shift = (Number(hours ?? 8) * 60 + Math.sign(Number(hours ?? 8) || 1) * Number(minutes ?? 0)) * 60_000;
  return new Date(Date.parse(entry.eventTime ?? entry.recordTime) + shift).toISOString().slice(0, 16).replace('T', ' ');
}

const tooManyBatches = (count: number): Problem =>
  new Problem(422, 'too-many-batches', { zh: `一次发货超过 ${BATCHES_MAX} 个批次，不能出具一份资料`, en: `A pack holds at most ${BATCHES_MAX} batches` }, { detail: { zh: `这次发货有 ${count} 个批次`, en: `This shipment has ${count}` } });
