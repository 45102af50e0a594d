import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { Yields } from './yields.service';

/** Which year is wanted. */
export class YieldQuery {
  @ApiProperty({ type: 'integer', minimum: 1900, maximum: 2200, example: 2026, description: 'Year of harvest, in China. 采收年份' })
  @Type(() => Number)
  @IsInt()
  @Min(1900)
  @Max(2200)
  year: number;
}

const EXAMPLE = {
  year: 2026, area: 'projection',
  items: [{
    crop: 'https://trace.example.cn/b/7K2QZ0ABCD4', herb: 'lianqiao', grade: '青翘', harvests: 2, quantity: 1625, uom: 'KGM', areaMu: 25, kgPerMu: 65, groundMu: 28.87, kgPerGroundMu: 56.287,
    disasters: [{ kind: 'frost', from: '2026-04-12', affectedMu: '12', lossPercent: 60, evidence: 2 }],
  }],
};

/** 亩产: what the caller's crops gave for each mu, beside what struck them. */
@ApiTags('land')
@Controller('api/v1/yields')
export class YieldsController {
  constructor(private readonly yields: Yields) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '亩产与灾害 / Fresh kg for each mu of your crops in a year, by projection and along the slope, with disasters' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  async list(@CurrentCaller() caller: Caller, @Query() { year }: YieldQuery): Promise<object> {
    // Which area `kgPerMu` rests on is said with the figures.
    return { year, area: 'projection', items: await this.yields.of(caller, year) };
  }
}
