import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LearntYieldsQuery } from './learnt-yields.dto';
import { LearntYields } from './learnt-yields.service';

const EXAMPLE = {
  items: [{
    herb: 'lianqiao', grade: '青翘', step: 'drying', from: 'fresh', to: 'dried', base: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', year: 2026, runs: 12,
    inPerOut: { median: 3.1, learnt: [2.75, 3.5], usual: [2.8, 3.5], verified: false, source: 'public web pages, unverified' },
    unlike: [{ batch: 'urn:daodi:b:00000000000', eventIds: ['ni:///sha-256;0?ver=CBV2.0'], in: 900, out: 410, uom: 'KGM', inPerOut: 2.19 }],
  }],
};

/** 得率. */
@ApiTags('balances')
@Controller('api/v1/yields/learnt')
export class LearntYieldsController {
  constructor(private readonly yields: LearntYields) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '得率：本组织各基地、各年的经验范围，与通用范围并列 / Yields of your own steps: the band learnt per base and year beside the general one, and runs unlike the others; it decides nothing' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  list(@CurrentCaller() caller: Caller, @Query() query: LearntYieldsQuery): Promise<{ readonly items: readonly object[] }> {
    return this.yields.list(caller, query);
  }
}
