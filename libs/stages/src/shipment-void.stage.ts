import { Body, Controller, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { sameWord } from '@daodi/epcis';
import { type Entry, readEntries } from '@daodi/log';
import { notFound, Problem } from '@daodi/platform';
import { type ActAnswer, type Caller, CurrentCaller, Text } from '@daodi/registry';
import { withdrawalsTouching } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { FormBody } from './form/form-body';
import { FormRoute, STORE_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { findOwnEvent, refuseDeclared } from './form/own-event';
import type { Work } from './form/work';

/** 撤销发货. */
export class ShipmentVoidForm extends FormBody {
  @Text(500, { description: 'Why it is withdrawn. 撤销原因', example: '客户取消订单' })
  reason: string;
}

/** What a withdrawn shipment and its withdrawal share. */
const SHARED = ['epcList', 'quantityList', 'readPoint', 'bizLocation', 'sourceList', 'destinationList'] as const;

/**
 * Withdrawing a shipment becomes an ObjectEvent with bizStep void_shipping. What is still on its way comes back; what
 * the other side has received stays theirs.
 *
 * @param eventId the shipment's
 */
export const shipmentVoidForm = (eventId: string): Form<ShipmentVoidForm> => ({
  name: 'shipment-void',
  body: ShipmentVoidForm,
  async compose(work, body) {
    const shipment = await findShipment(work, eventId);
    await refuseVoided(work, eventId);
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: 'void_shipping',
      ...Object.fromEntries(SHARED.map((field) => [field, shipment.body[field]])),
      'daodi:voids': eventId,
      'daodi:reason': body.reason,
    });
  },
});

/** @throws Problem 404 where it is no shipment of the caller's */
async function findShipment(work: Work, eventId: string): Promise<Entry> {
  const entry = await findOwnEvent(work.tx, work.caller, eventId);
  const step = entry.body['bizStep'];
  if (entry.type !== 'ObjectEvent' || typeof step !== 'string' || !sameWord('bizStep', step, 'shipping')) throw notFound();
  await refuseDeclared(work.tx, work.caller, eventId);
  return entry;
}

async function refuseVoided(work: Work, eventId: string): Promise<void> {
  const positions = await withdrawalsTouching(work.tx, work.caller.organisationId, eventId);
  const entries = await readEntries(work.tx, 'e.position = ANY($1::bigint[])', [positions.map(String)]);
  const earlier = entries.find((entry) => entry.body['daodi:voids'] === eventId && entry.eventId !== work.replaced?.entry.eventId);
  if (earlier === undefined) return;
  throw new Problem(409, 'already-voided', { zh: '该发货已撤销', en: 'This shipment has been withdrawn already' }, { members: { eventID: earlier.eventId } });
}

/** Withdrawals of shipments. */
@ApiTags('stages')
@Controller('api/v1/shipments')
export class ShipmentVoidController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    path: ':eventID/void',
    roles: STORE_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '撤销发货',
    en: 'Withdraw a shipment',
    body: ShipmentVoidForm,
    example: { eventTime: '2026-09-01T12:00:00+08:00', reason: '车辆故障，未出库' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('eventID') eventID: string, @Body() body: ShipmentVoidForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, shipmentVoidForm(eventID), body);
  }
}
