import type { Type } from '@nestjs/common';
import type { FormBody } from '../form/form-body';
import type { Form } from '../form/forms.service';
import { CreditSaleController, creditSaleForm } from './credit-sale.stage';
import { CreditsController } from './credits.controller';
import { ExchangeController, exchangeForm } from './exchange.stage';
import { GradingController, gradingForm } from './grading.stage';
import { MixtureController, mixtureForm } from './mixture.stage';
import { RepackingController, repackingForm } from './repacking.stage';
import { ReturnController, returnForm } from './return.stage';
import { SplitController, splitForm } from './split.stage';

/** The forms of a stall keeper: as little is typed as can be typed in half a minute, the rest follows from the book. */
export const TRADING_FORMS = [
  splitForm, mixtureForm, gradingForm, repackingForm, creditSaleForm, returnForm, exchangeForm,
] as unknown as readonly Form<FormBody>[];

export const TRADING_CONTROLLERS: readonly Type<unknown>[] = [
  SplitController, MixtureController, GradingController, RepackingController, CreditSaleController, CreditsController, ReturnController, ExchangeController,
];
