import type { PublicOrganisation, Words } from './passport';
import type { OrganisationFact } from './passport-facts';
import { placeName } from './region';

/** The reasons of an error declaration in the standard's words (CBV 2.0, section 7.6). What was typed freely is not public. */
const REASONS: Readonly<Record<string, Words>> = {
  incorrect_data: { zh: '数据有误', en: 'incorrect data' },
  did_not_occur: { zh: '事情没有发生', en: 'it did not happen' },
};

/** Why a statement was declared to be in error. */
export const reasonWords = (reason: string | undefined): Words => REASONS[reason ?? ''] ?? { zh: '其他原因', en: 'another reason' };

/** An organisation as the public sees it. @param isNamed whether its name belongs on the page */
export function publicOrganisation(organisation: OrganisationFact | undefined, isNamed: boolean): PublicOrganisation {
  if (organisation === undefined) return { type: 'other' };
  if (!isNamed) return { type: organisation.type };
  return { name: nameOf(organisation), type: organisation.type, place: placeName(organisation.region) };
}

/** An organisation's name; in English its Chinese name where it has given no other. */
export const nameOf = ({ name, nameEn }: OrganisationFact): Words => ({ zh: name, en: nameEn ?? name });

/** What no page of a code can prove. Never says or implies that a pack is what it claims to be. */
export function notProven(kind: 'batch' | 'serial'): Words[] {
  const same: Words =
    kind === 'serial'
      ? {
          zh: '这是单件包装上的码，但印出来的码可以被复制。本页不能说明您手里的这一件就是最初贴这个码的那一件。',
          en: 'This code was issued for one single pack, but a printed code can be copied. This page cannot tell whether the pack in your hand is the one it was first put on.',
        }
      : {
          zh: '同一批次的每一件，印的都是同一个码，而码可以被复制。本页讲的是这一批货的记录，不能说明您手里的这一件就出自这一批。',
          en: 'Every pack of a batch carries the same code, and a code can be copied. This page tells what is on record about the batch; it cannot tell whether the pack in your hand came from it.',
        };
  return [
    same,
    {
      zh: '标有「自述」的内容由做这件事的单位自己记录，没有其他人在场作证。',
      en: 'What is marked “self-declared” was recorded by whoever did it; nobody else vouches for it.',
    },
    {
      zh: '记录一经写入不能删改，更正会和原来的说法一起留下；但记录本身是否属实，要看是谁说的、有没有别人印证。',
      en: 'Nothing once recorded is deleted or changed, and corrections stay beside what they correct. Whether a statement is true still depends on who says so and who else confirms it.',
    },
  ];
}
