/** What an organisation can be told of. */
export const OCCASIONS = ['release-suspended', 'blocking-finding', 'shipment-arriving', 'report-approved'] as const;
export type OccasionKind = (typeof OCCASIONS)[number];

/** What each occasion is. */
export const OCCASION_MEANINGS = {
  'release-suspended': '放行失效 a release is suspended', 'blocking-finding': '拦截问题 a blocking finding',
  'shipment-arriving': '来货通知 a shipment is on its way', 'report-approved': '检验报告签发 a test report is signed',
} as const;

/** Something that happened and is an organisation's to know. Says what and of which batch, never how much, from whom or by whom. */
export interface Occasion {
  readonly kind: OccasionKind;
  readonly organisationId: string;
  /** What happened: the same thing is told once to a subscription, however often it is found. */
  readonly about: string;
  /** The batch: id of its identifier. */
  readonly identifier: string;
  /** The entry it comes from; a subscription made later is not told of it. */
  readonly position: bigint;
}
