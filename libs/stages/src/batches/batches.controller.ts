import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { BatchPageQuery, HoldingPageQuery } from './batches.dto';
import { Batches } from './batches.service';

const BATCH = {
  code: '7K2QZ0ABCD4', uri: 'https://trace.example.cn/b/7K2QZ0ABCD4', kind: 'batch', issuedByYou: true, herb: 'lianqiao', grade: '青翘',
  role: 'product', form: 'dried', lotNumber: 'D-2026-08-01', book: { available: 268, rejected: 0, transit: 0, overdrawn: 0, uom: 'KGM' },
};
const HOLDING = { state: 'available', site: 'urn:daodi:site:2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', quantity: 268, uom: 'KGM' };

/** Batches of the caller's: issued to it, or in its hands now or before. */
@ApiTags('batches')
@Controller('api/v1')
export class BatchesController {
  constructor(private readonly batches: Batches) {}

  @Get('batches')
  @Permit()
  @ApiOperation({ summary: '批次列表 / Batches you made, have or had' })
  @ApiOkResponse({ schema: { example: { items: [BATCH], next: '412.0b7e3a52-8f0e-4a37-9a45-0d3f6a1b2c3d' } } })
  list(@CurrentCaller() caller: Caller, @Query() page: BatchPageQuery): Promise<object> {
    return this.batches.list(caller, page);
  }

  @Get('batches/:code')
  @Permit()
  @ApiOperation({ summary: '批次 / One batch, by our code or by its URI' })
  @ApiOkResponse({ schema: { example: { ...BATCH, holdings: [HOLDING], aliases: [{ scheme: 'own-lot', value: 'YL-260902-01' }], links: { trace: '/api/v1/trace?epc=…&direction=both', page: BATCH.uri } } } })
  @ApiNotFoundResponse({ description: 'No such batch, or you neither made nor had it' })
  get(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<object> {
    return this.batches.get(caller, code);
  }

  @Get('holdings')
  @Permit()
  @ApiOperation({ summary: '库存 / What you hold where' })
  @ApiOkResponse({ schema: { example: { items: [{ batch: BATCH.uri, code: BATCH.code, herb: 'lianqiao', ...HOLDING }] } } })
  holdings(@CurrentCaller() caller: Caller, @Query() page: HoldingPageQuery): Promise<object> {
    return this.batches.holdings(caller, page);
  }
}
