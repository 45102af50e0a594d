import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { uuidOf } from '../acts/act-headers';
import { type Page, type PageQuery, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { judgeCompleteness, judgeLimit, type JudgedLimit } from './confirmation-state';
import { byVersion, type ConfirmationRow, loadStandards, READABLE_STANDARD, standardsFor, versionOf } from './load-standards';
import type { BindingQuery, StandardQuery } from './standard.dto';
import { everInForce, type StandardsOnDay, type StandardVersion } from './standards-on';

type Row = Parameters<typeof versionOf>[0] & { readonly since_position: string };

/** A version without its limits. */
export type StandardHead = Omit<StandardVersion, 'limits'> & { readonly limitCount: number };

/** A version with how each limit stands for the reader's organisation. */
export type StandardRead = Omit<StandardVersion, 'limits'> & {
  readonly limits: readonly (StandardVersion['limits'][number] & Omit<JudgedLimit, 'limit'>)[];
  /** Last day on which it holds, as far as known today. */
  readonly holdsTo?: string;
  /** False where it was withdrawn, or a correction took its place: it binds nothing. */
  readonly holds: boolean;
  readonly missingPages: readonly MissingPage[];
  /** Whether two people found that the source demands nothing beyond these limits. */
  readonly completeness: Completeness;
};

type Completeness = ReturnType<typeof judgeCompleteness>;

/** Limits of one page that nobody, or only one person, has confirmed yet, or that were read differently. */
export interface MissingPage {
  /** Page of the source as the library has it; absent where it does not say. */
  readonly page?: string;
  readonly limits: readonly { readonly id: string; readonly item: string; readonly state: JudgedLimit['state']; readonly confirmedBy: readonly string[] }[];
}

/** A standard of which pages have to be confirmed before it can judge. */
export interface StandardMissing {
  readonly id: string;
  readonly name: string;
  readonly edition?: string;
  readonly family: string;
  readonly herb?: string;
  /** Whether the organisation holds goods to it by its own word. */
  readonly bound: boolean;
  readonly missingPages: readonly MissingPage[];
  readonly completeness: Completeness;
}

/** Reads the library as one organisation sees it. */
@Injectable()
export class StandardReads {
  constructor(private readonly dataSource: DataSource) {}

  async list(caller: Caller, { family, herb, form, grade, day, search, ...page }: StandardQuery): Promise<Page<StandardHead>> {
    return readPage<Row & { limit_count: number }, StandardHead>(
      this.dataSource,
      `SELECT id, organisation_id, status, state - 'limits' AS state, jsonb_array_length(state -> 'limits') AS limit_count, since_position FROM standard s
        WHERE ${READABLE_STANDARD(1)} AND ($2::text IS NULL OR family = $2) AND ($3::text IS NULL OR herb = $3) AND ($4::text IS NULL OR state ->> 'form' = $4)
          AND ($5::text IS NULL OR coalesce(state ->> 'grade', $5) = $5) AND ($6::uuid[] IS NULL OR id = ANY($6))
          AND ($7 = '' OR position(lower($7) IN lower(concat_ws(' ', name, state ->> 'number', state ->> 'edition'))) > 0)`,
      [caller.organisationId, family ?? null, herb ?? null, form ?? null, grade ?? null, day === undefined ? null : await this.inForceOn(caller, day), search ?? ''],
      page,
      ({ limit_count, ...row }) => ({ ...headOf(versionOf(row)), limitCount: limit_count }),
    );
  }

  /** @throws Problem 404 where the caller's organisation may not read it */
  async get(caller: Caller, id: string): Promise<StandardRead> {
    const version = await this.find(caller, id);
    const family = await this.versionsOf(caller, version.standardId);
    const held = everInForce(family).find((one) => one.version.id === version.id);
    const rows: ConfirmationRow[] = await this.dataSource.query(
      'SELECT id, organisation_id, status, version_id, person_id, state FROM standard_confirmation WHERE version_id = $1 AND organisation_id = $2 ORDER BY since_position',
      [version.id, caller.organisationId],
    );
    const confirmations = byVersion(rows).get(version.id) ?? [];
    const judged = version.limits.map((limit) => judgeLimit(limit, confirmations));
    const { limits: _, ...head } = version;
    return {
      ...head, limits: judged.map(({ limit, ...state }) => ({ ...limit, ...state })), ...(held?.to !== undefined && { holdsTo: held.to }), holds: held !== undefined, missingPages: missingOf(judged),
      completeness: judgeCompleteness(confirmations),
    };
  }

  /** All versions of a standard the caller may read, the first one first. */
  async versions(caller: Caller, id: string): Promise<{ readonly items: readonly StandardHead[] }> {
    const { standardId } = await this.find(caller, id);
    const versions = await this.versionsOf(caller, standardId);
    return { items: versions.map((version) => ({ ...headOf(version), limitCount: version.limits.length })) };
  }

  /** Which standards bind goods of the caller's organisation that were made on a day. */
  bindingOn(caller: Caller, { day, ...goods }: BindingQuery): Promise<StandardsOnDay> {
    return standardsFor(this.dataSource, caller.organisationId, goods, day);
  }

  /** Standards in force on a day of which limits are not confirmed by two people of the caller's organisation; those it bound itself to first. */
  async missing(caller: Caller, { herb, day }: { readonly herb?: string; readonly day: string }): Promise<{ readonly items: readonly StandardMissing[] }> {
    const record = (await loadStandards(this.dataSource, [caller.organisationId], herb === undefined ? undefined : [herb])).get(caller.organisationId);
    if (record === undefined) return { items: [] };
    const bound = new Set(record.bindings.filter(({ ended }) => !ended).map(({ pinned, standardId }) => pinned ?? standardId));
    const items = everInForce(record.versions).filter(({ version, to }) => version.effectiveFrom <= day && (to === undefined || day <= to)).flatMap(({ version }): StandardMissing[] => {
      const confirmations = record.confirmations.get(version.id) ?? [];
      const [missingPages, completeness] = [missingOf(version.limits.map((limit) => judgeLimit(limit, confirmations))), judgeCompleteness(confirmations)];
      const { id, standardId, name, edition, family } = version;
      const isBound = bound.has(id) || bound.has(standardId);
      return missingPages.length === 0 && completeness.state === 'confirmed' ? [] : [{ id, name, ...(edition !== undefined && { edition }), family, ...(version.herb !== undefined && { herb: version.herb }), bound: isBound, missingPages, completeness }];
    });
    return { items: [...items].sort((a, b) => Number(b.bound) - Number(a.bound)) };
  }

  private async find(caller: Caller, id: string): Promise<StandardVersion> {
    const uuid = uuidOf(id);
    const [row] = uuid === undefined ? [] : await this.dataSource.query(
      `SELECT id, organisation_id, status, state FROM standard s WHERE id = $2 AND ${READABLE_STANDARD(1)}`, [caller.organisationId, uuid],
    );
    if (row === undefined) throw notFound();
    return versionOf(row);
  }

  private async versionsOf(caller: Caller, standardId: string): Promise<StandardVersion[]> {
    const rows: Row[] = await this.dataSource.query(
      `SELECT id, organisation_id, status, state FROM standard s WHERE standard_id = $2 AND ${READABLE_STANDARD(1)} ORDER BY version`, [caller.organisationId, standardId],
    );
    return rows.map(versionOf);
  }

  private async inForceOn(caller: Caller, day: string): Promise<string[]> {
    const rows: Row[] = await this.dataSource.query(
      `SELECT id, organisation_id, status, state - 'limits' AS state FROM standard s WHERE ${READABLE_STANDARD(1)}`, [caller.organisationId],
    );
    return everInForce(rows.map(versionOf)).filter(({ version, to }) => version.effectiveFrom <= day && (to === undefined || day <= to)).map(({ version }) => version.id);
  }
}

function headOf({ limits: _, ...head }: StandardVersion): Omit<StandardVersion, 'limits'> {
  return head;
}

function missingOf(judged: readonly JudgedLimit[]): MissingPage[] {
  const pages = new Map<string | undefined, MissingPage['limits'][number][]>();
  for (const { limit, state, confirmedBy } of judged) {
    if (state === 'confirmed') continue;
    pages.set(limit.page, [...(pages.get(limit.page) ?? []), { id: limit.id, item: limit.item, state, confirmedBy }]);
  }
  return [...pages].map(([page, limits]) => ({ ...(page !== undefined && { page }), limits }));
}
