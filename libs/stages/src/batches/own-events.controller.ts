import { Controller, Get, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { DataSource } from 'typeorm';
import { findApart } from '../apart/kept-apart';
import { findDeclaration, findOwnEvent } from '../form/own-event';

/** Events of one's own, with what is known about their writing. */
@ApiTags('stages')
@Controller('api/v1/events')
export class OwnEventsController {
  constructor(private readonly dataSource: DataSource) {}

  @Get(':eventID')
  @Permit()
  @ApiOperation({ summary: '本组织登记的事件 / One event of your organisation' })
  @ApiOkResponse({ schema: { example: { eventID: 'urn:uuid:…', event: { type: 'ObjectEvent' }, recordTime: '2026-08-20T01:31:02.104233Z', capturedTime: '2026-08-20T01:30:55.000000Z', provenance: 'form', actor: { kind: 'person', id: '…' } } } })
  @ApiNotFoundResponse({ description: 'No event of your organisation has this id' })
  async get(@CurrentCaller() caller: Caller, @Param('eventID') eventID: string): Promise<object> {
    const entry = await findOwnEvent(this.dataSource, caller, eventID);
    const declaration = await findDeclaration(this.dataSource, caller, eventID);
    const { recordTime, capturedTime, provenance, actor, onBehalfOf, device, context, body, erasedBy } = entry;
    const apart = (await findApart(this.dataSource, caller.organisationId, [eventID])).get(eventID);
    return {
      eventID,
      event: { '@context': context, ...body },
      recordTime, capturedTime, provenance, actor, onBehalfOf, device,
      apart,
      erased: erasedBy === undefined ? undefined : true,
      declaredInError: declaration && { ...(declaration.body['errorDeclaration'] as object), recordTime: declaration.recordTime },
    };
  }
}
