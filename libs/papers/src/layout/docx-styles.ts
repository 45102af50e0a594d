import { child, children, type Element, numberOf, parseXml, valueOf } from '../package/xml';

/** Properties of paragraphs, letters and tables by their styles (ECMA-376 part 1, 17.7): nearest first. */
export class DocxStyles {
  private readonly styles = new Map<string, Element>();
  private readonly defaults: { readonly paragraph?: Element; readonly run?: Element };
  private readonly normal?: string;

  constructor(xml: string | undefined) {
    const root = xml === undefined ? undefined : parseXml(xml).documentElement;
    for (const style of children(root, 'w:style')) this.styles.set(style.getAttribute('w:styleId') ?? '', style);
    const given = child(root, 'w:docDefaults');
    this.defaults = { paragraph: child(child(given, 'w:pPrDefault'), 'w:pPr'), run: child(child(given, 'w:rPrDefault'), 'w:rPr') };
    this.normal = [...this.styles].find(([, style]) => style.getAttribute('w:type') === 'paragraph' && isOn(style.getAttribute('w:default')))?.[0];
  }

  /** A style and what it is based on. */
  private chain(id: string | undefined): Element[] {
    const found: Element[] = [];
    for (let style = id === undefined ? undefined : this.styles.get(id); style !== undefined && !found.includes(style); style = this.styles.get(valueOf(style, 'w:basedOn') ?? '')) found.push(style);
    return found;
  }

  /** `w:pPr` elements that bear on a paragraph. */
  paragraph(paragraph: Element): Element[] {
    const own = child(paragraph, 'w:pPr');
    return present([own, ...this.chain(valueOf(own, 'w:pStyle') ?? this.normal).map((style) => child(style, 'w:pPr')), this.defaults.paragraph]);
  }

  /** `w:rPr` elements that bear on a run of a paragraph. */
  run(run: Element | undefined, paragraph: Element): Element[] {
    const own = child(run, 'w:rPr');
    const style = valueOf(child(paragraph, 'w:pPr'), 'w:pStyle') ?? this.normal;
    return present([own, ...this.chain(valueOf(own, 'w:rStyle')).map((one) => child(one, 'w:rPr')), ...this.chain(style).map((one) => child(one, 'w:rPr')), this.defaults.run]);
  }

  /** `w:tblPr` elements that bear on a table. */
  table(table: Element): Element[] {
    const own = child(table, 'w:tblPr');
    return present([own, ...this.chain(valueOf(own, 'w:tblStyle')).map((style) => child(style, 'w:tblPr'))]);
  }
}

const present = (elements: readonly (Element | undefined)[]): Element[] => elements.filter((one) => one !== undefined);

/** Whether a switch is on: absent value means on. */
export const isOn = (value: string | null | undefined): boolean => value !== null && value !== undefined && !['0', 'false', 'off', 'none'].includes(value);

/** Whether the nearest of these elements that says anything of a switch says on. */
export function switchOf(properties: readonly Element[], name: string): boolean {
  const nearest = properties.map((one) => child(one, name)).find((one) => one !== undefined);
  return nearest !== undefined && isOn(nearest.getAttribute('w:val') ?? 'true');
}

/** The nearest element of a name. */
export const nearest = (properties: readonly Element[], name: string): Element | undefined => properties.map((one) => child(one, name)).find((one) => one !== undefined);

/** The nearest number of an attribute, which may be said by another style than its neighbours. */
export const nearestNumber = (properties: readonly Element[], name: string, attribute: string): number | undefined =>
  properties.map((one) => numberOf(child(one, name), attribute)).find((one) => one !== undefined);

/** Twentieths of a point, in points. */
export const twips = (value: number | undefined): number | undefined => (value === undefined ? undefined : value / 20);

/** A colour as Word writes it; `auto` is black. */
export const colourOf = (value: string | null | undefined): string | undefined => (value === null || value === undefined ? undefined : /^[0-9a-f]{6}$/i.test(value) ? value.toUpperCase() : value === 'auto' ? '000000' : undefined);
