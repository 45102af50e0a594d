/** What a person or key may do in its organisation; DESIGN of readership and roles: a role never crosses organisations. */
export const ROLES = [
  /** Admits organisations and keeps platform-wide facts; reads no one's events. Only in the operator's organisation. */
  'operator',
  'owner',
  'manager',
  'field-worker',
  /** 代办站: writes down for others what they did. */
  'station-keeper',
  'warehouse',
  'purchaser',
  /** 质量管理负责人 / 质量受权人. */
  'quality-head',
  'lab-tester',
  'lab-reviewer',
  'lab-approver',
  /** Reads within its jurisdictions. Only in a supervisor's organisation. */
  'supervisor',
  /** A system, by API key. */
  'machine',
] as const;

export type Role = (typeof ROLES)[number];

/** What each role is. */
export const ROLE_MEANINGS = {
  operator: '运营者 operator of the installation', owner: '负责人 owner', manager: '管理员 manager', 'field-worker': '田间人员 field worker',
  'station-keeper': '代办站人员 keeper of a station, writes down for others', warehouse: '仓库管理员 warehouse', purchaser: '采购员 purchaser',
  'quality-head': '质量管理负责人 quality head', 'lab-tester': '检验人 tester', 'lab-reviewer': '复核人 reviewer', 'lab-approver': '授权签字人 approver',
  supervisor: '监管人员 supervisor', machine: '系统（接口密钥） a system, by API key',
} as const;

/** What sort of organisation it is. */
export const ORGANISATION_TYPES = [
  'cooperative',
  'processor',
  'decoction-piece-factory',
  'laboratory',
  'pharmaceutical-firm',
  'retailer',
  'market',
  'brand-owner',
  'supervisor',
  'operator',
] as const;

export type OrganisationType = (typeof ORGANISATION_TYPES)[number];

/** What each sort is. */
export const ORGANISATION_TYPE_MEANINGS = {
  cooperative: '专业合作社 cooperative', processor: '加工企业 processor', 'decoction-piece-factory': '饮片厂 decoction piece factory',
  laboratory: '检验机构 laboratory', 'pharmaceutical-firm': '药品生产企业 pharmaceutical firm', retailer: '零售 retailer', market: '交易市场 market',
  'brand-owner': '品牌商 brand owner', supervisor: '监管部门 supervisor', operator: '平台运营者 operator',
} as const;

/** Roles that mean something in one type of organisation only. */
const BOUND_TO: Partial<Record<Role, OrganisationType>> = { operator: 'operator', supervisor: 'supervisor' };

/** Whether a role can be held at all in an organisation of this type. */
export function fitsOrganisation(role: Role, type: OrganisationType): boolean {
  const bound = BOUND_TO[role];
  return bound === undefined || bound === type;
}

/**
 * Whether someone may give a role to a person or key of the same organisation. Owners give every role that fits the
 * organisation; managers every one but owner and operator. Nobody else gives roles.
 */
export function mayGive(giver: { readonly roles: readonly Role[]; readonly organisationType: OrganisationType }, role: Role): boolean {
  if (!fitsOrganisation(role, giver.organisationType)) return false;
  if (giver.roles.includes('owner')) return true;
  return giver.roles.includes('manager') && role !== 'owner' && role !== 'operator';
}
