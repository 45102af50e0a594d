import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, Permit } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { SELLING_ROLES } from '../form/form-route';
import { CreditAnswer, CreditQuery, PaymentAnswer, PaymentDto, WithdrawPaymentDto } from './credits.dto';
import { Credits } from './credits.service';

/** What buyers owe the caller's organisation. It is the organisation's own: no trace, page or other organisation has it. */
@ApiTags('stages')
@Controller('api/v1/credits')
export class CreditsController {
  constructor(private readonly credits: Credits) {}

  @Get()
  @Permit(...SELLING_ROLES)
  @ApiOperation({ summary: '赊销余额 / What is owed to you, by number of the buyer' })
  @ApiOkResponse({ type: [CreditAnswer], description: '{items, next}' })
  list(@CurrentCaller() caller: Caller, @Query() query: CreditQuery): Promise<Page<CreditAnswer>> {
    return this.credits.list(caller, query);
  }

  @Get(':id')
  @Permit(...SELLING_ROLES)
  @ApiOperation({ summary: '一笔赊销 / One sale on credit, with what was paid' })
  @ApiOkResponse({ type: CreditAnswer })
  @ApiNotFoundResponse({ description: 'Your organisation has no such credit' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<CreditAnswer> {
    return this.credits.get(caller, id);
  }

  @Post(':id/payments')
  @Permit(...SELLING_ROLES)
  @LeavesEntries('record:credit-payment')
  @ApiOperation({ summary: '登记回款 / Record a payment' })
  @ApiCreatedResponse({ type: PaymentAnswer })
  @ApiNotFoundResponse({ description: 'Your organisation has no such credit' })
  pay(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: PaymentDto): Promise<ActAnswer> {
    return this.credits.pay(caller, request, id, body);
  }

  @Post(':id/payments/:paymentId/withdrawal')
  @Permit(...SELLING_ROLES)
  @LeavesEntries('record:credit-payment')
  @ApiOperation({ summary: '撤销回款记录 / Take back a payment that was written down wrongly' })
  @ApiCreatedResponse({ type: PaymentAnswer })
  @ApiNotFoundResponse({ description: 'Your organisation has no such payment' })
  withdraw(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Param('paymentId') paymentId: string, @Body() body: WithdrawPaymentDto): Promise<ActAnswer> {
    return this.credits.withdraw(caller, request, id, paymentId, body.why);
  }
}
