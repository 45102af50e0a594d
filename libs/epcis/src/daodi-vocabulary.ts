/**
 * Daodi's own words in EPCIS events: fields the standard has no place for. Extension fields are named
 * `daodi:…`; a reader that does not know them may skip them without misreading the event.
 */

/** A URN of our own, since no web address is registered for the vocabulary. Written into events, so it never changes. */
export const DAODI_NAMESPACE = 'urn:daodi:voc:';

export const DAODI_PREFIX = 'daodi';

/** What a field of our vocabulary means. */
export interface DaodiTerm {
  readonly zh: string;
  readonly en: string;
  /** Where it stands: on the event, or in instance and lot master data. */
  readonly on: 'event' | 'ilmd';
  /** What it holds; quantities are `{quantity, uom}` with the number as JSON number, never text with a unit. */
  readonly holds: string;
}

/** Every field of the vocabulary by its local name. Later code adds rows; a row is never renamed. */
export const DAODI_TERMS = {
  herb: { zh: '药材品种', en: 'herb', on: 'ilmd', holds: 'id of a herb of the catalogue' },
  grade: { zh: '等级', en: 'grade', on: 'ilmd', holds: 'grade as the trade writes it' },
  provenance: { zh: '记录来源', en: 'how the record came to be', on: 'event', holds: 'form, offline, epcis, device or import' },
  capturedTime: { zh: '记录时间', en: 'when it was written down', on: 'event', holds: 'xsd:dateTimeStamp' },
  typed: { zh: '录入原文', en: 'what was typed', on: 'event', holds: '{form, input}: the name of the form and what was typed into it, units in their own words; for its sayer only' },
  step: { zh: '工序', en: 'processing step', on: 'event', holds: 'word of the processing form, e.g. drying' },
  area: { zh: '面积', en: 'area', on: 'event', holds: '{quantity, uom} with uom MTK or the unit typed' },
  inputsUsed: { zh: '投入品', en: 'inputs used', on: 'event', holds: 'list of {name, registrationNumber?, quantity, uom, purpose?, safetyIntervalDays?, product?, lot?, kind?, ingredients?, dose?}; product and lot are ids of the sayer’s records' },
  application: { zh: '施用情况', en: 'how inputs were applied', on: 'event', holds: '{plots?: ids of land, areaMu?, operator?: id of a person, appliedBy: own, service or others, organisation?, weather?, earliestHarvest?: day as it was known then}' },
  sop: { zh: '规程', en: 'standard operating procedure followed', on: 'event', holds: '{id, code, version}' },
  growthYears: { zh: '生长年限', en: 'years of growth as claimed', on: 'ilmd', holds: 'whole number' },
  auxiliaries: { zh: '辅料', en: 'auxiliaries', on: 'event', holds: 'list of {name, epcClass?, quantity, uom, stays: whether it stays in the product}' },
  outputRoles: { zh: '产出类别', en: 'roles of outputs', on: 'event', holds: 'list of {epcClass, role: product, co-product, waste or rework}' },
  packages: { zh: '件数与每件重量', en: 'packages', on: 'event', holds: 'list of {epcClass, packages: list of {count, quantity, uom}}: how many hold how much each' },
  losses: { zh: '损耗', en: 'losses', on: 'event', holds: 'list of {cause, quantity, uom}' },
  receipt: { zh: '收货明细', en: 'what came of a delivery', on: 'event', holds: '{accepted?, rejected?, short?, gained?}, each a list of {epcClass, quantity, uom}; accepted: of what was shipped; gained: what the receiver’s scale found beyond it; reason of those rejected and of differences booked' },
  delivery: { zh: '交售', en: 'delivery of many hands', on: 'event', holds: '{heap, slips, pickers, sacks, slipsDigest}: how many slips and pickers the quantity is of, and a digest that binds them; no picker and no price' },
  intake: { zh: '外购来货', en: 'taken in from outside', on: 'event', holds: '{means, herb, grade?, place?, year?, packages?, seller?, papers?, quarantineNumber?, permit?, supplierLot?}, to others means only: the quantities came from outside, declared by their taker and not proven; they were there before anything on record' },
  return: { zh: '退货', en: 'goods that came back', on: 'event', holds: '{ofEvent?, reason?, state?, …}: the quantities had been sold by the sayer' },
  exchangeFor: { zh: '换货所对应的退货', en: 'the return this was given for', on: 'event', holds: 'eventID of the return' },
  sampleReturn: { zh: '退样', en: 'a sample that came back', on: 'event', holds: '{number?, …}: the quantities had been drawn as a sample by the sayer' },
  weighing: { zh: '称重', en: 'how quantities were weighed', on: 'event', holds: 'list of {epcClass, of?, net, gross?, tare?, uom, packages?: {count, each, odd?}, readings, scale?: URN, division?, resolution, validUntil?, moisture?: {percent, method, uncertainty?}, notes?}; masses in kilograms, per cents as decimal text as typed' },
  agreement: { zh: '两次称重的比对', en: 'how the receiver’s weight compares with the sender’s', on: 'event', holds: 'list of {epcClass, shipped, received, difference, tolerance, divisions, allowance, allowancePercent?, isAllowanceOnRecord, uom, agrees, reason?}; reason: that under which the difference was booked' },
  adjustment: { zh: '盘点调整', en: 'direction of a stock-take', on: 'event', holds: 'gain or loss: whether the quantities are more or less than the book held' },
  counts: { zh: '盘点明细', en: 'what was counted', on: 'event', holds: 'list of {epcClass, counted, book, uom, reason?, moisture?, moistureBefore?, dryMatter?, packages?}; book is what was weighed before, where no stock-take' },
  stockChange: { zh: '库存变化', en: 'what became of stock that lay', on: 'event', holds: 're-drying, natural-loss, moisture-regain or transit' },
  method: { zh: '方法', en: 'method', on: 'event', holds: 'text' },
  upkeep: { zh: '养护', en: 'upkeep', on: 'event', holds: '{measures: list of words, result?}' },
  moistures: { zh: '水分抽查', en: 'moistures found', on: 'event', holds: 'list of {epcClass, percent, method, uncertainty?}, per cent as decimal text' },
  destruction: { zh: '销毁明细', en: 'how goods were destroyed', on: 'event', holds: '{method?, place?, certificate?, executor?: id of a person, residues?: list of {what, quantity, uom, destination}}' },
  destination: { zh: '去向', en: 'where waste went', on: 'event', holds: '{kind, certificate?}' },
  decision: { zh: '质量判定', en: 'decision of the head of quality on what lies in a zone', on: 'event', holds: '{id, decision: qualified or rejected, basis}' },
  source: { zh: '数据来源', en: 'where a reading comes from', on: 'event', holds: 'manual or device' },
  device: { zh: '仪器编号', en: 'number of an instrument', on: 'event', holds: 'text' },
  ofBatch: { zh: '所属批次', en: 'lot of serials', on: 'ilmd', holds: 'URI of the lot the serials commissioned here are pieces of' },
  serials: { zh: '单品码', en: 'serials', on: 'event', holds: 'list of URIs of the single packs that make up the quantity' },
  sample: { zh: '样品', en: 'sample', on: 'event', holds: '{number, kind: test or retained, how?: drawn or submitted, packages?: {of, from}, seals?: list of numbers, witness?: id of a person}' },
  voids: { zh: '撤销的事件', en: 'the shipment withdrawn', on: 'event', holds: 'eventID' },
  witness: { zh: '监督人', en: 'witness', on: 'event', holds: 'id of a person of the organisation' },
  acceptedOverdrawn: { zh: '已知超出库存', en: 'overdraw the sender knew of', on: 'event', holds: 'list of {epcClass, wanted, available, missing, uom}, amounts as decimal text' },
  acceptedUndecided: { zh: '已知尚未判定合格', en: 'goods the sender knew nobody had found fit', on: 'event', holds: 'list of {epcClass, wanted, available: what was fit, missing, uom}, amounts as decimal text' },
  accession: { zh: '种质', en: 'germplasm accession', on: 'ilmd', holds: '{number, species, variety?}' },
  planting: { zh: '定植', en: 'how dense a planting is', on: 'event', holds: '{quantity?, uom?, areaMu?, land: list of {id, version}, perMu?, min?, max?}; quantity without uom counts pieces, perMu is in its unit' },
  culture: { zh: '组培', en: 'tissue culture', on: 'event', holds: '{generation, vessels?, contaminatedVessels?, lostPlantlets?, medium?}' },
  propagule: { zh: '种子种苗检验', en: 'checks of seed and seedlings', on: 'event', holds: '{tests?: {thousandGrainGrams?, purityPercent?, germinationPercent?, moisturePercent?, tested?, method?}, identification?: {method, species, institution, report?}, quarantine?: {number, issuer?, validUntil?, paper?}}' },
  cropEnd: { zh: '种植批终止', en: 'end of a crop', on: 'event', holds: '{how: harvested-out, failed, ploughed-in, given-up or other, evidence: how many papers}' },
  reason: { zh: '原因', en: 'reason', on: 'event', holds: 'text' },
} as const satisfies Readonly<Record<string, DaodiTerm>>;

export type DaodiTermName = keyof typeof DAODI_TERMS;

/** The field name as it stands in an event: `daodi:losses`. */
export function daodi<Name extends DaodiTermName>(name: Name): `daodi:${Name}` {
  return `${DAODI_PREFIX}:${name}`;
}

/** The JSON-LD context document of the vocabulary, to be served to readers of our events. */
export function daodiContextDocument(): { readonly '@context': Readonly<Record<string, unknown>> } {
  const terms = Object.keys(DAODI_TERMS).map((name) => [`${DAODI_PREFIX}:${name}`, { '@id': `${DAODI_NAMESPACE}${name}` }]);
  return { '@context': { '@version': 1.1, [DAODI_PREFIX]: DAODI_NAMESPACE, ...(Object.fromEntries(terms) as Record<string, unknown>) } };
}
