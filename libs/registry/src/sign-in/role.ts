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
