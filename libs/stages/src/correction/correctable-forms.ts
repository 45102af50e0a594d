import type { Entry } from '@daodi/log';
import { aggregationForm } from '../aggregation.stage';
import { cropForm } from '../crop.stage';
import { heapForm } from '../delivery/heap.stage';
import { destructionForm } from '../destruction.stage';
import { fieldWorkForm } from '../field-work.stage';
import type { FormBody } from '../form/form-body';
import type { Form } from '../form/forms.service';
import { harvestForm } from '../harvest.stage';
import { intakeForm } from '../outside/intake.stage';
import { packingForm } from '../packing.stage';
import { processingForm } from '../processing.stage';
import { accessionForm } from '../propagation/accession.stage';
import { cropEndForm } from '../propagation/crop-end.stage';
import { plantingForm } from '../propagation/planting.stage';
import { propagationForm } from '../propagation/propagation.stage';
import { propaguleCheckForm } from '../propagation/propagule-check.stage';
import { receiptForm } from '../receipt.stage';
import { saleForm } from '../sale.stage';
import { sampleForm } from '../sample.stage';
import { shipmentForm } from '../shipment.stage';
import { shipmentVoidForm } from '../shipment-void.stage';
import { STOCK_FORMS } from '../stock';
import { stockTakeForm } from '../stock-take.stage';
import { storageForm } from '../storage.stage';
import { TRADING_FORMS } from '../trading/trading-forms';

type AnyForm = Form<never> & { readonly body: new () => FormBody };

const FORMS: ReadonlyMap<string, AnyForm> = new Map(
  [
    intakeForm,
    accessionForm, propagationForm, propaguleCheckForm, plantingForm, cropEndForm,
    aggregationForm, cropForm, destructionForm, fieldWorkForm, harvestForm, heapForm(), packingForm, processingForm, receiptForm, saleForm, sampleForm,
    shipmentForm, stockTakeForm, storageForm, ...STOCK_FORMS, ...TRADING_FORMS,
  ].map((form) => [form.name, form as AnyForm]),
);

/** The form an event was made by; nothing where another system sent it, or where a form made it beside its main event. */
export function formOf({ body }: Entry): AnyForm | undefined {
  const typed = body['daodi:typed'];
  if (typeof typed !== 'object' || typed === null) return undefined;
  const name = (typed as { form?: unknown }).form;
  const voided = body['daodi:voids'];
  if (name === 'shipment-void' && typeof voided === 'string') return shipmentVoidForm(voided) as AnyForm;
  return typeof name === 'string' ? FORMS.get(name) : undefined;
}
