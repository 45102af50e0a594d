import type { Header } from '@daodi/backup';
import type { Bilingual } from '@daodi/platform';

/** Where a backup ends, as a person wants to know it. */
export function lastEntry({ size, lastRecordTime, createdAt }: Header): Bilingual {
  if (lastRecordTime === null) return { zh: `空的,备份于 ${createdAt}`, en: `empty, taken ${createdAt}` };
  const last = BigInt(size) - 1n;
  return { zh: `最后一条记录:第 ${last} 条,${lastRecordTime};备份于 ${createdAt}`, en: `last entry ${last}, recorded ${lastRecordTime}; taken ${createdAt}` };
}
