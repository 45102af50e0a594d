import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Entry, readEntries } from '@daodi/log';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, Permit } from '../sign-in/route-rules';

const LIMIT_MAX = 1000;
const LIMIT_DEFAULT = 100;

/** Which entries are wanted. */
export class LogQuery {
  @ApiProperty({ required: false, format: 'uuid', type: String, description: 'Those of one request (its X-Request-Id)' })
  @IsOptional()
  @IsUUID()
  requestId?: string;

  @ApiProperty({ required: false, type: String, description: 'From this position on' })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  from?: string;

  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMIT_MAX)
  limit?: number;
}

/** The audit trail: what the caller's organisation said, who said it, when it happened, was written down, reached us. */
@ApiTags('log')
@Controller('api/v1/log')
export class LogController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Permit('owner', 'manager', 'quality-head')
  async read(@CurrentCaller() caller: Caller, @Query() { requestId, from, limit = LIMIT_DEFAULT }: LogQuery): Promise<object> {
    const entries = await readEntries(
      this.dataSource.manager,
      `e.organisation_id = $1 AND e.position >= $2 AND ($3::uuid IS NULL OR e.request_id = $3) ORDER BY e.position LIMIT $4`,
      [caller.organisationId, from ?? '0', requestId ?? null, limit + 1],
    );
    const page = entries.slice(0, limit);
    return { items: page.map(shown), next: entries[limit]?.position.toString() };
  }
}

function shown(entry: Entry): object {
  const { position, organisationId: _, digest, declaration, erasedBy, ...rest } = entry;
  return {
    position: position.toString(),
    ...rest,
    ...(entry.kind === 'event' ? { declaration } : {}),
    digest: digest.toString('hex'),
    erasedBy: erasedBy?.toString(),
  };
}
