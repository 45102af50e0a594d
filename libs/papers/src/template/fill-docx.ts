import { strToU8 } from 'fflate';
import { type OfficePackage, partText } from '../package/office-package';
import { children, type Element, parseXml, xmlText } from '../package/xml';
import { fillBlocks } from './fill-blocks';
import type { Filling } from './filling';
import { markPlaces, unmarkPlaces } from './places';
import { Scope } from './scope';

/**
 * Fills a Word template: paragraphs keep their look; a paragraph `{#list}` repeats what follows up to `{/list}`; in a
 * table the row, or rows, between the two are repeated. Headers and footers are filled too.
 */
export function fillDocx(office: OfficePackage, filling: Filling): OfficePackage {
  const parts = new Map(office.parts);
  for (const name of parts.keys()) {
    if (!/^word\/(document|header\d+|footer\d+)\.xml$/.test(name)) continue;
    const document = parseXml(partText(office, name));
    const root = document.documentElement as Element;
    const story = name === 'word/document.xml' ? (children(root, 'w:body')[0] ?? root) : root;
    markPlaces(story, name);
    fillBlocks(children(story), Scope.of(filling.values), filling);
    unmarkPlaces(story);
    parts.set(name, strToU8(xmlText(document)));
  }
  return { ...office, parts };
}
