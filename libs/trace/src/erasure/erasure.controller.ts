import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ActAnswer, Caller } from '@daodi/registry';
import { CurrentCaller, LeavesEntries, Permit, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { ErasureService } from './erasure.service';

/** Why the body of an event is erased. */
export class ErasureDto {
  @Text(1000, { description: '为何删除（法律依据或当事人要求） Why it is erased: legal ground or request', example: '当事人申请' })
  reason!: string;
}

/** Erasing what an event said beside its kilograms. */
@ApiTags('log')
@Controller('api/v1/events')
export class ErasureController {
  constructor(private readonly erasures: ErasureService) {}

  @Post(':eventID/erasure')
  @Permit('owner')
  @LeavesEntries('record:erasure')
  @ApiOperation({ summary: '删除事件内容 Erase an own event’s body; identifiers, kilograms, position and digest stay' })
  erase(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Param('eventID') eventId: string,
    @Body() body: ErasureDto,
  ): Promise<ActAnswer> {
    return this.erasures.erase(caller, request, eventId, body.reason);
  }
}
