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

const PART = { herb: 'lianqiao', uom: 'KGM' };
const COMPOSITION = {
  code: '7K2QZ0ABCD4', uri: BATCH.uri, state: 'determined',
  parts: [
    { ...PART, proof: 'proven', places: ['141026'], year: 2026, percent: '60.0', share: '0.6', quantity: 30, roots: ['https://trace.example.cn/b/0QW3E4R5T6Y'] },
    { ...PART, proof: 'declared', places: ['621100'], year: 2025, percent: '40.0', share: '0.4', quantity: 20, roots: ['https://trace.example.cn/b/1ZX2C3V4B5N'] },
  ],
  claims: { proven: false, herb: 'lianqiao', certificates: [] },
  declared: { share: '0.4', percent: '40.0', quantity: 20, uom: 'KGM', roots: [{ at: 'https://trace.example.cn/b/1ZX2C3V4B5N', share: '0.4', quantity: 20, uom: 'KGM' }] },
};

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

  @Get('batches/:code/composition')
  @Permit()
  @ApiOperation({ summary: '批次构成 / What a batch consists of by origin, year and proof, and what may be claimed of all of it' })
  @ApiOkResponse({ description: 'As `composition` of a trace back: shares and per cents add up exactly; `claims` is what all of the batch has', schema: { example: COMPOSITION } })
  @ApiNotFoundResponse({ description: 'No such batch, or you neither made nor had it' })
  composition(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<object> {
    return this.batches.composition(caller, code);
  }

  @Get('holdings')
  @Permit()
  @ApiOperation({ summary: '库存 / What you hold where' })
  @ApiOkResponse({ schema: { example: { items: [{ batch: BATCH.uri, code: BATCH.code, herb: 'lianqiao', ...HOLDING }] } } })
  holdings(@CurrentCaller() caller: Caller, @Query() page: HoldingPageQuery): Promise<object> {
    return this.batches.holdings(caller, page);
  }
}
