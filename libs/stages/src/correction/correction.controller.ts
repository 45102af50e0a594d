import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, Permit } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { FormAnswer } from '../form/answer';
import { ANSWERABLE_ROLES } from '../form/form-route';
import { CorrectionDto } from './correction.dto';
import { Corrections } from './corrections.service';

/** Corrections of one's own events. */
@ApiTags('stages')
@Controller('api/v1/events')
export class CorrectionController {
  constructor(private readonly corrections: Corrections) {}

  @Post(':eventID/correction')
  @Permit(...ANSWERABLE_ROLES)
  @LeavesEntries(
    'record:batch*', 'record:alias*', 'record:heap*', 'record:credit*', 'record:credit-payment*', 'record:zone-decision*', 'record:retained-sample*', 'event:ObjectEvent*', 'event:TransformationEvent*', 'event:AggregationEvent*', 'event:AssociationEvent*',
    'event:TransactionEvent*',
  )
  @ApiOperation({ summary: '更正已登记的事件 / Declare an event in error, and record what is right in its place' })
  @ApiCreatedResponse({ type: FormAnswer, description: 'Declared in error; eventID is that of the replacement, if there is one' })
  @ApiNotFoundResponse({ description: 'No event of your organisation has this id' })
  @ApiConflictResponse({ description: 'already-corrected: correctiveEventIDs names what took its place' })
  correct(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('eventID') eventID: string, @Body() body: CorrectionDto): Promise<ActAnswer> {
    return this.corrections.correct(caller, request, eventID, body);
  }
}
