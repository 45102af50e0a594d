/** Where the demonstration takes place: land, sites, products and papers, made up, in counties that exist. */
import { JIANG_TERRACES, NORTH_SLOPE, RIVER_FIELDS, ZHANG_TERRACES } from './land';

/** A closed ring of [longitude, latitude], WGS-84. */
export type Outline = readonly (readonly [number, number])[];

/** A base 基地 with its plots or tending areas. */
export interface DemoBase {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly region: string;
  readonly village: string;
  readonly land: readonly DemoLand[];
}

/** A plot 地块 or tending area 抚育区. */
export interface DemoLand {
  readonly key: string;
  readonly kind: 'plots' | 'tending-areas';
  readonly name: string;
  readonly layer: 'crop' | 'understorey';
  readonly outline: Outline;
  /** As the contract says; the outline encloses about as much. */
  readonly declaredMu: string;
}

export const BASES: readonly DemoBase[] = [
  {
    key: 'lingshang',
    organisation: 'ANZE-LQ',
    name: '岭上连翘抚育基地（演示）',
    region: '141026',
    village: '岭上村（演示）',
    land: [
      {
        key: 'east-slope',
        kind: 'tending-areas',
        name: '东坡抚育区',
        layer: 'understorey',
        declaredMu: '6.2',
        outline: [[112.3102, 36.2014], [112.3107, 36.20155], [112.31095, 36.2012], [112.31085, 36.20085], [112.31025, 36.2009], [112.3102, 36.2014]],
      },
      {
        key: 'north-gully',
        kind: 'tending-areas',
        name: '北沟抚育区',
        layer: 'understorey',
        declaredMu: '4.5',
        outline: [[112.3124, 36.2031], [112.313, 36.2032], [112.3131, 36.20275], [112.3125, 36.2026], [112.3124, 36.2031]],
      },
      {
        key: 'ridge-west', kind: 'tending-areas', name: '西梁抚育区', layer: 'understorey', declaredMu: '5.4',
        outline: [[112.3152, 36.2014], [112.3158, 36.2014], [112.3158, 36.2008], [112.3152, 36.2008], [112.3152, 36.2014]],
      },
      {
        key: 'ridge-east', kind: 'tending-areas', name: '东梁抚育区', layer: 'understorey', declaredMu: '5.4',
        outline: [[112.3162, 36.2014], [112.3168, 36.2014], [112.3168, 36.2008], [112.3162, 36.2008], [112.3162, 36.2014]],
      },
      ...NORTH_SLOPE,
    ],
  },
  {
    key: 'fenan',
    organisation: 'XIANGFEN-DH',
    name: '汾岸地黄基地（演示）',
    region: '141023',
    village: '汾岸村（演示）',
    land: [
      {
        key: 'river-field',
        kind: 'plots',
        name: '河滩一号地',
        layer: 'crop',
        declaredMu: '3.0',
        outline: [[111.4402, 35.8801], [111.4408, 35.8801], [111.4408, 35.88045], [111.4402, 35.88045], [111.4402, 35.8801]],
      },
      ...RIVER_FIELDS,
    ],
  },
  { key: 'yuanshang', organisation: 'JIANGXIAN-HQ', name: '塬上黄芩基地（演示）', region: '140826', village: '塬上村（演示）', land: JIANG_TERRACES },
  { key: 'tianti', organisation: 'PINGSHUN-DS', name: '梯田党参基地（演示）', region: '140425', village: '梯田村（演示）', land: ZHANG_TERRACES },
];

/** Where material is kept or worked. */
export interface DemoSite {
  readonly key: string;
  readonly organisation: string;
  readonly kind: string;
  readonly name: string;
  readonly region: string;
  readonly address: string;
  readonly gln?: string;
}

