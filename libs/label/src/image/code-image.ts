import QRCode from 'qrcode';
import { DEMO_MARK } from './demo-mark';
import { Bitmap } from './png';

/** Error correction levels of ISO/IEC 18004: about 7, 15, 25 and 30 percent of a symbol may be lost. */
export const LEVELS = ['L', 'M', 'Q', 'H'] as const;
export type Level = (typeof LEVELS)[number];

/** What is drawn. */
export interface CodeImage {
  /** What the symbol says. */
  readonly text: string;
  /** What people read below it, ASCII. */
  readonly caption: string;
  readonly level: Level;
  /** Width in pixels; a raster image is as wide as whole pixels for each module allow, and never wider. */
  readonly size: number;
  /** 演示 is written beside the symbol of a demo. */
  readonly isDemo: boolean;
}

/** Clear modules on each side (ISO/IEC 18004, 6.3.8; GS1 General Specifications, 5.9). Nothing is written there. */
const QUIET_ZONE = 4;

interface Matrix {
  readonly side: number;
  isDark(x: number, y: number): boolean;
}

function matrixOf({ text, level }: CodeImage): Matrix {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: level });
  return { side: modules.size, isDark: (x, y) => modules.get(y, x) === 1 };
}

/** The symbol as SVG, in units of one module; text stands below the quiet zone. */
export function svgOf(image: CodeImage): string {
  const matrix = matrixOf(image);
  const whole = matrix.side + 2 * QUIET_ZONE;
  const lines = [...(image.isDemo ? ['演示 DEMO'] : []), image.caption];
  // Four modules for a line; a long caption is narrowed to the width of the symbol.
  const texts = lines.map((line, i) => {
    const isWide = [...line].length * 1.6 > matrix.side;
    const fit = isWide ? ` textLength="${matrix.side}" lengthAdjust="spacingAndGlyphs"` : '';
    return `<text x="${whole / 2}" y="${whole + 4 * i + 2}" text-anchor="middle" font-family="monospace" font-size="2.6"${fit}>${escaped(line)}</text>`;
  });
  const height = whole + 4 * lines.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:lang="zh-CN" width="${image.size}" height="${Math.round((image.size * height) / whole)}" viewBox="0 0 ${whole} ${height}" role="img">`,
    `<title>${escaped(image.isDemo ? `演示 DEMO ${image.text}` : image.text)}</title>`,
    `<rect width="${whole}" height="${height}" fill="#fff"/>`,
    `<path fill="#000" d="${pathOf(matrix)}" shape-rendering="crispEdges"/>`,
    ...texts,
    '</svg>',
  ].join('');
}

/** Dark runs of each row, as rectangles of one path. */
function pathOf({ side, isDark }: Matrix): string {
  let path = '';
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!isDark(x, y)) continue;
      const start = x;
      while (x < side && isDark(x, y)) x++;
      path += `M${start + QUIET_ZONE} ${y + QUIET_ZONE}h${x - start}v1h-${x - start}z`;
    }
  }
  return path;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The symbol as PNG, with 演示 in dots below it in a demo; its caption is for whoever lays out the label. */
export function pngOf(image: CodeImage): Buffer {
  const matrix = matrixOf(image);
  const whole = matrix.side + 2 * QUIET_ZONE;
  const scale = Math.max(1, Math.floor(image.size / whole));
  const width = whole * scale;
  const [markWidth, markHeight] = [(DEMO_MARK[0] as string).length, DEMO_MARK.length];
  const dot = Math.max(1, Math.floor(width / 4 / markWidth));
  const bitmap = new Bitmap(width, width + (image.isDemo ? (markHeight + 4) * dot : 0));
  for (let y = 0; y < matrix.side; y++) {
    for (let x = 0; x < matrix.side; x++) if (matrix.isDark(x, y)) bitmap.square((x + QUIET_ZONE) * scale, (y + QUIET_ZONE) * scale, scale);
  }
  if (image.isDemo) {
    const left = Math.floor((width - markWidth * dot) / 2);
    DEMO_MARK.forEach((row, y) => [...row].forEach((cell, x) => cell === '#' && bitmap.square(left + x * dot, width + y * dot, dot)));
  }
  return bitmap.png();
}
