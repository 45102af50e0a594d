import { Day, Id } from '@daodi/registry';

/** What is asked beside: how a use would stand. */
export class InputUsesQuery {
  @Id({ optional: true, description: 'A product of yours: how its use would stand, before it is saved. 拟用投入品' })
  product?: string;

  @Day({ optional: true, description: 'Day of that use; today unless said. 拟用日期', example: '2026-06-10' })
  day?: string;
}
