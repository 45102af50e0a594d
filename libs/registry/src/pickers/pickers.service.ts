import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Entry, eraseBody, readEntries } from '@daodi/log';
import { invalid, notFound } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { Acts } from '../acts/acts.service';
import { type Draft, record } from '../acts/draft';
import { type Page, readPage } from '../input/page';
import { bodyOf } from '../projection/latest-state';
import type { Caller } from '../sign-in/caller';
import { forgetPickerNames, keepPickerName, pickerNames } from './picker-names';
import { findPicker, isPickerIdTaken, newPicker, type Picker } from './picker-records';
import type { ChangePickerDto, ErasePickerDto, NewPickerDto, PickerQuery } from './picker.dto';

/** A picker as its own organisation sees it; without a name once that was erased. */
export interface PickerView {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly phone?: string;
  readonly group?: string;
  readonly village?: string;
  readonly status: string;
}

/** Pickers 交售人 of an organisation. The log knows their ids; names lie beside it and can be erased. */
@Injectable()
export class PickersService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  add(caller: Caller, request: FastifyRequest, dto: NewPickerDto): Promise<ActAnswer> {
    const id = dto.id?.toLowerCase() ?? randomUUID();
    const { kind, village } = dto;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        if (await isPickerIdTaken(tx, id)) throw invalid([{ pointer: '/id', rule: 'id-used', detail: { zh: '该编号已使用', en: 'this id is in use' } }]);
        return [newPicker(id, dto)];
      },
      confirm: (tx) => keepPickerName(tx, caller.organisationId, id, dto),
      // Kept under the Idempotency-Key and not erasable there, so it does without the name.
      respond: () => ({ status: 201, location: `/api/v1/pickers/${id}`, body: { id, kind, village, status: 'active' } }),
    });
  }

  change(caller: Caller, request: FastifyRequest, pickerId: string, dto: ChangePickerDto): Promise<ActAnswer> {
    const id = uuidOf(pickerId);
    let state: Picker;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const old = await this.living(tx, caller, id);
        state = { kind: dto.kind ?? old.kind, village: dto.village ?? old.village, status: dto.status ?? old.status };
        return [record('picker', id as string, state.status === 'ended' ? 'ended' : 'changed', { old, new: state, why: dto.why })];
      },
      confirm: async (tx) => {
        const known = (await pickerNames(tx, caller.organisationId, [id as string])).get(id as string);
        const { name = known?.name, phone = known?.phone, group = known?.group } = dto;
        if (name !== undefined) await keepPickerName(tx, caller.organisationId, id as string, { name, phone, group });
      },
      respond: () => ({ status: 200, body: { id, ...state } }),
    });
  }

  /** Erases name, phone and group, and what the log says of the picker beyond its kind: one `erasure` per entry. Slips stay, of somebody unnamed. */
  erase(caller: Caller, request: FastifyRequest, pickerId: string, { why }: ErasePickerDto): Promise<ActAnswer> {
    const id = uuidOf(pickerId);
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        await this.living(tx, caller, id);
        const entries = await readEntries(tx, 'e.position IN (SELECT position FROM picker_entry WHERE picker_id = $1) ORDER BY e.position', [id]);
        return entries.map((entry) => erasureOf(entry, why));
      },
      confirm: async (tx, stored) => {
        for (const erasure of stored) await eraseBody(tx, BigInt(bodyOf(erasure).new.position as string), erasure.position);
        await forgetPickerNames(tx, [id as string]);
      },
      respond: (stored) => ({ status: 200, body: { id, status: 'erased', erased: stored.length } }),
    });
  }

  async get(caller: Caller, pickerId: string): Promise<PickerView> {
    const id = uuidOf(pickerId);
    const picker = id === undefined ? undefined : await findPicker(this.dataSource, caller.organisationId, id);
    if (id === undefined || picker === undefined) throw notFound();
    return { id, ...picker, ...(await pickerNames(this.dataSource, caller.organisationId, [id])).get(id) };
  }

  list(caller: Caller, { name, ...page }: PickerQuery): Promise<Page<PickerView>> {
    type Row = { since_position: string; id: string; state: Picker; name: string | null; phone: string | null; group_name: string | null };
    return readPage<Row, PickerView>(
      this.dataSource,
      `SELECT p.id, p.state, p.since_position, n.name, n.phone, n.group_name FROM picker p LEFT JOIN picker_name n ON n.picker_id = p.id
        WHERE p.organisation_id = $1 AND ($2::text IS NULL OR position($2 in n.name) > 0)`,
      [caller.organisationId, name ?? null],
      page,
      (row) => ({ id: row.id, ...row.state, name: row.name ?? undefined, phone: row.phone ?? undefined, group: row.group_name ?? undefined }),
    );
  }

  private async living(tx: EntityManager, caller: Caller, id: string | undefined): Promise<Picker> {
    const picker = id === undefined ? undefined : await findPicker(tx, caller.organisationId, id);
    if (picker === undefined || picker.status === 'erased') throw notFound();
    return picker;
  }
}

function erasureOf(entry: Entry, why: string): Draft {
  const { subject, change, new: { kind, status } } = bodyOf(entry);
  return record('erasure', subject, 'decided', { new: { of: 'picker', position: entry.position.toString(), kept: { subject, change, new: { kind, status } } }, why });
}
