import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import { type Caller, type Page, pickerNames, readPage, uuidOf } from '@daodi/registry';
import { DataSource } from 'typeorm';
import { findHeap, findSlip } from './delivery-store';
import type { HeapQuery, SlipQuery } from './delivery-lists.dto';
import { inTwoUnits, slipView } from './slip-answer';
import type { HeapState, SlipState } from './slip-state';

interface SlipRow {
  readonly id: string;
  readonly state: SlipState;
  readonly heap_id: string | null;
  readonly written: object;
  readonly since_position: string;
}

/** Reads slips and heaps of the caller's organisation. Names of pickers are put to them here, and only here. */
@Injectable()
export class DeliveryLists {
  constructor(private readonly dataSource: DataSource) {}

  async slips(caller: Caller, query: SlipQuery): Promise<Page<object>> {
    const { day, from, to, picker, area, crop, site, heap, state, ...page } = query;
    const found = await readPage<SlipRow, SlipRow>(
      this.dataSource,
      `SELECT id, state, heap_id, written, since_position FROM slip
        WHERE organisation_id = $1 AND ($2::date IS NULL OR day = $2) AND ($3::date IS NULL OR day >= $3) AND ($4::date IS NULL OR day <= $4)
          AND ($5::uuid IS NULL OR picker_id = $5) AND ($6::uuid IS NULL OR land_id = $6) AND ($7::text IS NULL OR crop = $7)
          AND ($8::uuid IS NULL OR site_id = $8) AND ($9::uuid IS NULL OR heap_id = $9)
          AND ($10::text IS NULL OR $10 = CASE WHEN status = 'void' THEN 'void' WHEN heap_id IS NULL THEN 'open' ELSE 'closed' END
               OR ($10 = 'late' AND status = 'active' AND heap_id IS NULL AND state ? 'lateFor'))`,
      [caller.organisationId, day ?? null, from ?? null, to ?? null, picker ?? null, area ?? null, crop ?? null, site ?? null, heap ?? null, state ?? null],
      page,
      (row) => row,
    );
    const names = await pickerNames(this.dataSource, caller.organisationId, found.items.map((row) => row.state.picker));
    const items = found.items.map((row) => slipView({ ...row.state, id: row.id, heap: row.heap_id ?? undefined }, { pickerName: names.get(row.state.picker)?.name, written: row.written }));
    return { items, next: found.next };
  }

  /** One slip with all that was ever said of it. @throws Problem 404 where it is not the organisation's */
  async slip(caller: Caller, slipId: string): Promise<object> {
    const id = uuidOf(slipId);
    const slip = id === undefined ? undefined : await findSlip(this.dataSource, caller.organisationId, id);
    if (slip === undefined) throw notFound();
    const [{ written }] = await this.dataSource.query('SELECT written FROM slip WHERE id = $1', [id]);
    const versions: { state: SlipState; why: string | null; record_time: Date }[] = await this.dataSource.query(
      'SELECT state, why, record_time FROM slip_version WHERE slip_id = $1 ORDER BY position',
      [id],
    );
    const names = await pickerNames(this.dataSource, caller.organisationId, [slip.picker]);
    return {
      ...slipView(slip, { pickerName: names.get(slip.picker)?.name, written }),
      versions: versions.map(({ state, why, record_time }) => ({ ...state, why: why ?? undefined, recordTime: record_time.toISOString() })),
    };
  }

  heaps(caller: Caller, { day, ...page }: HeapQuery): Promise<Page<object>> {
    return readPage<{ id: string; state: HeapState; since_position: string }, object>(
      this.dataSource,
      'SELECT id, state, since_position FROM heap WHERE organisation_id = $1 AND ($2::date IS NULL OR day = $2)',
      [caller.organisationId, day ?? null],
      page,
      ({ id, state: { slips, ...heap } }) => ({ id, ...heap, slips: slips.length, arrived: inTwoUnits(heap.arrivedMg) }),
    );
  }

  /** @throws Problem 404 where it is not the organisation's */
  async heap(caller: Caller, heapId: string): Promise<object> {
    const id = uuidOf(heapId);
    const heap = id === undefined ? undefined : await findHeap(this.dataSource, caller.organisationId, id);
    if (heap === undefined) throw notFound();
    return { ...heap, arrived: inTwoUnits(heap.arrivedMg) };
  }

  /** What lies open at stations: slips that can be closed together, the oldest day first. */
  async openHeaps(caller: Caller, { day }: Pick<HeapQuery, 'day'>): Promise<{ readonly items: readonly object[] }> {
    const rows: { site: string | null; area: string | null; crop: string | null; herb: string; grade: string | null; day: string; slips: number; pickers: number; sacks: number; arrived_mg: string; late_for: string | null }[] =
      await this.dataSource.query(
        `SELECT s.site_id AS site, s.land_id AS area, s.crop, s.herb, s.grade, s.day::text AS day, count(*)::int AS slips, count(DISTINCT s.picker_id)::int AS pickers,
                COALESCE(sum(s.sacks), 0)::int AS sacks, sum(s.arrived_mg)::text AS arrived_mg, max(h.id::text) AS late_for
           FROM slip s LEFT JOIN heap h ON h.organisation_id = s.organisation_id AND h.status = 'closed' AND h.site_id IS NOT DISTINCT FROM s.site_id
                AND h.land_id IS NOT DISTINCT FROM s.land_id AND h.crop IS NOT DISTINCT FROM s.crop AND h.herb = s.herb AND h.grade IS NOT DISTINCT FROM s.grade AND h.day = s.day
          WHERE s.organisation_id = $1 AND s.status = 'active' AND s.heap_id IS NULL AND ($2::date IS NULL OR s.day = $2)
          GROUP BY 1, 2, 3, 4, 5, s.day ORDER BY s.day, 1, 2, 3, 4, 5`,
        [caller.organisationId, day ?? null],
      );
    return { items: rows.map(({ arrived_mg, late_for, site, area, crop, grade, ...row }) => ({
      site: site ?? undefined, area: area ?? undefined, crop: crop ?? undefined, grade: grade ?? undefined, ...row, arrived: inTwoUnits(arrived_mg),
      // Its slips came after it was closed: they are added to it, not closed again.
      lateFor: late_for ?? undefined,
    })) };
  }
}
