import { Injectable } from '@nestjs/common';
import { type Caller, isDemo } from '@daodi/registry';
import { DataSource } from 'typeorm';
import type { BatchRecord } from './batch-record-answer';

/** What a paper calls people, herbs and the firm. */
export interface Words {
  readonly organisation: string;
  readonly isDemo: boolean;
  readonly person: (id: unknown) => string;
  readonly herb: (code: string | undefined) => string;
}

/** Looks up the names a batch record is printed with. People of the own organisation only: the paper stays in the house. */
@Injectable()
export class RecordWords {
  constructor(private readonly dataSource: DataSource) {}

  async of({ organisationId }: Caller, { entries, order, steps, products }: BatchRecord): Promise<Words> {
    const people: { id: string; name: string | null }[] = await this.dataSource.query(
      'SELECT id, name FROM person WHERE organisation_id = $1 AND id = ANY($2::uuid[])',
      [organisationId, [...entries.map(({ by }) => by), order.by].filter((id) => id !== undefined)],
    );
    const codes = [...steps.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]), ...products, ...(order.formula ?? [])].map(({ herb }) => herb);
    const herbs: { code: string; name: string }[] = await this.dataSource.query('SELECT code, name FROM herb WHERE code = ANY($1)', [codes.filter((code) => code !== undefined)]);
    const [firm] = await this.dataSource.query('SELECT name FROM organisation WHERE id = $1', [organisationId]);
    const [personNames, herbNames] = [new Map(people.map(({ id, name }) => [id, name ?? '（已删除）'])), new Map(herbs.map(({ code, name }) => [code, name]))];
    return {
      organisation: firm.name, isDemo: await isDemo(this.dataSource),
      person: (id) => (id === undefined ? '系统' : (personNames.get(String(id)) ?? '（不详）')),
      herb: (code) => (code === undefined ? '' : (herbNames.get(code) ?? code)),
    };
  }
}
