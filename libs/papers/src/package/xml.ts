import { type Document, DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom';

export type { Document, Element };

/** Thrown where XML cannot be read, or holds what no Office file needs; the catcher tells whoever sent it. */
export class XmlRefused extends Error {}

/** Deeper than any real document; each level costs a stack frame when it is walked. */
const DEPTH_MAX = 200;

/** Reads XML. A DOCTYPE, and with it every entity but the five of XML itself, is refused. @throws XmlRefused */
export function parseXml(text: string): Document {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new XmlRefused('DOCTYPE');
  refuseDepth(text);
  try {
    const onError = (level: string, message: string): void => {
      if (level !== 'warning') throw new XmlRefused(message);
    };
    return new DOMParser({ onError }).parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml');
  } catch (error) {
    throw new XmlRefused(String(error));
  }
}

/** XML text of a document. */
export const xmlText = (document: Document): string => new XMLSerializer().serializeToString(document);

/** One pass over the tags, quotes minded: what takes the parser long is never given to it. */
function refuseDepth(text: string): void {
  let depth = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const isComment = text.startsWith('<!--', at);
    const end = isComment ? text.indexOf('-->', at) + 2 : endOfTag(text, at);
    if (end < at + 2) throw new XmlRefused('a tag does not end');
    if (text[at + 1] === '/') depth -= 1;
    else if (text[at + 1] !== '?' && text[at + 1] !== '!' && text[end - 1] !== '/') depth += 1;
    if (depth > DEPTH_MAX) throw new XmlRefused('too deep');
    at = end + 1;
  }
}

function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}

/** Child elements of a name; `undefined` gives all. */
export function children(parent: Element | Document | null | undefined, name?: string): Element[] {
  const found: Element[] = [];
  for (let node = parent?.firstChild ?? null; node !== null; node = node.nextSibling) {
    if (node.nodeType === 1 && (name === undefined || (node as Element).tagName === name)) found.push(node as Element);
  }
  return found;
}

/** The first child element of a name. */
export const child = (parent: Element | null | undefined, name: string): Element | undefined => children(parent, name)[0];

/** The `w:val` of a child element: how WordprocessingML writes most properties. */
export const valueOf = (parent: Element | null | undefined, name: string): string | undefined => child(parent, name)?.getAttribute('w:val') ?? undefined;

/** A number of an attribute; undefined where there is none. */
export function numberOf(element: Element | undefined, attribute: string): number | undefined {
  const text = element?.getAttribute(attribute);
  if (text === null || text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Text escaped for XML; control characters that XML cannot hold become a space. */
export const escapeXml = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
