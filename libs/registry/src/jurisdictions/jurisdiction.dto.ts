import { Id, OneOf, Pattern, Text } from '../input/fields';

/** The stages of the chain a jurisdiction can be limited to. */
export const STAGES = [
  'all', 'propagation', 'planting', 'delivery', 'processing', 'testing', 'packing', 'storage', 'transport', 'trade',
] as const;

/** What a supervisor may look at: administrative area × stage × herb. */
export class GiveJurisdictionDto {
  @Id({ description: 'An organisation of type supervisor' })
  organisationId: string;

  @Pattern(/^([1-9]\d(\d{2}){0,2})?$/, { description: 'Leading 2, 4 or 6 digits of a GB/T 2260 code; empty: everywhere', example: '1410' })
  regionPrefix: string;

  @OneOf(STAGES)
  stage: (typeof STAGES)[number];

  @Text(50, { description: 'Herb code, or all' })
  herb: string;
}
