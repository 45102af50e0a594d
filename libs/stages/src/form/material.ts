import type { Portion } from './things';
import type { Steps, Work } from './work';

/** What outputs may be. */
export const OUTPUT_ROLES = ['product', 'co-product', 'waste', 'rework'] as const;
export type OutputRole = (typeof OUTPUT_ROLES)[number];

/** What each role is. */
export const OUTPUT_ROLE_MEANINGS = {
  product: '产品 product', 'co-product': '副产品 co-product', waste: '废料 waste', rework: '待返工 to be reworked',
} as const;

/** What inputs say about what comes out of them. */
export interface Material {
  /** Herbs of the catalogue that went in, each once. */
  readonly herbs: readonly string[];
  /** True if something went in of which we know no herb, such as what another system named. */
  readonly hasUnknown: boolean;
  /** Where all inputs have one grade. */
  readonly grade?: string;
}

/** The material of inputs. */
export function materialOf(inputs: readonly Pick<Portion, 'thing'>[]): Material {
  const facts = inputs.map(({ thing }) => thing.facts);
  const grades = new Set(facts.map((f) => f?.grade));
  const herbs = new Set(facts.flatMap((f) => [...(f?.herb === undefined ? [] : [f.herb]), ...herbsOfFormula(f?.attributes)]));
  return {
    herbs: [...herbs].sort(),
    hasUnknown: facts.some((f) => f?.herb === undefined && herbsOfFormula(f?.attributes).length === 0),
    grade: grades.size === 1 ? [...grades][0] : undefined,
  };
}

const herbsOfFormula = (attributes: Readonly<Record<string, unknown>> | undefined): string[] =>
  Array.isArray(attributes?.['herbs']) ? (attributes['herbs'] as string[]) : [];

/** What is typed about an output's identity. */
export interface OutputIdentity {
  readonly herb?: string;
  readonly grade?: string;
  readonly formula?: string;
  readonly productId?: string;
}

/**
 * Which herb an output is, following its inputs. A herb typed that did not go in is recorded as `herbChanged`: it is
 * what somebody says happened, and no gate lets it pass. Where several herbs went in, what is made of them needs a
 * name of its own.
 */
export function identityOf(work: Work, { herbs, hasUnknown, grade }: Material, output: OutputIdentity, role: OutputRole, pointer: Steps): Readonly<Record<string, unknown>> {
  const isMixed = herbs.length > 1 || (herbs.length === 1 && hasUnknown);
  const named = output.formula !== undefined || output.productId !== undefined;
  if (herbs.length > 1 && output.herb === undefined && !named && (role === 'product' || role === 'co-product')) {
    work.fault(pointer, 'formula-needed', '投入了多个品种：产出须写明产品或处方名称', 'several herbs went in: name the product or formula that came out');
  }
  const isChanged = output.herb !== undefined && herbs.length > 0 && !(herbs.length === 1 && herbs[0] === output.herb);
  return {
    herb: output.herb ?? (isMixed ? undefined : herbs[0]),
    grade: output.grade ?? (role === 'waste' ? undefined : grade),
    formula: output.formula,
    productId: output.productId,
    herbs: isMixed ? herbs : undefined,
    // Not proven by what went in: somebody only says so.
    herbStated: output.herb !== undefined && hasUnknown ? true : undefined,
    herbChanged: isChanged ? { from: herbs, to: output.herb } : undefined,
  };
}
