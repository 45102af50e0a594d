import { Injectable } from '@nestjs/common';
import { isoTime } from '@daodi/log';
import { type Caller, siteUrn } from '@daodi/registry';
import { amountOut, type LineRole, type LineUnit, uomOf } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { Batches } from '../batches/batches.service';
import { withoutAbsent } from '../form/work';
import { cardSteps } from './card';
import { headedFor, placesOf } from './zones';

/** A card 货位卡: one batch at one place, or in the whole house. */
export interface Card {
  readonly batch: string;
  readonly code?: unknown;
  readonly herb?: unknown;
  readonly lotNumber?: unknown;
  readonly place?: string;
  readonly uom?: string;
  readonly balance: number | string;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

interface Row {
  readonly role: LineRole;
  readonly moved: string;
  readonly unit: LineUnit;
  readonly site: string | null;
  readonly from_site: string | null;
  readonly event_id: string;
  readonly at: string;
  readonly kind: string | null;
  readonly reason: string | null;
  readonly roles: string[] | null;
}

/** Order of lines of one instant: what comes in before what goes out, as in the book. */
const RANK = `CASE l.role WHEN 'origin' THEN 0 WHEN 'take-in' THEN 0 WHEN 'output' THEN 0 WHEN 'gain' THEN 0 WHEN 'ship' THEN 1 WHEN 'receive' THEN 2 WHEN 'reject' THEN 2 WHEN 'short' THEN 2 ELSE 3 END`;

/** Makes cards from what stands on record of a batch in its keeper's own hand. */
@Injectable()
export class Cards {
  constructor(
    private readonly dataSource: DataSource,
    private readonly batches: Batches,
  ) {}

  /** @param site a site or zone (uuid); absent: the whole house @throws Problem 404 where the caller neither made nor had the batch */
  async card(caller: Caller, reference: string, site?: string): Promise<Card> {
    const { uri, code, herb, lotNumber } = await this.batches.get(caller, reference);
    const place = site === undefined ? undefined : siteUrn(site.toLowerCase());
    const rows = await this.rows(caller.organisationId, String(uri));
    const steps = cardSteps(rows.map(({ role, moved, site: at, from_site }) => ({ role, moved: BigInt(moved), place: at ?? '', from: from_site ?? undefined })), place);
    const unit = rows[0]?.unit ?? 'mg';
    const out = (amount: bigint) => amountOut(amount, unit);
    const names = await placesOf(this.dataSource, rows.flatMap(({ site: at, from_site }) => [at ?? '', from_site ?? '']));
    const nameOf = (urn: string | null) => (urn === null ? undefined : (names.get(headedFor(urn) ?? urn)?.name ?? urn));
    const lines = rows.flatMap((row, i) => {
      const step = steps[i];
      if (step === undefined || (step.in === 0n && step.out === 0n && row.role !== 'observe' && place !== undefined)) return [];
      return [withoutAbsent({
        at: row.at, what: row.kind ?? row.role, in: step.in === 0n ? undefined : out(step.in), out: step.out === 0n ? undefined : out(step.out), balance: out(step.balance),
        place: nameOf(row.site), from: nameOf(row.from_site), reason: row.reason ?? undefined, document: row.event_id, by: row.roles ?? undefined,
      })];
    });
    return withoutAbsent({ batch: uri, code, herb, lotNumber, place, uom: uomOf(unit), balance: out(steps.at(-1)?.balance ?? 0n), lines }) as unknown as Card;
  }

  /** What a card's place is called; undefined where it is of the whole house. */
  async placeName({ place }: Card): Promise<string | undefined> {
    return place === undefined ? undefined : ((await placesOf(this.dataSource, [place])).get(place)?.name ?? place);
  }

  /** What a card's herb is called in Chinese; as it is written where the catalogue does not know it. */
  async herbName({ herb }: Card): Promise<string | undefined> {
    if (typeof herb !== 'string') return undefined;
    const [row]: { name: string }[] = await this.dataSource.query('SELECT name FROM herb WHERE code = $1', [herb]);
    return row?.name ?? herb;
  }

  /** Who: the roles of the person or key, never a name. */
  private rows(organisationId: string, uri: string): Promise<Row[]> {
    return this.dataSource.query(
      `SELECT l.role, l.moved, l.unit, l.site, l.from_site, l.event_id, ${isoTime('l.event_time')} AS at, c.kind, c.reason, COALESCE(p.roles, k.roles) AS roles
         FROM batch b JOIN line l ON l.identifier = b.identifier JOIN entry e ON e.position = l.position
         LEFT JOIN LATERAL (SELECT c.kind, c.reason FROM stock_count c WHERE c.position = l.position AND c.uri = b.uri LIMIT 1) c ON true
         LEFT JOIN person p ON e.actor_kind = 'person' AND p.id = e.actor_id LEFT JOIN api_key k ON e.actor_kind = 'key' AND k.id = e.actor_id
        WHERE b.uri = $2 AND l.org = $1 AND l.held AND NOT l.void AND l.moved IS NOT NULL AND l.moved > 0
        ORDER BY l.event_time, ${RANK}, l.tie, l.ordinal, l.path`,
      [organisationId, uri],
    );
  }
}
