import { child, children, type Element, numberOf, parseXml } from '../package/xml';
import type { Align, Border, Borders, TextLook } from './paper-document';

/** How a cell looks. */
export interface CellStyle {
  readonly look: TextLook;
  readonly fill?: string;
  readonly borders: Borders;
  /** Absent: numbers to the right, text to the left, as Excel does. */
  readonly align?: Align;
  readonly vertical: 'top' | 'center' | 'bottom';
  readonly wraps: boolean;
  readonly indent: number;
}

const LOOK: TextLook = { size: 11, isBold: false, isUnderlined: false, colour: '000000' };
const WIDTHS: Readonly<Record<string, number>> = { hair: 0.25, thin: 0.5, dotted: 0.5, dashed: 0.5, medium: 1.25, mediumDashed: 1.25, thick: 2, double: 0.5 };
const ALIGN: Readonly<Record<string, Align>> = { left: 'left', center: 'center', centerContinuous: 'center', right: 'right', justify: 'justify', distributed: 'justify' };

/** Styles of cells by the number a cell names them by (18.8). */
export function readCellStyles(xml: string | undefined): (style: number) => CellStyle {
  const root = xml === undefined ? undefined : parseXml(xml).documentElement;
  const fonts = children(child(root, 'fonts'), 'font').map(lookOf);
  const fills = children(child(root, 'fills'), 'fill').map(fillOf);
  const borders = children(child(root, 'borders'), 'border').map(bordersOf);
  const styles = children(child(root, 'cellXfs'), 'xf').map((xf): CellStyle => {
    const alignment = child(xf, 'alignment');
    const vertical = alignment?.getAttribute('vertical');
    return {
      look: fonts[numberOf(xf, 'fontId') ?? 0] ?? LOOK,
      fill: fills[numberOf(xf, 'fillId') ?? 0],
      borders: borders[numberOf(xf, 'borderId') ?? 0] ?? {},
      align: ALIGN[alignment?.getAttribute('horizontal') ?? ''],
      vertical: vertical === 'top' ? 'top' : vertical === 'center' ? 'center' : 'bottom',
      wraps: ['1', 'true'].includes(alignment?.getAttribute('wrapText') ?? ''),
      indent: (numberOf(alignment, 'indent') ?? 0) * 9,
    };
  });
  return (style) => styles[style] ?? { look: LOOK, borders: {}, vertical: 'bottom', wraps: false, indent: 0 };
}

function lookOf(font: Element): TextLook {
  const isOn = (name: string): boolean => {
    const one = child(font, name);
    return one !== undefined && !['0', 'false', 'none'].includes(one.getAttribute('val') ?? '1');
  };
  return { size: Math.min(400, Math.max(2, numberOf(child(font, 'sz'), 'val') ?? 11)), isBold: isOn('b'), isUnderlined: isOn('u'), colour: colourOf(child(font, 'color')) ?? '000000' };
}

/** `FF1A2B3C` without its alpha; theme and indexed colours are black or, of a fill, none. */
const colourOf = (element: Element | undefined): string | undefined => {
  const rgb = element?.getAttribute('rgb');
  return rgb !== null && rgb !== undefined && /^[0-9a-f]{8}$/i.test(rgb) ? rgb.slice(2).toUpperCase() : undefined;
};

const fillOf = (fill: Element): string | undefined => {
  const pattern = child(fill, 'patternFill');
  return pattern?.getAttribute('patternType') === 'solid' ? colourOf(child(pattern, 'fgColor')) : undefined;
};

function bordersOf(element: Element): Borders {
  return Object.fromEntries((['top', 'right', 'bottom', 'left'] as const).flatMap((side): [string, Border][] => {
    const one = child(element, side);
    const style = one?.getAttribute('style') ?? 'none';
    return style === 'none' ? [] : [[side, { width: WIDTHS[style] ?? 0.5, colour: colourOf(child(one, 'color')) ?? '000000', ...(style === 'double' && { isDouble: true }) }]];
  }));
}
