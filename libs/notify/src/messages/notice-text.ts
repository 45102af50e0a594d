import type { Bilingual, Language } from '@daodi/platform';
import type { OccasionKind } from '../occasions/occasion';

/** A notice as it leaves: what, which batch, where to look. No person, no price, no quantity, no other organisation. */
export interface Notice {
  readonly occasion: OccasionKind;
  /** Our code; absent where the thing has none. */
  readonly batch?: string;
  readonly link: string;
  readonly subject: string;
  readonly text: string;
}

const SAID: Readonly<Record<OccasionKind, Bilingual>> = {
  'release-suspended': { zh: '放行已中止', en: 'A release is suspended' },
  'blocking-finding': { zh: '出现拦截问题', en: 'A blocking finding was opened' },
  'shipment-arriving': { zh: '有货物发来', en: 'A shipment is on its way' },
  'report-approved': { zh: '检验报告已批准', en: 'A test report is approved' },
};

/** Puts a notice into words. @param publicUrl without a trailing slash */
export function noticeText(occasion: OccasionKind, batch: string | undefined, language: Language, publicUrl: string, isDemo: boolean): Notice {
  const link = batch === undefined ? publicUrl : `${publicUrl}/b/${batch}`;
  const what = SAID[occasion][language];
  const mark = isDemo ? '【道地·演示】' : '【道地】';
  const which = batch === undefined ? '' : language === 'zh' ? `：批 ${batch}` : `: batch ${batch}`;
  return { occasion, batch, link, subject: `${mark}${what}${which}`, text: `${mark}${what}${which}\n${link}` };
}
