import { kilogramText, type Milligrams } from '@daodi/epcis';
import { ATTESTED_WORDS, type Passport, type PassportStep, placeName, PROCESS_WORDS, STANDING_WORDS, STEP_WORDS, VERDICT_WORDS } from '@daodi/passport';
import type { CompositionAnswer, CompositionPart } from '@daodi/trace';
import type { PaperValues } from '../template/paper-fields';
import type { ShippedBatch } from './find-shipment';
import { NONE, NOT_RECORDED } from './missing-words';

/** Beside a name that nobody compared with the pharmacopoeia; the foot of the page says what it means. */
export const UNVERIFIED_MARK = '*';

/** Everything on record of one batch of a shipment that may stand in its papers. */
export interface BatchFacts {
  readonly batch: ShippedBatch;
  /** Absent where the identifier is none we can look up. */
  readonly passport?: Passport;
  /** As the asker may see it. */
  readonly composition?: CompositionAnswer;
  /** What the sender's own hold and findings add, in words. */
  readonly ownWarnings: readonly string[];
  /** Where the batch is looked up: what its code says. */
  readonly address: string;
  /** By the number of a report whose paper the asker may read: whether it is part of the PDF, of the ZIP alone, or too large for either. */
  readonly papersHere: ReadonlyMap<string, 'pdf' | 'zip' | 'apart'>;
}

/** The values of one batch. Verdicts, results and limits as the laboratory wrote them. */
export function batchValues(facts: BatchFacts, no: number): PaperValues {
  const { batch, passport, address } = facts;
  const steps = passport?.steps ?? [];
  const herb = passport?.herb;
  const warnings = warningsOf(facts);
  const made = steps.filter(({ kind }) => kind === 'packing' || kind === 'processing').map(({ to }) => to).sort().at(-1);
  return {
    no: String(no),
    herb: herb === undefined ? (batch.formula ?? passport?.product?.name ?? NOT_RECORDED) : `${herb.name}${herb.verified ? '' : UNVERIFIED_MARK}`,
    latin: herb?.latin ?? NOT_RECORDED,
    part: herb?.part ?? NOT_RECORDED,
    grade: passport?.grade ?? NOT_RECORDED,
    product: passport?.product?.name ?? NOT_RECORDED,
    specification: passport?.product?.specification ?? NOT_RECORDED,
    lotNumber: batch.lotNumber ?? NOT_RECORDED,
    code: batch.code ?? batch.uri,
    uri: address,
    qr: address,
    ...quantityValues(batch),
    ...originValues(facts),
    harvested: daysOf(steps.filter(({ kind }) => kind === 'harvest')),
    processed: made ?? NOT_RECORDED,
    producer: passport?.maker?.name?.zh ?? NOT_RECORDED,
    expiry: batch.expiryDate ?? NOT_RECORDED,
    release: passport === undefined ? NOT_RECORDED : STANDING_WORDS[passport.standing].zh,
    warning: warnings.length === 0 ? NONE : warnings.join('；'),
    steps: steps.filter(({ kind }) => TOLD.has(kind)).map(stepValues),
    reportNote: (passport?.reports ?? []).length === 0 ? '平台上没有这一批已签发的检验报告' : '',
    reports: (passport?.reports ?? []).map((report) => ({
      laboratory: report.laboratory.zh, reportNumber: report.number, reportDay: report.on, verdict: VERDICT_WORDS[report.verdict].zh, standard: report.standard ?? NOT_RECORDED,
      independence: report.isIndependent ? '第三方检验' : '自检', tested: report.isOfMaterial ? '本批次的原料' : '本批次',
      paper: PAPER_WORDS[facts.papersHere.get(report.number) ?? 'none'],
      items: report.items.map(({ name, result, limit, verdict }) => ({ item: name, result, limit: limit ?? NOT_RECORDED, itemVerdict: verdict === undefined ? '报告未列' : VERDICT_WORDS[verdict].zh })),
    })),
    unknowns: (passport?.unknown ?? [{ zh: '没有这一批的记录。', en: '' }]).map(({ zh }) => ({ unknown: zh })),
  };
}

