/** One input used, as an event tells it. What is missing or of another shape is absent: others' systems write these too. */
export interface RecordedUse {
  readonly name: string;
  readonly registrationNumber?: string;
  readonly quantity?: number | string;
  readonly uom?: string;
  readonly safetyIntervalDays?: number;
  readonly product?: string;
  readonly lot?: string;
  readonly kind?: string;
  readonly ingredients?: readonly string[];
}

/** Who applied it: the organisation, somebody it called in (统防统治), or others, such as a neighbour whose spray drifted. */
export const APPLIED_BY = ['own', 'service', 'others'] as const;
export type AppliedBy = (typeof APPLIED_BY)[number];

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
const textsOf = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined);

/** The inputs of `daodi:inputsUsed`. */
export function readUses(value: unknown): RecordedUse[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null).map((one): RecordedUse => ({
    name: textOf(one['name']) ?? '',
    registrationNumber: textOf(one['registrationNumber']),
    quantity: typeof one['quantity'] === 'number' || typeof one['quantity'] === 'string' ? one['quantity'] : undefined,
    uom: textOf(one['uom']),
    safetyIntervalDays: Number.isInteger(one['safetyIntervalDays']) && (one['safetyIntervalDays'] as number) >= 0 ? (one['safetyIntervalDays'] as number) : undefined,
    product: textOf(one['product'])?.toLowerCase(),
    lot: textOf(one['lot'])?.toLowerCase(),
    kind: textOf(one['kind']),
    ingredients: textsOf(one['ingredients']),
  }));
}

/** What `daodi:application` says that rules ask: land it was applied to (absent: all of the crop's), and by whom. */
export function readApplication(value: unknown): { readonly plots?: readonly string[]; readonly appliedBy: AppliedBy } {
  const stated = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const plots = textsOf(stated['plots'])?.map((id) => id.toLowerCase());
  const by = APPLIED_BY.find((one) => one === stated['appliedBy']) ?? 'own';
  return { appliedBy: by, ...(plots !== undefined && plots.length > 0 && { plots }) };
}
