import type { OrganisationType, Role } from '@daodi/registry';

/** Somebody who signs in. Everybody has one role, so that a reader of the credentials knows what each may do. */
export interface DemoPerson {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
}

/** An organisation of the demonstration: made up, in a place that exists. */
export interface DemoOrganisation {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly type: OrganisationType;
  /**
   * 统一社会信用代码 with the right check character. Its organisation part reads MADEM00NN, which no register gives out.
   */
  readonly creditCode: string;
  /** GB/T 2260. */
  readonly region: string;
  /** Under 952, which GS1 keeps for examples. Only those have one who would be licensed for one. */
  readonly gs1Prefix?: string;
  readonly gln?: string;
  /** What the organisation's API key may do: in a demonstration, everything that can be done there. */
  readonly keyRoles: readonly Role[];
  /** The first is the owner. */
  readonly people: readonly [DemoPerson, ...DemoPerson[]];
}

const FIELD: readonly Role[] = ['owner', 'manager', 'machine', 'field-worker', 'station-keeper', 'warehouse', 'purchaser', 'quality-head'];
const TRADE: readonly Role[] = ['owner', 'manager', 'machine', 'warehouse', 'purchaser', 'quality-head'];

/** The platform itself: its first person is made by the one-time link, as in any installation. */
export const OPERATOR: DemoOrganisation = {
  code: 'OPERATOR',
  name: '道地平台运营者（演示）',
  nameEn: 'Daodi operator (demo)',
  type: 'operator',
  creditCode: '12141000MADEM0009J',
  region: '141000',
  keyRoles: ['owner', 'operator', 'machine'],
  people: [{ login: 'operator', name: '运营员甲', role: 'operator' }],
};

