import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import { type Caller, dayInChina } from '@daodi/registry';
import { readBatchCode } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { earliestHarvestOf } from './earliest-harvest';
import type { InputUsesQuery } from './input-uses.dto';
import { judgeRecorded, loadInputBasis, loadUses } from './load-uses';

interface CropRow {
  readonly identifier: string;
  readonly code: string;
  readonly herb: string | null;
  readonly plots: string[] | null;
}

/** What was used on a crop of the caller's, how each use stands, and from when may be harvested. */
@Injectable()
export class InputUses {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Problem 404 where it is no crop of the caller's */
  async ofCrop({ organisationId }: Caller, reference: string, { product, day = dayInChina(new Date()) }: InputUsesQuery): Promise<object> {
    const code = readBatchCode(reference);
    const [crop]: CropRow[] = code === undefined ? [] : await this.dataSource.query(
      `SELECT identifier, code, herb, attributes -> 'plots' AS plots FROM batch WHERE code = $1 AND organisation_id = $2 AND kind = 'crop'`,
      [code, organisationId],
    );
    if (crop === undefined) throw notFound();
    const uses = (await loadUses(this.dataSource, [crop.identifier])).filter(({ organisation }) => organisation === organisationId);
    const wanted = product === undefined ? undefined : await this.ifUsed(organisationId, product.toLowerCase(), crop.herb ?? undefined, day);
    return {
      crop: crop.code,
      ...earliestHarvestOf(uses),
      plots: (crop.plots ?? []).map((plot) => ({ plot, ...earliestHarvestOf(uses, plot) })),
      ...(wanted && { ifUsed: wanted }),
      uses: uses.map(({ crop: _c, organisation: _o, position: _p, eventId, name, ...use }) => ({ eventID: eventId, input: name, ...use })),
    };
  }

  /** How a use would stand before it is saved. */
  private async ifUsed(organisationId: string, id: string, herb: string | undefined, day: string): Promise<object> {
    const basis = (await loadInputBasis(this.dataSource, [organisationId])).get(organisationId);
    const product = basis?.products.get(id);
    if (product === undefined) throw notFound();
    return { product: id, day, ...judgeRecorded({ name: product.name, product: id }, { day, herb, work: 'plant-protection' }, basis) };
  }
}
