import { applyDecorators, Post } from '@nestjs/common';
import { ApiBody, ApiConflictResponse, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { LeavesEntries, Permit, type Role } from '@daodi/registry';
import { FormAnswer } from './answer';
import type { FormBody } from './form-body';

/** Those who write down what happens in the field. */
export const FIELD_ROLES: readonly Role[] = ['owner', 'manager', 'field-worker', 'station-keeper', 'machine'];
/** Those who write down what happens between field and store. */
export const WORK_ROLES: readonly Role[] = [...FIELD_ROLES, 'warehouse'];
/** Those who answer for goods coming and going. */
export const STORE_ROLES: readonly Role[] = ['owner', 'manager', 'warehouse', 'station-keeper', 'machine'];
export const RECEIVING_ROLES: readonly Role[] = [...STORE_ROLES, 'purchaser'];
export const SELLING_ROLES: readonly Role[] = ['owner', 'manager', 'warehouse', 'purchaser', 'station-keeper', 'machine'];
export const SAMPLING_ROLES: readonly Role[] = ['owner', 'manager', 'warehouse', 'quality-head', 'lab-tester', 'machine'];
/** Those who may say that goods are gone, or that what was written is wrong. */
export const ANSWERABLE_ROLES: readonly Role[] = ['owner', 'manager', 'quality-head', 'machine'];

/** What the documentation of a form's route says. */
export interface FormRouteOptions {
  readonly path?: string;
  readonly roles: readonly Role[];
  /** As for `@LeavesEntries`. */
  readonly leaves: readonly string[];
  readonly zh: string;
  readonly en: string;
  readonly body: new () => FormBody;
  readonly example: Readonly<Record<string, unknown>>;
  /** The 409 it may answer. */
  readonly conflict?: 'overdrawn' | 'overdrawn, undecided' | 'received-more-than-shipped' | 'returned-more-than-sold';
}

/** A route by which a form is recorded: method, roles, the entries it leaves, and its documentation. */
export function FormRoute({ path = '', roles, leaves, zh, en, body, example, conflict }: FormRouteOptions): MethodDecorator {
  const conflicts = [...(conflict === undefined ? [] : [`${conflict}: the numbers stand in \`lines\`; send again with acceptOverdrawn${conflict.includes('undecided') ? ', or acceptUndecided,' : ''} and a reason`]), 'event-conflict: something else is stored under this eventID'];
  return applyDecorators(
    Post(path),
    Permit(...roles),
    LeavesEntries(...leaves),
    ApiOperation({ summary: `${zh} / ${en}` }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Bound by a success, for ever' }),
    ApiBody({ type: body, examples: { example: { value: example } } }),
    ApiCreatedResponse({ type: FormAnswer, description: 'Recorded' }),
    ApiOkResponse({ type: FormAnswer, description: 'The same form under the same eventID was recorded before' }),
    ApiConflictResponse({ description: conflicts.join('; ') }),
    ApiUnprocessableEntityResponse({ description: 'invalid, unknown-batch: every fault with its pointer' }),
  );
}
