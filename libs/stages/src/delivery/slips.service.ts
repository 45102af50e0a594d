import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@daodi/epcis';
import { type Entry, refuseConflicts } from '@daodi/log';
import { invalid, notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, record, uuidOf } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { under } from '../correction/corrections.service';
import { Forms } from '../form/forms.service';
import { Work } from '../form/work';
import { composeSlip } from './compose-slip';
import { findSlip, isSlipIdTaken } from './delivery-store';
import { Heaps } from './heaps.service';
import type { SlipCorrectionDto, SlipDto } from './slip.dto';
import { slipAnswer } from './slip-answer';
import { pickerOf, type SlipPicker } from './slip-picker';
import type { Slip, SlipState } from './slip-state';

/** Writes slips down and corrects them; what a heap was told from its slips is told anew in the same act. */
@Injectable()
export class Slips {
  constructor(
    private readonly acts: Acts,
    private readonly forms: Forms,
    private readonly heaps: Heaps,
  ) {}

  /** @throws Problem 422 with every fault; 409 where another slip stands under the id */
  record(caller: Caller, request: FastifyRequest, dto: SlipDto): Promise<ActAnswer> {
    const id = dto.id?.toLowerCase() ?? randomUUID();
    let picker: SlipPicker | undefined;
    let slip: SlipState;
    let isRepeated = false;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const known = dto.id === undefined ? undefined : await findSlip(tx, caller.organisationId, id);
        if (known === undefined && dto.id !== undefined && (await isSlipIdTaken(tx, id))) throw invalid([ID_USED]);
        const read = await this.read(tx, caller, dto);
        if (known === undefined) {
          ({ picker, slip } = read);
          return [...read.picker.drafts, record('slip', id, 'created', { new: { ...slip } })];
        }
        await refuseOther(tx, id, read.slip, dto.newPicker !== undefined);
        isRepeated = true;
        slip = known;
        return [];
      },
      confirm: async (tx) => picker?.keep(tx),
      respond: () => ({ status: isRepeated ? 200 : 201, location: `/api/v1/slips/${id}`, body: slipAnswer(id, slip) }),
    });
  }

  /** Corrects a slip, or makes it void. @throws Problem 404 where it is not the organisation's; 409 where it is void; 422 */
  correct(caller: Caller, request: FastifyRequest, slipId: string, { reason, replacement }: SlipCorrectionDto): Promise<ActAnswer> {
    const id = uuidOf(slipId);
    let picker: SlipPicker | undefined;
    let slip: SlipState;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const old = id === undefined ? undefined : await findSlip(tx, caller.organisationId, id);
        if (id === undefined || old === undefined) throw notFound();
        if (old.status === 'void') throw new Problem(409, 'slip-void', { zh: '该过磅单已作废', en: 'This slip is void' });
        const read = replacement === undefined ? undefined : await under('/replacement', () => this.read(tx, caller, replacement, old));
        const { id: _, heap: __, ...before } = old;
        picker = read?.picker;
        slip = read?.slip ?? { ...before, status: 'void' };
        const change = record('slip', id, replacement === undefined ? 'ended' : 'changed', { old: { ...before }, new: { ...slip }, why: reason });
        return [...(picker?.drafts ?? []), change, ...(await this.heaps.afterCorrection(tx, caller, old, slip, reason))];
      },
      confirm: async (tx) => picker?.keep(tx),
      respond: (stored, outcomes) => {
        refuseConflicts(outcomes);
        return { status: 201, location: `/api/v1/slips/${id}`, body: slipAnswer(id as string, slip, { eventIDs: eventsOf(stored) }) };
      },
    });
  }

  private async read(tx: EntityManager, caller: Caller, dto: SlipDto, old?: Slip): Promise<{ readonly picker: SlipPicker; readonly slip: SlipState }> {
    const work = new Work(tx, caller, this.forms.means(), { name: 'slip', input: dto });
    const picker = await pickerOf(work, dto);
    const slip = await composeSlip(work, dto, picker.id, old);
    work.refuseFaults();
    return { picker, slip: slip as SlipState };
  }
}

/** Events of an act that are no declarations. */
export const eventsOf = (stored: readonly Pick<Entry, 'kind' | 'declaration' | 'eventId'>[]): string[] =>
  stored.flatMap(({ kind, declaration, eventId }) => (kind === 'event' && declaration !== true ? [eventId as string] : []));

const ID_USED = { pointer: '/id', rule: 'id-used', detail: { zh: '该编号已使用', en: 'this id is in use' } };

/** The same slip sent again is the same; another under its id is refused. What was known of scales and heaps then plays no part. */
async function refuseOther(tx: EntityManager, id: string, slip: SlipState, hasNewPicker: boolean): Promise<void> {
  const [first]: { state: SlipState }[] = await tx.query('SELECT state FROM slip_version WHERE slip_id = $1 ORDER BY position LIMIT 1', [id]);
  const typed = ({ notes: _, lateFor: __, picker, ...rest }: SlipState): string => canonicalJson({ ...rest, picker: hasNewPicker ? null : picker });
  if (first !== undefined && typed(JSON.parse(JSON.stringify(slip)) as SlipState) === typed(first.state)) return;
  throw new Problem(409, 'slip-conflict', { zh: '此编号下已有不同内容的过磅单，先到者有效', en: 'Another slip is stored under this id; the first stays' });
}
