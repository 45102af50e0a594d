import type { AuthenticArea } from '@daodi/herbal';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { type Page, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import type { HerbQuery, KeepHerbDto } from './herb.dto';

/** A herb of the catalogue. What is not verified judges nothing; it is shown with its source. */
export interface Herb {
  readonly code: string;
  /** 中文. */
  readonly name: string;
  readonly pinyin: string;
  /** Latin name of the drug (药材), not of the plant. */
  readonly latin: string;
  /** 药用部位. */
  readonly part: string;
  /** Grades with limits of their own, such as 青翘 and 老翘. */
  readonly grades: readonly string[];
  /** 基原: the species accepted as this herb. Absent where none is on record, which is not the same as none being accepted. */
  readonly species?: readonly HerbSpecies[];
  /** In what forms it is traded, each 饮片 by its name. */
  readonly forms?: readonly HerbForm[];
  /** 道地产区: where it is known to come from in its authentic quality. Absent where no list says so. */
  readonly areas?: readonly AuthenticArea[];
  readonly verified: boolean;
  readonly source: string;
}

/** A species a herb may be of. */
export interface HerbSpecies {
  readonly name: string;
  /** Name of the plant, with its authors. */
  readonly latin: string;
  readonly verified: boolean;
  readonly source: string;
}

/** A form a herb is in. */
export interface HerbForm {
  /** A word of products: `fresh`, `herb`, `decoction-piece`, … */
  readonly form: string;
  /** 饮片 name with its processing: `醋北柴胡`. */
  readonly piece?: string;
  readonly verified: boolean;
  readonly source: string;
}

const COLUMNS = `code, name, pinyin, latin, part, grades, state -> 'species' AS species, state -> 'forms' AS forms, state -> 'areas' AS areas, verified, source`;

const herbOf = ({ species, forms, areas, ...herb }: Herb): Herb => ({ ...herb, ...(species != null && { species }), ...(forms != null && { forms }), ...(areas != null && { areas }) });

/** A herb by its code, if the catalogue has it. */
export async function findHerb(db: Pick<EntityManager, 'query'>, code: string): Promise<Herb | undefined> {
  const [row] = await db.query(`SELECT ${COLUMNS} FROM herb WHERE code = $1`, [code]);
  return row && herbOf(row);
}

/** The platform's herbs: the operator keeps them, everybody reads them. */
@Injectable()
export class HerbsService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  /** Adds a herb, or says anew what is known of one. */
  keep(caller: Caller, request: FastifyRequest, dto: KeepHerbDto): Promise<ActAnswer> {
    const { code, ...rest } = dto;
    const state = { ...rest, grades: rest.grades ?? [] };
    let isNew = true;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const known = await findHerb(tx, code);
        isNew = known === undefined;
        if (known === undefined) return [record('herb', code, 'created', { new: state })];
        const { code: _, ...old } = known;
        return [record('herb', code, 'changed', { old, new: state })];
      },
      respond: () => ({ status: isNew ? 201 : 200, location: `/api/v1/herbs/${code}`, body: { code, ...state } }),
    });
  }

  list({ search, ...page }: HerbQuery): Promise<Page<Herb>> {
    return readPage<Herb & { since_position: string }, Herb>(
      this.dataSource,
      // position() and not LIKE: what was typed is text, not a pattern.
      `SELECT ${COLUMNS}, since_position FROM herb
        WHERE $1 = '' OR position(lower($1) IN lower(name)) > 0 OR position(lower($1) IN lower(pinyin)) > 0 OR position(lower($1) IN lower(latin)) > 0`,
      [search ?? ''],
      page,
      ({ since_position: _, ...herb }) => herbOf(herb),
    );
  }
}
