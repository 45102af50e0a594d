import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, type Page, Permit } from '@daodi/registry';
import { BalanceQuery } from './balance.dto';
import { Balances } from './balances.service';

const EXAMPLE = {
  items: [{
    herb: 'lianqiao', form: 'dried', base: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', batches: 12, uom: 'KGM', cameIn: { made: 1240.5 }, went: { shipped: 900, sampled: 1.2 }, onHand: 339.3, onTheWayOut: 100, findings: 1,
  }],
};

/** 物料平衡: running balances. */
@ApiTags('balances')
@Controller('api/v1/balances')
export class BalancesController {
  constructor(private readonly balances: Balances) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '结存：按品种、基地、产季或批次 / Running balances by herb, base, season or batch: what came in, what went, what is on hand; what the books owe, and how many findings are open' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  list(@CurrentCaller() caller: Caller, @Query() query: BalanceQuery): Promise<Page<object>> {
    return this.balances.list(caller, query);
  }
}
