import { kilogramText, type Milligrams } from '@daodi/epcis';
import type { Passport, PassportStep } from '@daodi/passport';
import type { LabelField, LabelKind, LabelNote, LabelStatus, LabelText } from '../layout/label-text';
import type { LabelFacts } from './label-facts';
import { compositionText, harvestText, originText } from './origin-text';

/** Where nothing is on record, the label says so. */
const NOT_RECORDED = '未记录';
const UNKNOWN = '未知';

/**
 * What labels of a batch say: nothing the public page does not tell, and what is missing as plainly. The list follows the
 * label of the herb GAP of 2022 (品名 批号 规格 产地 数量 采收日期 包装日期 保质期 追溯标志 企业名称); whether that is all the law
 * wants for the goods at hand is for whoever puts them on the market to say.
 */
export function textOf(kind: LabelKind, facts: LabelFacts): LabelText {
  const { passport, today } = facts;
  const isUnverified = passport.herb !== undefined && !passport.herb.verified;
  const notes: LabelNote[] = [{ zh: `${today} 打印，现状请扫码`, en: 'scan for the current state' }];
  if (kind !== 'sample' && hasDeclared(passport)) notes.push({ zh: '申报：收进单位自述，未经证实', en: 'declared: stated by who took it in, not proven' });
  if (isUnverified) notes.push({ zh: '* 名称未与药典核对', en: 'name not compared with the pharmacopoeia' });
  return {
    kind,
    isDemo: passport.demo,
    ...nameOf(facts, isUnverified),
    ...(kind !== 'sample' && { status: statusOf(passport) }),
    fields: kind === 'sample' ? sampleFields(facts) : goodsFields(kind, facts),
    notes,
  };
}

const hasDeclared = ({ composition }: Passport): boolean => composition?.parts.some(({ proof }) => proof === 'declared') === true;

/** The product's name, else the herb's with its grade. */
function nameOf({ passport: { product, herb, grade }, batch }: LabelFacts, isUnverified: boolean): Pick<LabelText, 'title' | 'subtitle'> {
  const herbName = herb && (grade === undefined ? herb.name : `${herb.name}（${grade}）`);
  const title = product?.name ?? herbName ?? batch.formula ?? `品名${NOT_RECORDED}`;
  const latin = herb && `${herb.latin}${isUnverified ? '*' : ''}`;
  const under = herb && (product === undefined ? `${herb.pinyin} · ${latin}` : `${herbName} ${latin}`);
  return { title, ...(under !== undefined && { subtitle: under }) };
}

/** Missing is never a pass: 合格 only where a release stands now. */
export function statusOf({ standing, release }: Pick<Passport, 'standing' | 'release'>): LabelStatus {
  switch (standing) {
    case 'released':
      if (release.unconfirmedSince !== undefined) return { zh: '待验', en: 'Not released', isWarning: false };
      return { zh: '合格', en: 'Released', isWarning: false };
    case 'failed':
      return { zh: '不合格', en: 'Failed its test', isWarning: true };
    case 'rejected':
      return { zh: '不合格', en: 'Rejected', isWarning: true };
    case 'held':
      return { zh: '冻结', en: 'On hold', isWarning: true };
    case 'suspended':
    case 'problem':
    case 'undetermined':
    case 'not-released':
    case 'partly-released':
      return { zh: '待验', en: 'Not released', isWarning: false };
    default:
      return standing satisfies never;
  }
}

function goodsFields(kind: LabelKind, facts: LabelFacts): LabelField[] {
  const { passport, batch } = facts;
  const composition = compositionText(passport);
  const made = lastOf(passport.steps, 'packing') ?? lastOf(passport.steps, 'processing');
  return [
    ...(passport.product?.specification === undefined ? [] : [field('规格', 'Spec.', passport.product.specification, 2)]),
    kind === 'carton' ? field('每件', 'Each', eachOf(facts), 1, true) : field('净含量', 'Net', contentOf(facts), 1, true),
    field('批号', 'Lot', batch.lotNumber ?? '见编码', 1, true),
    field('产地', 'Origin', originText(passport), 1),
    ...(composition === undefined ? [] : [field('构成', 'Parts', composition, 1)]),
    field('采收', 'Harvest', harvestText(passport), 1),
    ...(made === undefined ? [] : [field(made.kind === 'packing' ? '包装' : '加工', made.kind === 'packing' ? 'Packed' : 'Processed', made.to, 2)]),
    ...(batch.expiryDate === undefined ? [] : [field('有效期至', 'Expiry', batch.expiryDate, 1)]),
    ...(facts.gapStatement === undefined ? [] : [field('声明', 'States', facts.gapStatement, 1)]),
    field('单位', 'Producer', passport.maker?.name?.zh ?? UNKNOWN, 1),
  ];
}

/** No verdict, no state: whoever tests it is to see what it is and nothing else. */
function sampleFields({ sample, batch }: LabelFacts): LabelField[] {
  if (sample === undefined) throw new RangeError('a label of a sample needs a sample on record');
  return [
    field('样品编号', 'Sample', sample.number, 1, true),
    field('批号', 'Lot', batch.lotNumber ?? '见编码', 1),
    field('取样日期', 'Drawn', sample.drawnOn, 1),
    field('取样量', 'Amount', amountOf(sample.amount, sample.unit), 1),
    field('用途', 'For', sample.kind === 'retained' ? '留样' : '检验', 2),
    field('取样单位', 'Drawn by', sample.drawnBy, 1),
    ...(sample.laboratory === undefined ? [] : [field('送检', 'To', sample.laboratory, 2)]),
  ];
}

const field = (zh: string, en: string, value: string, rank: LabelField['rank'], isStrong?: true): LabelField => ({ zh, en, value, rank, ...(isStrong && { isStrong }) });

const lastOf = (steps: readonly PassportStep[], kind: PassportStep['kind']): PassportStep | undefined => steps.filter((step) => step.kind === kind).at(-1);

const UNITS: Readonly<Record<string, string>> = { GRM: 'g', KGM: 'kg', MGM: 'mg', MLT: 'mL', LTR: 'L', H87: '件' };

/** What a bag holds: as its batch says, else its product, else whoever prints the label. */
function contentOf({ batch, each }: LabelFacts): string {
  if (batch.netContentMg !== undefined) return massText(batch.netContentMg);
  if (batch.productContent !== undefined) return `${batch.productContent.value} ${UNITS[batch.productContent.unit] ?? batch.productContent.unit}`;
  return eachOf({ each });
}

const eachOf = ({ each }: Pick<LabelFacts, 'each'>): string => (each === undefined ? NOT_RECORDED : `${each.quantity} ${each.unit}`);

function amountOf(amount: bigint | undefined, unit: 'mg' | 'pcs' | undefined): string {
  if (amount === undefined) return NOT_RECORDED;
  return unit === 'pcs' ? `${amount} 件` : massText(amount);
}

/** A mass as people write it: kilograms from one kilogram on, grams below. Exact. */
export function massText(mg: bigint): string {
  return mg >= 1_000_000n ? `${kilogramText(mg as Milligrams)} kg` : `${kilogramText((mg * 1000n) as Milligrams)} g`;
}
