import { amountOut, uomOf } from '@daodi/trace';
import protectedWild from '../../../../seeds/protected-wild-herbs.json';
import type { IntakeFacts, ShareFacts } from './facts';
import type { Rule, RuleFinding } from './finding';

/** Goods from outside are declared, not proven: whoever decides about them is to see it. How much the trace says too. */
export const declaredOrigin: Rule = {
  name: 'declared-origin',
  version: 1,
  severity: 'note',
  title: { zh: '外购来货：来历为申报，未经证实', en: 'From outside: its origin is declared, not proven' },
  judge: (share) => {
    const { unit = 'mg', intakes = [] } = share;
    if (intakes.length === 0) return undefined;
    const amount = intakes.reduce((sum, one) => sum + (one.amount ?? 0n), 0n);
    return { numbers: { means: [...new Set(intakes.map(({ means }) => means ?? 'unknown'))].sort(), quantity: amountOut(amount, unit), uom: uomOf(unit) }, since: firstOf(intakes), evidence: intakes.map(({ eventId }) => eventId) };
  },
};

/** Imported without a quarantine number. Whether one is needed for these very goods is not checked: it warns only. */
export const quarantineMissing: Rule = {
  name: 'quarantine-number-missing',
  version: 1,
  severity: 'warning',
  title: { zh: '进口来货未记检疫证号', en: 'Imported without a quarantine number on record' },
  judge: (share) => lacking(share, ({ means, hasQuarantine }) => means === 'import' && !hasQuarantine),
};

/** Collected in the wild without a permit, a herb of the list of third-class protected wild herbs; the list is not verified. */
export const permitMissing: Rule = {
  name: 'collection-permit-missing',
  version: 1,
  severity: 'warning',
  title: { zh: '野生采集未记采药证（名录未核对）', en: 'Collected in the wild without a permit on record (list not verified)' },
  judge: (share) => lacking(share, ({ means, herb, hasPermit }) => means === 'wild-collection' && !hasPermit && herb !== undefined && protectedWild.herbs.includes(herb)),
};

function lacking({ intakes = [] }: ShareFacts, lacks: (intake: IntakeFacts) => boolean): RuleFinding | undefined {
  const odd = intakes.filter(lacks);
  return odd.length === 0 ? undefined : { numbers: { events: odd.map(({ eventId }) => eventId).sort() }, since: firstOf(odd), evidence: odd.map(({ eventId }) => eventId) };
}

const firstOf = (intakes: readonly IntakeFacts[]): bigint => intakes.reduce((min, { position }) => (position < min ? position : min), (intakes[0] as IntakeFacts).position);
