import { type OfficePackage, partText, relationsOf } from '../package/office-package';
import { child, children, type Element, numberOf, parseXml } from '../package/xml';
import { DocxStyles, twips } from './docx-styles';
import { type DocxContext, readBlocks } from './docx-blocks';
import { Numbering } from './docx-numbering';
import type { Block, PaperDocument, PaperPage } from './paper-document';

/** A filled Word file as a paper to be drawn: its last section's page, its ordinary header and footer, its body. */
export function readDocx(office: OfficePackage): PaperDocument {
  const has = (name: string): string | undefined => (office.parts.has(name) ? partText(office, name) : undefined);
  const styles = new DocxStyles(has('word/styles.xml'));
  const numbering = new Numbering(has('word/numbering.xml'));
  const context = (part: string): DocxContext => ({ office, styles, numbering, relations: relationsOf(office, part) });
  const body = child(parseXml(partText(office, 'word/document.xml')).documentElement, 'w:body');
  const section = child(body, 'w:sectPr');
  const relations = relationsOf(office, 'word/document.xml');
  const story = (kind: 'header' | 'footer'): Block[] => {
    const references = children(section, `w:${kind}Reference`);
    const wanted = references.find((one) => (one.getAttribute('w:type') ?? 'default') === 'default');
    const part = relations.get(wanted?.getAttribute('r:id') ?? '');
    return part === undefined || !office.parts.has(part) ? [] : readBlocks(parseXml(partText(office, part)).documentElement as Element, context(part));
  };
  return { page: pageOf(section), header: story('header'), footer: story('footer'), body: body === undefined ? [] : readBlocks(body, context('word/document.xml')) };
}

/** A4 with margins of an inch where nothing is said. */
function pageOf(section: Element | undefined): PaperPage {
  const size = child(section, 'w:pgSz');
  const margin = child(section, 'w:pgMar');
  const length = (element: Element | undefined, attribute: string, otherwise: number): number => Math.abs(twips(numberOf(element, attribute)) ?? otherwise);
  const bounded = (value: number): number => Math.min(3000, Math.max(100, value));
  return {
    width: bounded(length(size, 'w:w', 595.3)), height: bounded(length(size, 'w:h', 841.9)),
    top: length(margin, 'w:top', 72), right: length(margin, 'w:right', 72), bottom: length(margin, 'w:bottom', 72), left: length(margin, 'w:left', 72),
    header: length(margin, 'w:header', 36), footer: length(margin, 'w:footer', 36),
  };
}
