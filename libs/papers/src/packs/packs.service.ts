import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { zipSync } from 'fflate';
import { Problem } from '@daodi/platform';
import type { Caller } from '@daodi/registry';
import { DataSource } from 'typeorm';
import { MEDIA } from '../package/media-types';
import { writeOfficePackage } from '../package/office-package';
import { appendFiles } from '../pdf/append-files';
import { drawPapers, type PaperToDraw } from '../pdf/draw-papers';
import { findShipment } from '../shipment/find-shipment';
import { type PackFacts, packNotes, packValues, packWarnings } from '../shipment/pack-values';
import { PAPER_KINDS, PAPER_NAMES, type PaperKind } from '../template/paper-kinds';
import type { PaperValues } from '../template/paper-fields';
import { TooLong } from '../template/filling';
import { fillChecked } from '../template/template';
import { TemplatesInUse, type TemplateInUse } from '../templates/templates-in-use.service';
import { codeAppendix } from './code-appendix';
import { PackFactsService } from './pack-facts.service';
import { contentDigest, issueOf, issueText, type PackIssue, packNumber } from './pack-issue';
import { stampOffice } from './stamp-office';

export const PACK_FORMATS = ['pdf', 'zip', 'file'] as const;
export type PackFormat = (typeof PACK_FORMATS)[number];

/** A pack as it is handed out. */
export interface HandedOut {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly fileName: string;
  readonly packNumber: string;
  readonly issue: number;
  readonly madeAt: Date;
}

/** A pack before it is drawn. */
interface Pack {
  readonly facts: PackFacts;
  readonly number: string;
  readonly issue: PackIssue;
  readonly papers: readonly { readonly kind: PaperKind; readonly template: TemplateInUse; readonly values: PaperValues; readonly foot: string }[];
}

/** The papers that go with a shipment: gathered, filled into the sender's templates, drawn. */
@Injectable()
export class Packs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly facts: PackFactsService,
    private readonly templates: TemplatesInUse,
  ) {}

  /** @throws Problem 404 to all but the sender and the receiver; 409 where the shipment does not stand */
  async handOut(caller: Caller, eventId: string, format: PackFormat, only: readonly PaperKind[]): Promise<HandedOut> {
    try {
      return await this.draw(await this.compose(caller.organisationId, eventId, only.length === 0 ? PAPER_KINDS : only), format);
    } catch (error) {
      if (error instanceof TooLong) throw new Problem(422, 'pack-too-long', { zh: '单据过长，请改短模板或分次发货', en: 'A paper would be too long: shorten the template, or send the goods in parts' });
      throw error;
    }
  }

  private async draw(pack: Pack, format: PackFormat): Promise<HandedOut> {
    const common = { packNumber: pack.number, issue: pack.issue.issue, madeAt: pack.issue.madeAt };
    const [first] = pack.papers;
    if (format === 'file' && first !== undefined) {
      const { format: kind } = first.template;
      return { ...common, bytes: filledFile(pack, first), mediaType: MEDIA[kind], fileName: `${pack.number}-${PAPER_NAMES[first.kind].zh}.${kind}` };
    }
    if (format === 'zip') return { ...common, bytes: await zipOf(pack), mediaType: 'application/zip', fileName: `${pack.number}.zip` };
    const drawn = await drawPapers(`随货资料 ${pack.number}`, pack.papers.map((paper) => paperToDraw(pack, paper)), pack.issue.madeAt);
    return { ...common, bytes: await appendFiles(drawn, reportPapers(pack).filter(({ place }) => place === 'pdf')), mediaType: 'application/pdf', fileName: `${pack.number}.pdf` };
  }

  private async compose(organisationId: string, eventId: string, kinds: readonly PaperKind[]): Promise<Pack> {
    const shipment = await findShipment(this.dataSource, organisationId, eventId);
    const facts = await this.facts.gather(organisationId, shipment);
    const values = packValues(facts);
    const all = await this.templates.all(shipment.shipperId);
    const digest = contentDigest({ values, files: facts.reportPapers.map((paper) => paper.digest), templates: PAPER_KINDS.map((kind) => all[kind].digest) });
    const issue = await issueOf(this.dataSource, organisationId, shipment.shipperId, eventId, digest);
    const number = packNumber(shipment.shipperId, eventId);
    const papers = PAPER_KINDS.filter((kind) => kinds.includes(kind)).map((kind) => {
      const template = all[kind];
      const foot = `随货资料 ${number} · ${PAPER_NAMES[kind].zh} ${PAPER_NAMES[kind].en} · ${[template.name, issueText(issue), ...packNotes(facts)].join(' · ')}`;
      return { kind, template, foot, values: { ...values, packNumber: number, issue: issueText(issue), template: template.name } };
    });
    return { facts, number, issue, papers };
  }
}

type Paper = Pack['papers'][number];

/** Papers of reports go with the paper that lists the reports. */
const reportPapers = ({ facts, papers }: Pack): PackFacts['reportPapers'] => (papers.some(({ kind }) => kind === 'test-reports') ? facts.reportPapers.filter(({ place }) => place !== 'apart') : []);

/** A number as a file may be called. */
const fileName = (number: string): string => number.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60);

const FILE_ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/heic': 'heic', 'text/csv': 'csv', [MEDIA.docx]: 'docx', [MEDIA.xlsx]: 'xlsx',
};

function paperToDraw({ facts }: Pack, { kind, template, values, foot }: Paper): PaperToDraw {
  const { sections } = fillChecked(template.office, values, true);
  const last = sections.at(-1);
  const codes = template.used.has('qr') ? [] : facts.batches.map(({ batch, address }) => ({ name: batch.code ?? batch.lotNumber ?? '', address }));
  const shown = last === undefined ? sections : [...sections.slice(0, -1), { ...last, body: [...last.body, ...codeAppendix(codes, last.page.width - last.page.left - last.page.right)] }];
  return { title: PAPER_NAMES[kind].zh, sections: shown, frame: { warnings: packWarnings(facts), foot, isDemo: facts.isDemo } };
}

const filledFile = ({ facts }: Pack, { template, values, foot }: Paper): Buffer => writeOfficePackage(stampOffice(fillChecked(template.office, values, false).office, [...packWarnings(facts), foot]));

async function zipOf(pack: Pack): Promise<Buffer> {
  const files: Record<string, Uint8Array> = {};
  for (const [i, paper] of pack.papers.entries()) {
    const name = `${i + 1}-${PAPER_NAMES[paper.kind].zh}`;
    files[`${name}.pdf`] = await drawPapers(PAPER_NAMES[paper.kind].zh, [paperToDraw(pack, paper)], pack.issue.madeAt);
    files[`${name}.${paper.template.format}`] = filledFile(pack, paper);
    await setImmediate();
  }
  for (const [i, { number, mediaType, bytes }] of reportPapers(pack).entries()) files[`检验报告原件-${i + 1}-${fileName(number)}.${FILE_ENDINGS[mediaType] ?? 'bin'}`] = bytes;
  return Buffer.from(zipSync(files, { mtime: new Date(Date.UTC(1980, 0, 2)), level: 3 }));
}
