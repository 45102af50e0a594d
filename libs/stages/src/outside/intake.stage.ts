import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, organisationUrn } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { FormRoute, RECEIVING_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { issue } from '../form/issue';
import { fromTo } from '../form/parties';
import { atSite, checkHerb } from '../form/places';
import { quantityElement } from '../form/units';
import { weighingMembers } from '../form/weighing';
import { withoutAbsent, type Work } from '../form/work';
import { IntakeForm, type Means } from './intake.dto';
import { checkFiles } from './papers';
import { rememberSupplierLot } from './supplier-lot';
import { findSeller } from './seller';

/** What somebody does who takes goods in, in the words of the CBV. */
const STEP_OF: Readonly<Record<Means, string>> = {
  'opening-stock': 'stock_taking', purchase: 'receiving', 'other-province': 'receiving', import: 'receiving', 'wild-collection': 'collecting',
};

/**
 * Goods from outside become a `batch` record whose origin is declared, and one ObjectEvent OBSERVE with `daodi:intake`:
 * they were there before anything on record, so nothing comes to be. Who sold it, where that is a person, and what it
 * cost stand in no log.
 */
export const intakeForm: Form<IntakeForm> = {
  name: 'intake',
  body: IntakeForm,
  apart: ['price', 'seller.person'],
  async compose(work, body) {
    await checkHerb(work, body.herb, '/herb');
    const measured = work.measured(body, '');
    if (body.year !== undefined && body.year > Number(body.eventTime.slice(0, 4))) {
      work.fault('/year', 'year-future', '采收年份晚于到货年份', 'it cannot have been harvested after it came in');
    }
    const packages = packagesOf(work, body);
    const papers = await checkFiles(work, body.papers);
    const seller = await findSeller(work, body.seller);
    const { herb, grade, form, lotNumber, means, year } = body;
    const place = body.origin && withoutAbsent({ regionCode: body.origin.regionCode, text: body.origin.text });
    const { code, uri } = await issue(work, {
      kind: 'batch', code: body.code, pointer: '/code',
      facts: { herb, grade, form, lotNumber, role: 'product', origin: withoutAbsent({ kind: 'declared', means, place, year }) },
    });
    await rememberSupplierLot(work, { code, uri }, body.supplierLot);
    const weighing = await weighingMembers(work, [{ typed: body, measured, uri, pointer: '' }]);
    if (measured === undefined) return;
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: STEP_OF[means],
      disposition: 'in_progress',
      quantityList: [quantityElement(uri, measured)],
      ...(await atSite(work, body.site)),
      ...(seller && fromTo(seller.uri, organisationUrn(work.caller.organisationCode))),
      'daodi:intake': withoutAbsent({
        means, herb, grade, place, year, packages, seller: seller?.organisation, papers,
        quarantineNumber: body.quarantineNumber, permit: body.permit && withoutAbsent({ ...body.permit }), supplierLot: body.supplierLot,
      }),
      ...weighing,
    });
  },
};

/** What the packages are said to hold, beside what the scale said; the book runs on the scale. */
function packagesOf(work: Work, { packages }: IntakeForm) {
  if (packages === undefined) return undefined;
  const eachKg = work.exact(packages.eachKg, '/packages/eachKg');
  const oddKg = packages.oddKg === undefined ? undefined : work.exact(packages.oddKg, '/packages/oddKg');
  return withoutAbsent({ count: packages.count, eachKg, oddKg });
}

/** Goods from outside. */
@ApiTags('stages')
@Controller('api/v1/intakes')
export class IntakeController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: RECEIVING_ROLES,
    leaves: ['record:batch*', 'record:alias*', 'event:ObjectEvent'],
    zh: '登记外购来货：期初库存、外购、外省调入、进口、野生采集',
    en: 'Record goods from outside: opening stock, purchase, other provinces, import, wild collection',
    body: IntakeForm,
    example: {
      eventTime: '2026-09-01T10:00:00+08:00', means: 'purchase', herb: 'lianqiao', quantity: '1012.5', unit: 'kg', grade: '青翘', form: 'dried',
      origin: { regionCode: '621100', text: '甘肃定西' }, year: 2025, packages: { count: 20, eachKg: '50', oddKg: '12.5' },
      seller: { person: '张某 138****0000' }, papers: [{ kind: 'origin', number: 'CD-2026-0815' }], supplierLot: 'GS-2025-118', price: { amount: '168', per: 'per-kg' },
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: IntakeForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, intakeForm, body);
  }
}