/** Everybody the operator admits. */
export const MEMBERS: readonly DemoOrganisation[] = [
  {
    code: 'ANZE-LQ',
    name: '安泽岭上连翘专业合作社（演示）',
    nameEn: 'Anze Lingshang Forsythia Cooperative (demo)',
    type: 'cooperative',
    creditCode: '93141026MADEM00014',
    region: '141026',
    keyRoles: FIELD,
    people: [
      { login: 'anze-owner', name: '安岭甲', role: 'owner' },
      { login: 'anze-manager', name: '安岭乙', role: 'manager' },
      { login: 'anze-field', name: '安岭丙', role: 'field-worker' },
      { login: 'anze-station', name: '安岭丁', role: 'station-keeper' },
      { login: 'anze-warehouse', name: '安岭戊', role: 'warehouse' },
      { login: 'anze-quality', name: '安岭己', role: 'quality-head' },
    ],
  },
  {
    code: 'XIANGFEN-DH',
    name: '襄汾汾岸地黄专业合作社（演示）',
    nameEn: 'Xiangfen Fen’an Rehmannia Cooperative (demo)',
    type: 'cooperative',
    creditCode: '93141023MADEM0002U',
    region: '141023',
    keyRoles: FIELD,
    people: [
      { login: 'xiangfen-owner', name: '汾岸甲', role: 'owner' },
      { login: 'xiangfen-manager', name: '汾岸乙', role: 'manager' },
      { login: 'xiangfen-field', name: '汾岸丙', role: 'field-worker' },
      { login: 'xiangfen-quality', name: '汾岸丁', role: 'quality-head' },
    ],
  },
  {
    code: 'JIANGXIAN-HQ',
    name: '绛县塬上黄芩专业合作社（演示）',
    nameEn: 'Jiangxian Yuanshang Scutellaria Cooperative (demo)',
    type: 'cooperative',
    creditCode: '93140826MADEM00112',
    region: '140826',
    keyRoles: FIELD,
    people: [
      { login: 'jiangxian-owner', name: '塬上甲', role: 'owner' },
      { login: 'jiangxian-field', name: '塬上乙', role: 'field-worker' },
      { login: 'jiangxian-quality', name: '塬上丙', role: 'quality-head' },
    ],
  },
  {
    code: 'PINGSHUN-DS',
    name: '平顺梯田党参专业合作社（演示）',
    nameEn: 'Pingshun Terrace Codonopsis Cooperative (demo)',
    type: 'cooperative',
    creditCode: '93140425MADEM0010U',
    region: '140425',
    keyRoles: FIELD,
    people: [
      { login: 'pingshun-owner', name: '梯田甲', role: 'owner' },
      { login: 'pingshun-field', name: '梯田乙', role: 'field-worker' },
      { login: 'pingshun-quality', name: '梯田丙', role: 'quality-head' },
    ],
  },
  {
    code: 'ANZE-JG',
    name: '安泽岭下药材初加工有限公司（演示）',
    nameEn: 'Anze Lingxia Herb Processing (demo)',
    type: 'processor',
    creditCode: '91141026MADEM0003G',
    region: '141026',
    keyRoles: FIELD,
    people: [
      { login: 'jiagong-owner', name: '岭下甲', role: 'owner' },
      { login: 'jiagong-manager', name: '岭下乙', role: 'manager' },
      { login: 'jiagong-warehouse', name: '岭下丙', role: 'warehouse' },
      { login: 'jiagong-quality', name: '岭下丁', role: 'quality-head' },
    ],
  },
  {
    code: 'HOUMA-YP',
    name: '侯马浍畔中药饮片有限公司（演示）',
    nameEn: 'Houma Huipan Decoction Pieces (demo)',
    type: 'decoction-piece-factory',
    creditCode: '91141081MADEM00048',
    region: '141081',
    gs1Prefix: '952881001',
    gln: '9528810010008',
    keyRoles: FIELD,
    people: [
      { login: 'yinpian-owner', name: '浍畔甲', role: 'owner' },
      { login: 'yinpian-manager', name: '浍畔乙', role: 'manager' },
      { login: 'yinpian-warehouse', name: '浍畔丙', role: 'warehouse' },
      { login: 'yinpian-quality', name: '浍畔丁', role: 'quality-head' },
    ],
  },
  {
    code: 'LINFEN-JC',
    name: '临汾尧都药材检测中心（演示）',
    nameEn: 'Linfen Yaodu Herb Laboratory (demo)',
    type: 'laboratory',
    creditCode: '91141002MADEM0005X',
    region: '141002',
    keyRoles: ['owner', 'manager', 'machine', 'lab-tester', 'lab-reviewer', 'lab-approver'],
    people: [
      { login: 'jiance-owner', name: '检测甲', role: 'owner' },
      { login: 'jiance-tester', name: '检测乙', role: 'lab-tester' },
      { login: 'jiance-reviewer', name: '检测丙', role: 'lab-reviewer' },
      { login: 'jiance-approver', name: '检测丁', role: 'lab-approver' },
    ],
  },
  {
    code: 'LINFEN-ZY',
    name: '临汾平阳里制药有限公司（演示）',
    nameEn: 'Linfen Pingyangli Pharmaceutical (demo)',
    type: 'pharmaceutical-firm',
    creditCode: '91141002MADEM00061',
    region: '141002',
    gs1Prefix: '952881002',
    gln: '9528810020007',
    keyRoles: FIELD,
    people: [
      { login: 'zhiyao-owner', name: '制药甲', role: 'owner' },
      { login: 'zhiyao-purchaser', name: '制药乙', role: 'purchaser' },
      { login: 'zhiyao-warehouse', name: '制药丙', role: 'warehouse' },
      { login: 'zhiyao-quality', name: '制药丁', role: 'quality-head' },
    ],
  },
  {
    code: 'LINFEN-DYF',
    name: '临汾鼓楼巷大药房（演示）',
    nameEn: 'Linfen Drum Tower Lane Pharmacy (demo)',
    type: 'retailer',
    creditCode: '91141002MADEM00074',
    region: '141002',
    keyRoles: TRADE,
    people: [
      { login: 'dayaofang-owner', name: '药房甲', role: 'owner' },
      { login: 'dayaofang-purchaser', name: '药房乙', role: 'purchaser' },
    ],
  },
  {
    code: 'LINFEN-JG',
    name: '临汾市中药材追溯监管处（演示）',
    nameEn: 'Linfen Herb Traceability Supervision (demo)',
    type: 'supervisor',
    creditCode: '11141000MADEM0008J',
    region: '141000',
    keyRoles: ['owner', 'supervisor', 'machine'],
    people: [{ login: 'jianguan', name: '监管员甲', role: 'supervisor' }],
  },
];

/** All of them. */
export const ORGANISATIONS: readonly DemoOrganisation[] = [OPERATOR, ...MEMBERS];
