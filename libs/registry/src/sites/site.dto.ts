import { OneOf, Pattern, Region, Text } from '../input/fields';

/** What a site is used for. */
export const SITE_KINDS = ['warehouse', 'station', 'workshop', 'laboratory', 'shop', 'field-store'] as const;

/** A place where material is kept or worked. Its address is private; others see its region. */
export class AddSiteDto {
  @OneOf(SITE_KINDS)
  kind: (typeof SITE_KINDS)[number];

  @Text(200)
  name: string;

  @Text(500, { optional: true })
  address?: string;

  @Region()
  region: string;

  @Pattern(/^\d{13}$/, { optional: true, description: 'GLN of the place' })
  gln?: string;

  @Text(300, { optional: true, description: 'SGLN as EPC URN or GS1 Digital Link' })
  sgln?: string;
}

/** What may change about a site. */
export class ChangeSiteDto {
  @OneOf(SITE_KINDS, { optional: true })
  kind?: (typeof SITE_KINDS)[number];

  @Text(200, { optional: true })
  name?: string;

  @Text(500, { optional: true })
  address?: string;

  @Region({ optional: true })
  region?: string;

  @Pattern(/^\d{13}$/, { optional: true })
  gln?: string;

  @Text(300, { optional: true })
  sgln?: string;

  @OneOf(['active', 'ended'], { optional: true })
  status?: string;

  @Text(1000, { optional: true })
  why?: string;
}
