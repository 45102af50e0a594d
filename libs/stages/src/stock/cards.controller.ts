import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { IsOptional, IsUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { cardPdf } from './card-pdf';
import { type Card, Cards } from './cards.service';

/** Of which place a card is wanted. */
export class CardQuery {
  @ApiProperty({ required: false, type: String, format: 'uuid', description: 'Site or zone; the whole house where none is named. 场所或库区' })
  @IsOptional()
  @IsUUID()
  site?: string;
}

const EXAMPLE = {
  batch: 'https://trace.example.cn/b/7K2QZ0ABCD4', code: '7K2QZ0ABCD4', herb: 'lianqiao', uom: 'KGM', balance: 261.4,
  lines: [{ at: '2026-10-20T08:00:00.000000Z', what: 're-drying', out: 6.6, balance: 261.4, place: '合格区 A-01', reason: 'drying-loss', document: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70', by: ['warehouse'] }],
};

/** Cards of batches. */
@ApiTags('stock')
@Controller('api/v1/batches')
export class CardsController {
  constructor(private readonly cards: Cards) {}

  @Get(':code/card')
  @Permit()
  @ApiOperation({ summary: '货位卡 / Card of a batch at a place: ins, outs, balance, dates, documents, by which role' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  @ApiNotFoundResponse({ description: 'No such batch, or you neither made nor had it' })
  card(@CurrentCaller() caller: Caller, @Param('code') code: string, @Query() { site }: CardQuery): Promise<Card> {
    return this.cards.card(caller, code, site);
  }
  @Get(':code/card.pdf')
  @Permit()
  @ApiOperation({ summary: '货位卡 PDF / The same to hang at the goods' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse({ description: 'No such batch, or you neither made nor had it' })
  async pdf(@CurrentCaller() caller: Caller, @Param('code') code: string, @Query() { site }: CardQuery, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.cards.card(caller, code, site);
    const bytes = await cardPdf(card, await this.cards.placeName(card), await this.cards.herbName(card), new Date());
    reply.type('application/pdf').header('Content-Disposition', 'inline; filename="card.pdf"').header('Cache-Control', 'private, no-store').send(bytes);
  }
}
