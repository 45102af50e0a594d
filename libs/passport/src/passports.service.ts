import { Inject, Injectable } from '@nestjs/common';
import { Installation } from '@daodi/platform';
import { DataSource, type EntityManager } from 'typeorm';
import type { Passport } from './domain/passport';
import { passportOf } from './domain/passport-of';
import { gatherFacts } from './facts/gather-facts';
import { QUALITY_SOURCE, type QualitySource } from './facts/quality-source';
import { dayInChina } from './domain/day-in-china';
import { findTarget, type PublicName, type Target } from './facts/target';
import { type Rests, restsOn } from './kept/rests-on';

/** A code that can be read. */
export type ReadableName = Exclude<PublicName, { readonly kind: 'malformed' }>;

/** What a code stands for, and its passport where it stands for a thing. */
export type Opened =
  | { readonly target: Exclude<Target, { readonly kind: 'thing' }>; readonly passport?: undefined; readonly rests?: undefined }
  | { readonly target: Extract<Target, { readonly kind: 'thing' }>; readonly passport: Passport; readonly rests?: Rests };

/** Looks codes up and makes passports, from one snapshot of what is on record. */
@Injectable()
export class Passports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly installation: Installation,
    @Inject(QUALITY_SOURCE) private readonly quality: QualitySource,
  ) {}

  /** Whether this is a demo, which every page says. */
  get isDemo(): boolean {
    return this.installation.isDemo;
  }

  /** What a code stands for. */
  find(name: ReadableName): Promise<Target> {
    return findTarget(this.dataSource, name);
  }

  /** What a code stands for, with everything the public is told of it, and what that rests on. */
  open(name: ReadableName, now: Date = new Date()): Promise<Opened> {
    return this.snapshot(async (db) => {
      const target = await findTarget(db, name);
      if (target.kind !== 'thing') return { target };
      const facts = await gatherFacts(db, target, this.quality, { isDemo: this.isDemo, today: dayInChina(now) });
      // Where nothing is on record yet, there is nothing an entry could be told by to bear on it.
      const rests = facts.lineage && (await restsOn(db, facts.lineage.ancestors.map(({ node }) => node)));
      return { target, passport: passportOf(facts), rests };
    });
  }

  /** An entry that commits while a page is being put together is in all of it or in none. */
  private snapshot<T>(read: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (db) => {
      await db.query('SET TRANSACTION READ ONLY');
      return read(db);
    });
  }
}
