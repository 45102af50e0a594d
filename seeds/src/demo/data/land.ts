import type { DemoLand, Outline } from './places';

/** A block of land that is cut into pieces of about one size, made up, in a county that exists. */
interface Block {
  readonly key: string;
  readonly kind: DemoLand['kind'];
  readonly layer: DemoLand['layer'];
  /** Before the number of each. */
  readonly name: string;
  /** South-western corner, WGS-84. */
  readonly corner: readonly [longitude: number, latitude: number];
  readonly rows: number;
  readonly columns: number;
  /** Of the smallest piece, in metres; each next one of a row is a metre wider. */
  readonly widthM: number;
  readonly heightM: number;
}

/** Between two pieces, in metres: more than the slant of their sides, so that none overlaps another. */
const GAP_M = 12;
const METRES_PER_DEGREE = 111_320;

/** Cuts a block into parallelograms, each with the mu it encloses. */
export function piecesOf(block: Block): DemoLand[] {
  const { key, kind, layer, name, rows, columns, widthM, heightM } = block;
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const width = widthM + column;
    const west = column * (widthM + columns + GAP_M);
    const south = row * (heightM + GAP_M);
    return {
      key: `${key}-${i + 1}`, kind, layer, name: `${name}${i + 1}号`,
      outline: parallelogram(block.corner, west, south, width, heightM, (i * 3) % 7), declaredMu: muOf(width * heightM),
    };
  });
}

/** 1 mu is 2000/3 m²; to a tenth, in whole numbers. */
function muOf(squareMetres: number): string {
  const tenths = Math.round((squareMetres * 3) / 200);
  return `${Math.trunc(tenths / 10)}.${tenths % 10}`;
}

/** @param slant by how many metres its northern side lies further east */
function parallelogram([longitude, latitude]: Block['corner'], west: number, south: number, width: number, height: number, slant: number): Outline {
  const perDegree = METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  const point = (x: number, y: number): readonly [number, number] => [rounded(longitude + x / perDegree), rounded(latitude + y / METRES_PER_DEGREE)];
  const first = point(west, south);
  return [first, point(west + width, south), point(west + width + slant, south + height), point(west + slant, south + height), first];
}

/** A decimetre on the ground. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Tending areas of the pickers on a slope in 安泽. */
export const NORTH_SLOPE = piecesOf({ key: 'picker', kind: 'tending-areas', layer: 'understorey', name: '阳坡抚育区', corner: [112.322, 36.208], rows: 4, columns: 4, widthM: 52, heightM: 50 });

/** Fields of 地黄 by the Fen in 襄汾. */
export const RIVER_FIELDS = piecesOf({ key: 'fen', kind: 'plots', layer: 'crop', name: '汾岸地块', corner: [111.4455, 35.882], rows: 3, columns: 4, widthM: 18, heightM: 32 });

/** Terraces of 黄芩 in 绛县. */
export const JIANG_TERRACES = piecesOf({ key: 'jiang', kind: 'plots', layer: 'crop', name: '塬上地块', corner: [111.612, 35.462], rows: 3, columns: 4, widthM: 17, heightM: 34 });

/** Terraces of 党参 in 平顺. */
export const ZHANG_TERRACES = piecesOf({ key: 'zhang', kind: 'plots', layer: 'crop', name: '梯田地块', corner: [113.462, 36.212], rows: 3, columns: 4, widthM: 19, heightM: 30 });

/** Keys of some pieces of a block, in groups of one size. */
export function groupsOf(pieces: readonly DemoLand[], size: number): string[][] {
  return Array.from({ length: pieces.length / size }, (_, i) => pieces.slice(i * size, (i + 1) * size).map(({ key }) => `@land/${key}`));
}