export const SITES: readonly DemoSite[] = [
  { key: 'lingshang-store', organisation: 'ANZE-LQ', kind: 'field-store', name: '岭上鲜果暂存点', region: '141026', address: '岭上村（演示）' },
  { key: 'fenan-store', organisation: 'XIANGFEN-DH', kind: 'field-store', name: '汾岸晾晒场', region: '141023', address: '汾岸村（演示）' },
  { key: 'yuanshang-store', organisation: 'JIANGXIAN-HQ', kind: 'field-store', name: '塬上晾晒场', region: '140826', address: '塬上村（演示）' },
  { key: 'tianti-store', organisation: 'PINGSHUN-DS', kind: 'field-store', name: '梯田晾晒场', region: '140425', address: '梯田村（演示）' },
  { key: 'lingxia-workshop', organisation: 'ANZE-JG', kind: 'workshop', name: '岭下蒸制烘干车间', region: '141026', address: '岭下路 1 号（演示）' },
  { key: 'huipan-workshop', organisation: 'HOUMA-YP', kind: 'workshop', name: '浍畔净选包装车间', region: '141081', address: '浍畔街 8 号（演示）', gln: '9528810010015' },
  { key: 'yaodu-lab', organisation: 'LINFEN-JC', kind: 'laboratory', name: '尧都检测室', region: '141002', address: '尧都大道 5 号（演示）' },
  { key: 'pingyangli-store', organisation: 'LINFEN-ZY', kind: 'warehouse', name: '平阳里原料库', region: '141002', address: '平阳里 3 号（演示）' },
  { key: 'gulou-shop', organisation: 'LINFEN-DYF', kind: 'shop', name: '鼓楼巷门店', region: '141002', address: '鼓楼巷 12 号（演示）' },
];

/** What is sold in packs. */
export interface DemoProduct {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly herbs: readonly string[];
  readonly form: string;
  readonly gtin: string;
  readonly netContent: { readonly value: string; readonly unit: string };
  readonly specification: string;
}

export const PIECES: DemoProduct = {
  key: 'lianqiao-100g',
  organisation: 'HOUMA-YP',
  name: '连翘（青翘）饮片 100 g（演示）',
  herbs: ['lianqiao'],
  form: 'decoction-piece',
  gtin: '9528810011012',
  netContent: { value: '100', unit: 'GRM' },
  specification: '100 g/袋',
};

/** A compound medicine made up for the demonstration: no prescription of any book. */
export const GRANULES: DemoProduct = {
  key: 'siwei-90g',
  organisation: 'LINFEN-ZY',
  name: '四味演示颗粒（虚构处方，演示）',
  herbs: ['lianqiao', 'dihuang', 'huangqin', 'dangshen'],
  form: 'medicine',
  gtin: '9528810021011',
  netContent: { value: '90', unit: 'GRM' },
  specification: '10 g×9 袋/盒',
};

export const PRODUCTS: readonly DemoProduct[] = [PIECES, GRANULES];

/** A paper of somebody's, as its holder states it. */
export interface DemoCertificate {
  readonly key: string;
  readonly organisation: string;
  readonly kind: string;
  readonly number: string;
  readonly issuer: string;
  /** The base it is about; else the organisation. */
  readonly base?: string;
  /** Years before and after that of the season. */
  readonly from: number;
  readonly to: number;
}

export const CERTIFICATES: readonly DemoCertificate[] = [
  { key: 'gap-lingshang', organisation: 'ANZE-LQ', kind: 'GAP 延伸检查', number: '演示-GAP-0001', issuer: '演示发证机构', base: 'lingshang', from: -1, to: 2 },
  { key: 'licence-huipan', organisation: 'HOUMA-YP', kind: '药品生产许可证', number: '演示-YP-0001', issuer: '演示发证机构', from: -2, to: 3 },
  { key: 'licence-pingyangli', organisation: 'LINFEN-ZY', kind: '药品生产许可证', number: '演示-ZY-0001', issuer: '演示发证机构', from: -2, to: 3 },
  { key: 'cma-yaodu', organisation: 'LINFEN-JC', kind: 'CMA', number: '演示-CMA-0001', issuer: '演示发证机构', from: -1, to: 5 },
];
