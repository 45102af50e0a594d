import { Json, Text } from '@daodi/registry';

/** 更正. */
export class CorrectionDto {
  @Text(500, { description: 'What was wrong. 更正原因', example: '磅单看错一位' })
  reason: string;

  @Json({
    optional: true,
    description: 'What should have been recorded: the body of the form the event was made by, or an EPCIS event. Without it the event did not occur. 更正后的内容',
    example: { eventTime: '2026-08-20T09:30:00+08:00', crop: '7K2QZ0ABCD4', quantity: '821.5', unit: 'kg' },
  })
  replacement?: Record<string, unknown>;
}
