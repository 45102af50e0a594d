import type { EntityManager } from 'typeorm';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { ApiProperty } from '@nestjs/swagger';

const PAGE_MAX = 500;
const PAGE_DEFAULT = 100;

/** Which part of a list is wanted. */
export class PageQuery {
  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_MAX)
  limit?: number;

  @ApiProperty({ required: false, type: String, description: '`next` of the page before' })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  cursor?: string;
}

/** A part of a list, oldest first; `next` is the cursor of the part after it, absent at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/**
 * Reads one page of rows in the order in which they came into the log.
 *
 * @param select a SELECT with a WHERE, using $1… for `parameters`, whose rows have `since_position`; written by us
 */
export async function readPage<Row extends { since_position: string }, T>(
  db: Pick<EntityManager, 'query'>,
  select: string,
  parameters: readonly unknown[],
  { limit = PAGE_DEFAULT, cursor }: PageQuery,
  itemOf: (row: Row) => T,
): Promise<Page<T>> {
  const n = parameters.length;
  const rows: Row[] = await db.query(
    `SELECT * FROM (${select}) listed WHERE since_position > $${n + 1}::bigint ORDER BY since_position LIMIT $${n + 2}::int`,
    [...parameters, cursor ?? '-1', Number(limit) + 1],
  );
  const page = rows.slice(0, Number(limit));
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return { items: page.map(itemOf), next: last?.since_position };
}
