import { ApiProperty } from '@nestjs/swagger';
import { Amount, Day, OneOf, PageQuery, Pattern, Text } from '@daodi/registry';
import { BUYER_NUMBER } from './credit-sale.stage';

/** Which credits are wanted. */
export class CreditQuery extends PageQuery {
  @Pattern(BUYER_NUMBER, { optional: true, description: 'Of this buyer only: your own number of it. 客户编号', example: 'K-017' })
  buyer?: string;

  @OneOf(['open', 'all'], {
    optional: true,
    description: 'Which; the open ones unless said otherwise. 范围',
    meanings: { open: '未结清 something is still owed', all: '全部 settled and withdrawn ones as well' },
  })
  state?: 'open' | 'all';
}

/** 回款. */
export class PaymentDto {
  @Amount({ description: 'What was paid. 回款金额', example: '500.00', unit: '元 yuan (CNY)' })
  amount: string | number;

  @Day({ description: 'Day on which it was paid. 回款日期', example: '2026-12-05' })
  paidOn: string;

  @Text(500, { optional: true, description: 'For your own organisation only; no name of a person. 备注，不写姓名', example: '现金' })
  note?: string;
}

/** Taking back a payment that was written down wrongly. */
export class WithdrawPaymentDto {
  @Text(500, { description: 'Why it does not count. 撤销原因', example: '重复登记' })
  why: string;
}

/** A payment of a credit. */
export class PaymentAnswer {
  @ApiProperty({ example: '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  id: string;

  @ApiProperty({ example: '500.00', description: '元 yuan' })
  amount: string;

  @ApiProperty({ example: '2026-12-05' })
  paidOn: string;

  @ApiProperty({ enum: ['counted', 'withdrawn'] })
  status: string;

  @ApiProperty({ required: false, description: 'The return that settled it, where it was not paid. 退货抵扣' })
  eventID?: string;

  @ApiProperty({ required: false })
  note?: string;
}

/** A sale on credit and how it stands. */
export class CreditAnswer {
  @ApiProperty({ example: '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  id: string;

  @ApiProperty({ description: 'Of the sale or shipment. 销售或发货事件', example: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  eventID: string;

  @ApiProperty({ enum: ['sale', 'shipment'] })
  recordedAs: string;

  @ApiProperty({ example: 'K-017' })
  buyer: string;

  @ApiProperty({ example: '1280.00', description: '元 yuan' })
  amount: string;

  @ApiProperty({ example: '780.00', description: 'Paid or settled by returns; 元 yuan' })
  settled: string;

  @ApiProperty({ example: '500.00', description: 'Still owed; below zero where too much was paid; 元 yuan' })
  open: string;

  @ApiProperty({ example: '2026-12-31' })
  dueOn: string;

  @ApiProperty({ description: 'Owed after the day it was due, by China Standard Time. 逾期' })
  isOverdue: boolean;

  @ApiProperty({ enum: ['open', 'settled', 'withdrawn'], description: 'withdrawn: the sale was declared in error. 未结、已结、销售已更正为未发生' })
  state: string;

  @ApiProperty({ type: [PaymentAnswer] })
  payments: PaymentAnswer[];
}
