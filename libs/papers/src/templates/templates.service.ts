import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DtoValidationPipe, type Fault, getFile, invalid, notFound, putFile, unreadable } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, record } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { DEFAULT_TEMPLATES } from '../defaults/default-templates';
import { type OfficePackage, writeOfficePackage } from '../package/office-package';
import { MEDIA } from '../package/media-types';
import { drawPapers } from '../pdf/draw-papers';
import { exampleValues, PAPER_FIELDS } from '../template/paper-fields';
import { PAPER_KINDS, PAPER_NAMES, type PaperKind } from '../template/paper-kinds';
import { checkTemplate, fillChecked } from '../template/template';
import type { TemplateFault } from '../template/template-fault';
import { TemplateFileDto } from './template-file.dto';
import { type TemplateRow, TemplatesInUse } from './templates-in-use.service';

/** A file somebody downloads. */
export interface TemplateFile {
  readonly bytes: Buffer;
  readonly format: 'docx' | 'xlsx';
}

/** An organisation's templates: looked at before they are taken, kept in every version. */
@Injectable()
export class Templates {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    private readonly inUse: TemplatesInUse,
  ) {}

  /** Takes a file as the next version. @throws Problem 422 naming everything that is wrong with it and where */
  async take(caller: Caller, request: FastifyRequest, kind: PaperKind, { bytes, why }: SentTemplate): Promise<ActAnswer> {
    const { office, dropped } = usable(bytes);
    await this.drawn(kind, office);
    const file = writeOfficePackage(office);
    const digest = createHash('sha256').update(file).digest('hex');
    let version = 0;
    const id = randomUUID();
    return this.acts.perform(caller, request, {
      boundBody: { sha256: createHash('sha256').update(bytes).digest('hex'), why: why ?? null },
      decide: async (tx) => {
        const [row] = await tx.query('SELECT COALESCE(max(version), 0) + 1 AS next FROM paper_template WHERE organisation_id = $1 AND paper = $2', [caller.organisationId, kind]);
        version = Number(row.next);
        return [record('paper-template', id, 'created', { new: { paper: kind, version, format: office.kind, digest, status: 'active' }, why })];
      },
      confirm: async (tx) => void (await putFile(tx, { mediaType: MEDIA[office.kind], bytes: file })),
      respond: () => ({ status: 201, location: `/api/v1/paper-templates/${kind}/versions/${version}`, body: { paper: kind, version, format: office.kind, digest, dropped } }),
    });
  }

  /** Back to ours; the versions stay. @throws Problem 404 where ours is used anyway */
  async end(caller: Caller, request: FastifyRequest, kind: PaperKind): Promise<ActAnswer> {
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const [latest]: TemplateRow[] = await tx.query('SELECT id, paper, version, format, digest, status FROM paper_template WHERE organisation_id = $1 AND paper = $2 ORDER BY version DESC LIMIT 1', [caller.organisationId, kind]);
        if (latest === undefined || latest.status === 'ended') throw notFound();
        const { id, ...state } = latest;
        return [record('paper-template', id, 'ended', { old: { ...state }, new: { ...state, status: 'ended' } })];
      },
      respond: () => ({ status: 200, body: { paper: kind, inUse: 'default' } }),
    });
  }

  /** Looks at a file and draws it with examples; nothing is kept. */
  preview(kind: PaperKind, { bytes }: SentTemplate): Promise<Buffer> {
    return this.drawn(kind, usable(bytes).office);
  }

  /** A template that cannot be drawn would fail when goods are waiting. @throws Problem 422 */
  private async drawn(kind: PaperKind, office: OfficePackage): Promise<Buffer> {
    const { zh, en } = PAPER_NAMES[kind];
    const frame = { warnings: ['示例数据 EXAMPLE · 不是单据 NO PAPER'], foot: `${zh} ${en} · 模板预览`, isDemo: false };
    try {
      return await drawPapers(zh, [{ title: zh, sections: fillChecked(office, exampleValues(), true).sections, frame }], new Date(0));
    } catch {
      throw invalid([faultOf({ where: { zh: '', en: '' }, rule: 'not-drawable', zh: '无法按此模板生成 PDF：图片损坏，或页数过多', en: 'no PDF can be drawn of it: a damaged picture, or too many pages' })]);
    }
  }

  /** Every paper with the template it is made with now. */
  async list({ organisationId }: Caller): Promise<object> {
    const papers = [];
    for (const kind of PAPER_KINDS) {
      const versions = await this.inUse.versions(organisationId, kind);
      const isOwn = versions[0]?.status === 'active';
      papers.push({
        paper: kind, ...PAPER_NAMES[kind], inUse: isOwn ? versions[0]?.version : 'default', defaultFormat: DEFAULT_TEMPLATES[kind].format,
        versions: versions.map(({ version, format, digest, status, record_time }) => ({ version, format, digest, status, takenAt: record_time.toISOString() })),
        links: { default: `/api/v1/paper-templates/${kind}/default`, ...(isOwn && { current: `/api/v1/paper-templates/${kind}/versions/${versions[0]?.version}` }) },
      });
    }
    return { papers };
  }

  /** What a template may name. */
  fields(): object {
    return { fields: PAPER_FIELDS };
  }

  byDefault(kind: PaperKind): TemplateFile {
    const { format, build } = DEFAULT_TEMPLATES[kind];
    return { bytes: build(), format };
  }

  /** One version of the organisation's own. @throws Problem 404 */
  async version({ organisationId }: Caller, kind: PaperKind, version: string): Promise<TemplateFile> {
    const row = (await this.inUse.versions(organisationId, kind)).find((one) => String(one.version) === version);
    const file = row && (await getFile(this.dataSource, row.digest));
    if (row === undefined || file === undefined) throw notFound();
    return { bytes: file.bytes, format: row.format };
  }
}

