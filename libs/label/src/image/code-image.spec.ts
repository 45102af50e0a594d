import { inflateSync } from 'node:zlib';
import QRCode from 'qrcode';
import { type CodeImage, pngOf, svgOf } from './code-image';

const TEXT = 'https://trace.example.cn/b/7K2QZ0ABCD4';
const image = (more: Partial<CodeImage> = {}): CodeImage => ({ text: TEXT, caption: '7K2QZ0ABCD4', level: 'M', size: 320, isDemo: false, ...more });

/** Dots of a one-bit PNG, row by row; `#` is black. */
function dotsOf(png: Buffer): string[] {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const start = png.indexOf('IDAT') + 4;
  const raw = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  const bytes = 1 + Math.ceil(width / 8);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => ((raw[y * bytes + 1 + (x >> 3)] as number) & (0x80 >> (x & 7)) ? '.' : '#')).join(''),
  );
}

/** What the `qrcode` package says the symbol is, with four clear modules around it. */
function expected(level: 'L' | 'M' | 'Q' | 'H'): string[] {
  const { modules } = QRCode.create(TEXT, { errorCorrectionLevel: level });
  const clear = '.'.repeat(modules.size + 8);
  const rows = Array.from({ length: modules.size }, (_, y) => `....${Array.from({ length: modules.size }, (_, x) => (modules.get(y, x) === 1 ? '#' : '.')).join('')}....`);
  return [clear, clear, clear, clear, ...rows, clear, clear, clear, clear];
}

describe('pngOf', () => {
  it.each(['L', 'M', 'Q', 'H'] as const)('draws every module of level %s and four clear ones around', (level) => {
    const modules = expected(level);
    expect(dotsOf(pngOf(image({ level, size: modules.length })))).toEqual(modules);
  });
  it('makes modules of whole pixels, never wider than asked unless a module were less than one', () => {
    const side = expected('M').length;
    expect(dotsOf(pngOf(image({ size: 320 })))).toHaveLength(side * Math.floor(320 / side));
    expect(dotsOf(pngOf(image({ size: 10 })))).toHaveLength(side);
  });
  it('says 演示 below the quiet zone of a demo, and leaves the symbol as it is', () => {
    const side = expected('M').length;
    const scale = Math.floor(320 / side);
    const plain = dotsOf(pngOf(image()));
    const demo = dotsOf(pngOf(image({ isDemo: true })));
    expect(demo.slice(0, plain.length)).toEqual(plain);
    expect(demo.slice(side * scale).join('').split('#').length).toBeGreaterThan(200);
  });
});

describe('svgOf', () => {
  it('draws just the dark modules, inside the quiet zone', () => {
    const modules = expected('M').map((row) => [...row]);
    const drawn = modules.map((row) => row.map(() => '.'));
    for (const [, x, y, run] of svgOf(image()).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let i = 0; i < Number(run); i++) (drawn[Number(y)] as string[])[Number(x) + i] = '#';
    }
    expect(drawn).toEqual(modules);
  });
  it('writes 演示 only in a demo, below the symbol, and escapes what it writes', () => {
    expect(svgOf(image())).not.toContain('演示');
    const demo = svgOf(image({ isDemo: true, caption: '(10)A&<B' }));
    expect(demo).toMatch(/<text[^>]*>演示 DEMO<\/text>/);
    expect(demo).toContain('(10)A&amp;&lt;B');
    const side = expected('M').length;
    expect(Number(/<text x="[\d.]+" y="([\d.]+)"[^>]*>演示/.exec(demo)?.[1])).toBeGreaterThanOrEqual(side);
  });
  it('is as wide as asked', () => {
    expect(svgOf(image({ size: 500 }))).toMatch(/^<svg [^>]*width="500"/);
  });
});
