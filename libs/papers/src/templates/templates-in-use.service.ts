import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { getFile } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { DEFAULT_TEMPLATES, DEFAULT_VERSION } from '../defaults/default-templates';
import type { OfficePackage } from '../package/office-package';
import { PAPER_KINDS, type PaperKind } from '../template/paper-kinds';
import { checkTemplate } from '../template/template';

/** A template as packs are made with it. */
export interface TemplateInUse {
  /** 「默认模板 第 1 版」: stands on the paper. */
  readonly name: string;
  readonly format: 'docx' | 'xlsx';
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string;
  readonly office: OfficePackage;
  /** English names it uses. */
  readonly used: ReadonlySet<string>;
}

/** A version of an organisation's own template, as the log says. */
export interface TemplateRow {
  readonly id: string;
  readonly paper: PaperKind;
  readonly version: number;
  readonly format: 'docx' | 'xlsx';
  readonly digest: string;
  readonly status: 'active' | 'ended';
  readonly record_time: Date;
}

/** Which template a paper of an organisation is made with now: its latest, or ours. */
@Injectable()
export class TemplatesInUse {
  private readonly defaults = new Map<PaperKind, TemplateInUse>();

  constructor(private readonly dataSource: DataSource) {}

  /** Of every paper. */
  async all(organisationId: string): Promise<Readonly<Record<PaperKind, TemplateInUse>>> {
    const found: [PaperKind, TemplateInUse][] = [];
    for (const kind of PAPER_KINDS) found.push([kind, (await this.own(organisationId, kind)) ?? this.byDefault(kind)]);
    return Object.fromEntries(found) as Record<PaperKind, TemplateInUse>;
  }

  /** Ours. */
  byDefault(kind: PaperKind): TemplateInUse {
    const known = this.defaults.get(kind);
    if (known !== undefined) return known;
    const { format, build } = DEFAULT_TEMPLATES[kind];
    const template = opened(build(), format, `默认模板 第 ${DEFAULT_VERSION} 版`);
    this.defaults.set(kind, template);
    return template;
  }

  /** Versions of an organisation's own template, the latest first. */
  versions(organisationId: string, kind: PaperKind): Promise<TemplateRow[]> {
    return this.dataSource.query(
      'SELECT id, paper, version, format, digest, status, record_time FROM paper_template WHERE organisation_id = $1 AND paper = $2 ORDER BY version DESC',
      [organisationId, kind],
    );
  }

  private async own(organisationId: string, kind: PaperKind): Promise<TemplateInUse | undefined> {
    const [latest] = await this.versions(organisationId, kind);
    if (latest === undefined || latest.status === 'ended') return undefined;
    const file = await getFile(this.dataSource, latest.digest);
    if (file === undefined) throw new Error(`template ${latest.id} has no file ${latest.digest}`);
    return opened(file.bytes, latest.format, `单位模板 第 ${latest.version} 版`);
  }
}

/** A file that was checked when it came, or is ours. */
function opened(bytes: Buffer, format: 'docx' | 'xlsx', name: string): TemplateInUse {
  const checked = checkTemplate(bytes);
  if (!checked.ok) throw new Error(`${name}: ${JSON.stringify(checked.faults)}`);
  return { name, format, digest: createHash('sha256').update(bytes).digest('hex'), office: checked.office, used: checked.used };
}