/** Whatever keeps the goods from being taken as passed, in words; it stands on every page, whatever a template says. */
export function warningsOf({ passport, ownWarnings }: Pick<BatchFacts, 'passport' | 'ownWarnings'>): string[] {
  if (passport === undefined || passport.state !== 'known') return ['没有可核对的记录', ...ownWarnings];
  const { standing, release, openProblems } = passport;
  const words = [
    ...(standing === 'released' || standing === 'not-released' ? [] : [STANDING_WORDS[standing].zh]),
    ...(release.isHeld && standing !== 'held' ? ['已冻结'] : []),
    ...(openProblems.blocking > 0 ? [`有 ${openProblems.blocking} 个未处理的拦截问题`] : []),
    ...ownWarnings,
  ];
  return [...new Set(words)];
}

/** Steps that belong into a record of harvest and processing; stores and shipments are others' business. */
const TOLD: ReadonlySet<PassportStep['kind']> = new Set(['planting', 'field-work', 'harvest', 'declared-origin', 'processing', 'packing', 'stock-take']);

function stepValues(step: PassportStep): PaperValues {
  return {
    day: step.from === step.to ? step.from : `${step.from} 至 ${step.to}`,
    step: STEP_WORDS[step.kind].zh,
    process: step.process === undefined ? '' : (PROCESS_WORDS[step.process]?.zh ?? step.process),
    by: step.by.name?.zh ?? '',
    place: step.by.place?.zh ?? '',
    input: amountOf(step.in),
    output: amountOf(step.out),
    lost: amountOf(step.lost),
    attested: step.attested.map((one) => ATTESTED_WORDS[one].zh).join('、'),
    later: step.writtenLater === undefined ? '' : `${step.writtenLater} 补记`,
  };
}

const amountOf = (quantity: PassportStep['in']): string => (quantity === undefined ? '' : `${quantity.value} ${quantity.unit === 'kg' ? 'kg' : '件'}`);

/** Exact, in kilograms and in jin of 500 g; pieces are counted. */
export function quantityValues({ amount, unit }: Pick<ShippedBatch, 'amount' | 'unit'>): { readonly quantity: string; readonly kg: string; readonly jin: string; readonly pieces: string } {
  if (amount === undefined || unit === undefined) return { quantity: NOT_RECORDED, kg: '', jin: '', pieces: '' };
  if (unit === 'pcs') return { quantity: `${amount} 件`, kg: '', jin: '', pieces: String(amount) };
  const [kg, jin] = [kilogramText(amount as Milligrams), kilogramText((amount * 2n) as Milligrams)];
  return { quantity: `${kg} kg`, kg, jin, pieces: '' };
}

const PROOF: Readonly<Record<CompositionPart['proof'], string>> = { proven: '有采收记录', declared: '供方申报，未经证实', unknown: NOT_RECORDED, undetermined: '无法判定' };

/** Only what is on record or declared, each called what it is; parts of a mixture with their share. */
function originValues({ composition, passport }: BatchFacts): { readonly origin: string; readonly originBasis: string; readonly parts: readonly PaperValues[] } {
  if (composition === undefined || composition.parts.length === 0) {
    const places = (passport?.origins ?? []).map(({ zh }) => zh).join('、');
    const isStated = passport?.steps.some(({ kind }) => kind === 'declared-origin') === true;
    return { origin: places === '' ? NOT_RECORDED : places, originBasis: isStated ? PROOF.declared : places === '' ? NOT_RECORDED : PROOF.proven, parts: [] };
  }
  const parts = composition.parts.map((part) => ({ percent: `${part.percent}%`, partOrigin: placesOf(part), year: part.year === undefined ? NOT_RECORDED : String(part.year), proof: PROOF[part.proof] }));
  const isOne = parts.length === 1;
  return {
    origin: parts.map(({ partOrigin, percent, year }) => (isOne ? partOrigin : `${partOrigin} ${year} ${percent}`)).join('；'),
    originBasis: [...new Set(parts.map(({ proof }) => proof))].join('；'),
    parts,
  };
}

const placesOf = ({ places }: CompositionPart): string => (places.length === 0 ? NOT_RECORDED : places.map((code) => placeName(code).zh).join(' 或 '));

function daysOf(steps: readonly PassportStep[]): string {
  const from = steps.map((step) => step.from).sort()[0];
  const to = steps.map((step) => step.to).sort().at(-1);
  return from === undefined || to === undefined ? NOT_RECORDED : from === to ? from : `${from} 至 ${to}`;
}

/** Where the paper of a report is. */
const PAPER_WORDS = { pdf: '随附', zip: '随附（仅 ZIP）', apart: '存于平台，另行下载', none: '未存于平台' } as const;
