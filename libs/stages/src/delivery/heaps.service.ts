import { Injectable } from '@nestjs/common';
import { refuseConflicts } from '@daodi/log';
import { invalid, notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, type Draft, record, uuidOf } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Corrections } from '../correction/corrections.service';
import { answerOf } from '../form/answer';
import { findOwnEvent } from '../form/own-event';
import { findHeap, findOpenSlips, findSlipsOfHeap, type Heap } from './delivery-store';
import { heapForm, HeapForm, stateOf } from './heap.stage';
import type { LateSlipsDto } from './late-slips.dto';
import { isSameHeap, type Slip, type SlipState } from './slip-state';

/** Heaps after they were closed: late slips go in, corrected ones change them, always by telling the closing anew. */
@Injectable()
export class Heaps {
  constructor(
    private readonly acts: Acts,
    private readonly corrections: Corrections,
  ) {}

  /** Adds slips that came late to the heap they belong to. @throws Problem 404; 409 where it is dissolved; 422 */
  addLate(caller: Caller, request: FastifyRequest, heapId: string, { slips: wanted, reason }: LateSlipsDto): Promise<ActAnswer> {
    const id = uuidOf(heapId);
    let heap: Heap | undefined;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        heap = id === undefined ? undefined : await findHeap(tx, caller.organisationId, id);
        if (heap === undefined) throw notFound();
        if (heap.status !== 'closed') throw new Problem(409, 'heap-dissolved', { zh: '该堆已解散', en: 'This heap was dissolved' });
        const open = await findOpenSlips(tx, caller.organisationId, heap);
        const added = chosen(open, wanted);
        return this.retell(tx, caller, heap, [...(await findSlipsOfHeap(tx, heap.id)), ...added], reason);
      },
      respond: (stored, outcomes) => {
        refuseConflicts(outcomes);
        const { body } = answerOf(stored, 201);
        return { status: 201, location: `/api/v1/heaps/${id}`, body: { ...(body as object), heap: id, batch: heap?.batch } };
      },
    });
  }

  /** What must be written beside a slip's correction so that the heap it was closed into says the truth; nothing where it was open. */
  async afterCorrection(tx: EntityManager, caller: Caller, old: Slip, slip: SlipState, reason: string): Promise<Draft[]> {
    const heap = old.heap === undefined ? undefined : await findHeap(tx, caller.organisationId, old.heap);
    if (heap === undefined) return [];
    const others = (await findSlipsOfHeap(tx, heap.id)).filter(({ id }) => id !== old.id);
    const stays = slip.status === 'active' && isSameHeap(heap, slip);
    const slips = stays ? [...others, { ...slip, id: old.id, heap: heap.id }] : others;
    if (slips.length > 0) return this.retell(tx, caller, heap, slips, reason);
    // Nothing of it is left: the batch never was.
    const dissolved = record('heap', heap.id, 'ended', { old: stateOf(heap), new: { ...stateOf(heap), status: 'dissolved' }, why: reason });
    return [dissolved, ...(await this.corrections.redo(tx, caller, heap.eventID, reason))];
  }

  /** Declares the closing in error and puts one with these slips in its place, under the same batch code. */
  private async retell(tx: EntityManager, caller: Caller, heap: Heap, slips: readonly Slip[], reason: string): Promise<Draft[]> {
    const body = await bodyOf(tx, caller, heap);
    return this.corrections.redo(tx, caller, heap.eventID, reason, { form: heapForm(slips), body });
  }
}

/** The slips to add: those named, which must be open and of this heap; else all that are. */
function chosen(open: readonly Slip[], wanted: readonly string[] | undefined): Slip[] {
  const byId = new Map(open.map((slip) => [slip.id, slip]));
  const faults = (wanted ?? []).flatMap((id, i) => (byId.has(id.toLowerCase()) ? [] : [{ pointer: `/slips/${i}`, rule: 'not-open', detail: { zh: '没有这张未封堆的过磅单，或它不属于这一堆', en: 'there is no such open slip, or it is not of this heap' } }]));
  if (wanted === undefined && open.length === 0) faults.push({ pointer: '', rule: 'no-open-slips', detail: { zh: '这一堆没有迟到的过磅单', en: 'no slip of this heap came late' } });
  if (faults.length > 0) throw invalid(faults);
  // An id in capitals and in small letters is one slip: it goes in once.
  return wanted === undefined ? [...open] : [...new Set(wanted.map((id) => id.toLowerCase()))].flatMap((id) => byId.get(id) ?? []);
}

/** The closing's form as it was filled in; after another system told the closing anew, as the heap knows it. */
async function bodyOf(tx: EntityManager, caller: Caller, heap: Heap): Promise<HeapForm> {
  const { body } = await findOwnEvent(tx, caller, heap.eventID);
  const typed = body['daodi:typed'] as { readonly input: HeapForm } | undefined;
  const { site, area, crop, herb, grade, day } = heap;
  const known = { eventTime: body['eventTime'] as string, site, area, crop: crop ?? (body['inputEPCList'] as string[] | undefined)?.[0], herb, grade, day };
  const { eventID: _, ...input }: Partial<HeapForm> = typed?.input ?? known;
  return Object.assign(new HeapForm(), input);
}
