import { Amount, Id, Json, OneOf, Region, STATUS_MEANINGS, Text, Whole, Year } from '../input/fields';
import { DATUM_MEANINGS, DATUMS, type Datum } from './datum';
import { SLOPE_MAX_DEGREES } from './ground';

/** What grows on which storey: 林下 herbs under trees share the ground, and so do not overlap with them. */
export const LAYERS = ['crop', 'understorey', 'canopy', 'shrub', 'herb'] as const;
export type Layer = (typeof LAYERS)[number];

/** What each layer is. */
export const LAYER_MEANINGS = {
  crop: '大田 open field', understorey: '林下 under trees, shrub or herb', canopy: '乔木层 the trees', shrub: '灌木层 shrubs, e.g. 连翘', herb: '草本层 herbs on the ground',
} as const;

/** Where an area is known from. */
export const AREA_BASIS_MEANINGS = {
  measured: '实测 measured', contract: '合同面积 by contract',
} as const;

/** What mu measure: the ground seen from above, or the slope itself. */
const MU_MEASURES = ['projection', 'ground'] as const;
const MU_MEASURE_MEANINGS = { projection: '投影面积 seen from above', ground: '坡面面积 along the slope' } as const;

const BOUNDARY = 'GeoJSON Polygon or MultiPolygon, [longitude, latitude] in degrees. 边界';
const DATUM = 'In which datum the boundary was taken; it is stored as WGS-84 beside the original. 坐标系';
const MU = 'Declared mu (1 mu = 2000/3 m²), exact; compared with the boundary. 申报面积（亩）';

/** A base 基地: what a group of plots is run as. */
export class AddBaseDto {
  @Text(200, { description: 'Name of the base. 基地名称', example: '东山基地' })
  name: string;

  @Region()
  region: string;

  @Text(200, { optional: true, description: 'Administrative village. 行政村', example: '府城村' })
  village?: string;

  @Json({ optional: true, description: BOUNDARY, example: { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] } })
  boundary?: object;

  @OneOf(DATUMS, { optional: true, description: DATUM, meanings: DATUM_MEANINGS })
  datum?: Datum;

  @Amount({ optional: true, description: MU, example: '120.5' })
  declaredMu?: string | number;
}

/** What land measures and how it lies, as declared: of new land, and where it changes. */
class DeclaredGround {
  @Amount({ optional: true, description: MU, example: '12.5' })
  declaredMu?: string | number;

  @OneOf(['measured', 'contract'], { optional: true, description: 'Where the declared mu come from. 面积依据', meanings: AREA_BASIS_MEANINGS })
  areaBasis?: string;

  @Text(50, { optional: true, description: 'Forest compartment 林班, as the forestry register has it; compartment of a wood. 林班号', example: '12' })
  compartment?: string;

  @Text(50, { optional: true, description: 'Sub-compartment of it. 小班号', example: '0147' })
  subCompartment?: string;

  @Whole(0, SLOPE_MAX_DEGREES, { optional: true, description: 'Mean slope in degrees; with it the area on the ground is told beside the one in projection. 坡度', unit: '度 degrees', example: 28 })
  slopeDegrees?: number;

  @OneOf(MU_MEASURES, { optional: true, description: 'What the declared mu measure; projection unless said. 申报面积口径', meanings: MU_MEASURE_MEANINGS })
  muMeasure?: string;
}

/** A plot 地块 or tending area 抚育区. */
export class AddPlotDto extends DeclaredGround {
  @Id({ description: 'The base it belongs to. 所属基地' })
  baseId: string;

  @Text(200, { description: 'Name of the plot or area. 地块名称', example: '东坡' })
  name: string;

  @Region({ optional: true })
  region?: string;

  @Text(200, { optional: true, description: 'Administrative village. 行政村', example: '府城村' })
  village?: string;

  @OneOf(LAYERS, { description: 'Storey it grows on; herbs under trees share the ground. 生长层次', meanings: LAYER_MEANINGS })
  layer: Layer;

  @Year({ description: 'First year of use. 起用年份' })
  fromYear: number;

  @Year({ optional: true, description: 'Last year of use; absent while it goes on. 停用年份' })
  toYear?: number;

  @Json({ description: BOUNDARY, example: { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] } })
  boundary: object;

  @OneOf(DATUMS, { description: DATUM, meanings: DATUM_MEANINGS })
  datum: Datum;
}

/** What may change about land. A boundary comes with its datum and is a new version. */
export class ChangeLandDto extends DeclaredGround {
  @Text(200, { optional: true, description: 'New name. 名称', example: '东坡' })
  name?: string;

  @Region({ optional: true })
  region?: string;

  @Text(200, { optional: true, description: 'Administrative village. 行政村', example: '府城村' })
  village?: string;

  @OneOf(LAYERS, { optional: true, description: 'Storey it grows on. 生长层次', meanings: LAYER_MEANINGS })
  layer?: Layer;

  @Year({ optional: true, description: 'First year of use. 起用年份' })
  fromYear?: number;

  @Year({ optional: true, description: 'Last year of use. 停用年份' })
  toYear?: number;

  @Json({ optional: true, description: BOUNDARY, example: { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] } })
  boundary?: object;

  @OneOf(DATUMS, { optional: true, description: DATUM, meanings: DATUM_MEANINGS })
  datum?: Datum;

  @OneOf(['active', 'ended'], { optional: true, description: 'Whether it goes on. 状态', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why, for the log. 变更原因', example: '登记时填错' })
  why?: string;
}
