import { type Passport, type PassportStep, partWords, proofWords } from '@daodi/passport';

/**
 * Origin, harvest and composition as a label may say them: of a mixture only what all of it has, whatever its owner
 * would like to print. What is declared is called that.
 */

const UNKNOWN = '未知';
const SEE_PARTS = '见构成';
/** Parts that fit on a label by themselves; the page has all of them. */
const PARTS_MAX = 4;

/** The county all of it grew in, else the province. */
export function originText({ claims, composition }: Passport): string {
  if (claims?.origin !== undefined) return claims.proven ? claims.origin.zh : `${claims.origin.zh}（${proofWords('declared').zh}）`;
  return isMixed(composition) ? SEE_PARTS : openText(composition);
}

/** The days of the harvest, where all of it is proven and of one year; else the year that was declared of all of it. */
export function harvestText({ claims, composition, steps }: Passport): string {
  if (claims?.year !== undefined) {
    const days = claims.proven ? daysOf(steps.filter((step) => step.kind === 'harvest')) : undefined;
    return days ?? (claims.proven ? `${claims.year}` : `${claims.year}（${proofWords('declared').zh}）`);
  }
  return isMixed(composition) ? SEE_PARTS : openText(composition);
}

/** Shares by place, year and proof; nothing where it is all one proven thing. */
export function compositionText({ composition }: Passport): string | undefined {
  if (composition === undefined || (composition.parts.length < 2 && composition.parts.every(({ proof }) => proof === 'proven'))) return undefined;
  const shown = composition.parts.slice(0, composition.parts.length > PARTS_MAX ? PARTS_MAX - 1 : PARTS_MAX);
  const rest = composition.parts.slice(shown.length);
  const lines = shown.map((part) => partWords(part).zh);
  return [...lines, ...(rest.length > 0 ? [`其余 ${sumOf(rest.map(({ percent }) => percent))} %（${rest.length} 部分）请扫码`] : [])].join('；');
}

const isMixed = (composition: Passport['composition']): boolean => composition !== undefined && composition.parts.length > 1;

/** Where it is one thing of which this is not on record. */
function openText(composition: Passport['composition']): string {
  const [only] = composition?.parts ?? [];
  return only?.proof === 'declared' || only?.proof === 'undetermined' ? proofWords(only.proof).zh : UNKNOWN;
}

function daysOf(steps: readonly PassportStep[]): string | undefined {
  if (steps.length === 0) return undefined;
  const from = steps.map((step) => step.from).sort()[0] as string;
  const to = steps.map((step) => step.to).sort().at(-1) as string;
  return from === to ? from : `${from} 至 ${to}`;
}

/** Per cents as printed, added up exactly. */
function sumOf(printed: readonly string[]): string {
  const tenths = printed.reduce((sum, percent) => sum + (percent === '<0.1' ? 0 : Number(percent.replace('.', ''))), 0);
  return tenths === 0 ? '<0.1' : `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