/** @throws Problem 422 with every fault, 400 where nothing was sent */
function usable(bytes: Buffer): { readonly office: OfficePackage; readonly dropped: readonly string[] } {
  const checked = checkTemplate(bytes);
  if (checked.ok) return checked;
  throw invalid(checked.faults.map(faultOf));
}

/** Where in the file stands before what is wrong: whoever made the template looks for it there. */
const faultOf = ({ where, rule, zh, en }: TemplateFault): Fault => ({
  pointer: '', rule, detail: { zh: where.zh === '' ? zh : `${where.zh}：${zh}`, en: where.en === '' ? en : `${where.en}: ${en}` },
});

/** The name of a paper in an address. @throws Problem 404 */
export function paperKindOf(text: string): PaperKind {
  const kind = PAPER_KINDS.find((one) => one === text);
  if (kind === undefined) throw notFound({ zh: `没有这种单据，可用：${PAPER_KINDS.join('、')}`, en: `no such paper; there are ${PAPER_KINDS.join(', ')}` });
  return kind;
}

/** What was sent: the file, and why it is changed. */
export interface SentTemplate {
  readonly bytes: Buffer;
  readonly why?: string;
}

/** Reads a body that is the file itself, or a {@link TemplateFileDto}. @throws Problem 400 or 422 */
export async function sentTemplate(body: unknown): Promise<SentTemplate> {
  if (Buffer.isBuffer(body) && body.length > 0) return { bytes: body };
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) {
    throw unreadable([{ pointer: '', rule: 'file', detail: { zh: '请把 .docx 或 .xlsx 文件作为请求体发送', en: 'Send the .docx or .xlsx file as the body' } }]);
  }
  const { file, why } = (await new DtoValidationPipe().transform(body, { type: 'body', metatype: TemplateFileDto })) as TemplateFileDto;
  return { bytes: Buffer.from(file, 'base64'), why };
}
