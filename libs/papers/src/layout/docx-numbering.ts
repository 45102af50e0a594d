import { child, children, type Element, numberOf, parseXml, valueOf } from '../package/xml';

/** Numbered and bulleted lists (17.9): counts as paragraphs come. */
export class Numbering {
  private readonly abstract = new Map<string, Element>();
  private readonly instances = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  constructor(xml: string | undefined) {
    const root = xml === undefined ? undefined : parseXml(xml).documentElement;
    for (const one of children(root, 'w:abstractNum')) this.abstract.set(one.getAttribute('w:abstractNumId') ?? '', one);
    for (const one of children(root, 'w:num')) this.instances.set(one.getAttribute('w:numId') ?? '', valueOf(one, 'w:abstractNumId') ?? '');
  }

  /** What stands before a paragraph of a list, such as `1.` or `•`. */
  next(properties: Element): { readonly text: string; readonly level: Element } | undefined {
    const [id, depth] = [valueOf(properties, 'w:numId') ?? '', Number(valueOf(properties, 'w:ilvl') ?? 0)];
    const level = children(this.abstract.get(this.instances.get(id) ?? ''), 'w:lvl').find((one) => numberOf(one, 'w:ilvl') === depth);
    if (level === undefined) return undefined;
    const key = (at: number): string => `${id} ${at}`;
    this.counts.set(key(depth), (this.counts.get(key(depth)) ?? Number(valueOf(level, 'w:start') ?? 1) - 1) + 1);
    for (let deeper = depth + 1; deeper < 9; deeper++) this.counts.delete(key(deeper));
    if (valueOf(level, 'w:numFmt') === 'bullet') return { text: '•', level };
    const pattern = child(level, 'w:lvlText')?.getAttribute('w:val') ?? '%1.';
    return { text: pattern.replace(/%(\d)/g, (_, n: string) => formatted(this.counts.get(key(Number(n) - 1)) ?? 1, valueOf(level, 'w:numFmt'))), level };
  }
}

const HAN = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

function formatted(count: number, format: string | undefined): string {
  if (format?.startsWith('chinese') === true && count < 100) {
    const [tens, ones] = [Math.floor(count / 10), count % 10];
    return `${tens === 0 ? '' : tens === 1 ? '十' : `${HAN[tens]}十`}${ones === 0 && tens > 0 ? '' : HAN[ones]}`;
  }
  if (format === 'lowerLetter') return String.fromCharCode(96 + (((count - 1) % 26) + 1));
  return format === 'upperLetter' ? String.fromCharCode(64 + (((count - 1) % 26) + 1)) : String(count);
}
