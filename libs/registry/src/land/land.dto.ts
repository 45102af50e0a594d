import { Amount, Id, Json, OneOf, Region, Text, Year } from '../input/fields';
import { DATUMS, type Datum } from './datum';

/** What grows on which storey: 林下 herbs under trees share the ground, and so do not overlap with them. */
export const LAYERS = ['crop', 'understorey', 'canopy'] as const;
export type Layer = (typeof LAYERS)[number];

const BOUNDARY = 'GeoJSON Polygon or MultiPolygon, [longitude, latitude]';
const DATUM = 'In which datum the boundary was taken; it is stored as WGS-84 beside the original';
const MU = 'Declared mu (1 mu = 2000/3 m²), exact; compared with the boundary';

/** A base 基地: what a group of plots is run as. */
export class AddBaseDto {
  @Text(200)
  name: string;

  @Region()
  region: string;

  @Text(200, { optional: true, description: '行政村' })
  village?: string;

  @Json({ optional: true, description: BOUNDARY })
  boundary?: object;

  @OneOf(DATUMS, { optional: true, description: DATUM })
  datum?: Datum;

  @Amount({ optional: true, description: MU })
  declaredMu?: string | number;
}

/** A plot 地块 or tending area 抚育区. */
export class AddPlotDto {
  @Id()
  baseId: string;

  @Text(200)
  name: string;

  @Region({ optional: true })
  region?: string;

  @Text(200, { optional: true, description: '行政村' })
  village?: string;

  @OneOf(LAYERS)
  layer: Layer;

  @Year({ description: 'First year of use' })
  fromYear: number;

  @Year({ optional: true, description: 'Last year of use; absent while it goes on' })
  toYear?: number;

  @Json({ description: BOUNDARY })
  boundary: object;

  @OneOf(DATUMS, { description: DATUM })
  datum: Datum;

  @Amount({ optional: true, description: MU })
  declaredMu?: string | number;

  @OneOf(['measured', 'contract'], { optional: true, description: 'Where the declared mu come from' })
  areaBasis?: string;
}

/** What may change about land. A boundary comes with its datum and is a new version. */
export class ChangeLandDto {
  @Text(200, { optional: true })
  name?: string;

  @Region({ optional: true })
  region?: string;

  @Text(200, { optional: true })
  village?: string;

  @OneOf(LAYERS, { optional: true })
  layer?: Layer;

  @Year({ optional: true })
  fromYear?: number;

  @Year({ optional: true })
  toYear?: number;

  @Json({ optional: true, description: BOUNDARY })
  boundary?: object;

  @OneOf(DATUMS, { optional: true, description: DATUM })
  datum?: Datum;

  @Amount({ optional: true, description: MU })
  declaredMu?: string | number;

  @OneOf(['measured', 'contract'], { optional: true })
  areaBasis?: string;

  @OneOf(['active', 'ended'], { optional: true })
  status?: string;

  @Text(1000, { optional: true })
  why?: string;
}
