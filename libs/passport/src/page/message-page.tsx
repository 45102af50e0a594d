import type { ComponentChildren } from 'preact';
import type { Words } from '../domain/region';
import { placeName } from '../domain/region';
import type { Target } from '../facts/target';
import { type PageSetting, renderDocument, sayer } from './layout';
import { SITE } from './words';

/** A page that says one thing. */
export interface Message {
  readonly status: number;
  /** Stable word for programs. */
  readonly state: 'malformed' | 'unknown-link-type' | 'never-issued' | 'withdrawn' | 'product' | 'place' | 'index';
  readonly title: Words;
  readonly text: readonly Words[];
}

/** Renders a message. @param code as it was typed or scanned */
export function messagePage(message: Message, setting: PageSetting, code?: string): string {
  const say = sayer(setting);
  const tone = message.status >= 400 ? (message.state === 'withdrawn' ? 'bad' : 'warn') : 'plain';
  const body: ComponentChildren = (
    <article>
      <h1 class="word">{say(message.title)}</h1>
      {code !== undefined && <p class="names code">{code}</p>}
      <section class={`status ${tone}`}>{message.text.map((words) => <p>{say(words)}</p>)}</section>
    </article>
  );
  return renderDocument(setting, say(message.title), body);
}

/** A code that cannot be read. @param why what is wrong with it */
export function malformed(why: Words): Message {
  return {
    status: 400,
    state: 'malformed',
    title: { zh: '这个码读不出来', en: 'This code cannot be read' },
    text: [why, { zh: '这不说明货物有问题，也可能只是抄错、印坏或没扫全。', en: 'That says nothing about the goods: it may be mistyped, badly printed or scanned in part.' }],
  };
}

/** A code that leads somewhere, but not to what was asked for. */
export const UNKNOWN_LINK_TYPE: Message = {
  status: 404,
  state: 'unknown-link-type',
  title: { zh: '没有这一类链接', en: 'No link of this type' },
  text: [{ zh: '这个码没有登记您要的链接类型。', en: 'Nothing of the link type asked for is registered for this code.' }],
};

const NEVER: Readonly<Record<Extract<Target, { kind: 'never-issued' }>['level'], Words>> = {
  code: { zh: '本平台从来没有发出过这个码。', en: 'We never issued this code.' },
  serial: { zh: '这个批次里从来没有发出过这个单品码。', en: 'No single pack was ever issued this serial.' },
  lot: { zh: '这个商品没有登记过这个批号。', en: 'No lot of this number is on record for this product.' },
  product: { zh: '这个商品条码没有在本平台登记。', en: 'This GTIN is not registered here.' },
  unit: { zh: '这个物流单元码没有在本平台登记。', en: 'This logistic unit is not registered here.' },
  place: { zh: '这个位置码没有在本平台登记。', en: 'This place is not registered here.' },
};

/** What is said where there is no passport to show. */
export function messageOf(target: Exclude<Target, { kind: 'thing' }>): Message {
  switch (target.kind) {
    case 'never-issued':
      return {
        status: 404,
        state: 'never-issued',
        title: { zh: '没有这个码', en: 'There is no such code' },
        text: [
          NEVER[target.level],
          { zh: '如果它印在您手里的货上，请不要凭这个码相信货物的来历，并向卖方或当地监管部门询问。', en: 'If it is printed on goods in your hand, do not trust their origin by this code; ask the seller or the local authority.' },
        ],
      };
    case 'withdrawn':
      return {
        status: 410,
        state: 'withdrawn',
        title: { zh: '这个码已作废', en: 'This code was withdrawn' },
        text: [
          { zh: '发码的单位已经收回这个码，它不再对应任何货物。', en: 'Whoever it was issued to took it back; it stands for no goods any more.' },
          { zh: '如果货物上仍然印着它，请向卖方询问。', en: 'If it is still printed on goods, ask the seller.' },
        ],
      };
    case 'product':
      return {
        status: 200,
        state: 'product',
        title: { zh: target.name, en: target.name },
        text: [
          { zh: '这是一个商品条码，只说明是哪一种商品，不说明是哪一批。', en: 'This is the code of a product: it tells which product, not which batch.' },
          { zh: '要看一批货的经过，请扫包装上带批号的码。', en: 'To see the story of a batch, scan the code that carries its lot number.' },
        ],
      };
    case 'place': {
      const kind = SITE[target.siteKind] ?? { zh: '场所', en: 'a place' };
      const place = placeName(target.region);
      return {
        status: 200,
        state: 'place',
        title: { zh: '一处登记的场所', en: 'A registered place' },
        text: [{ zh: `${target.organisation}的${kind.zh}，位于${place.zh}。`, en: `It is ${kind.en} of ${target.organisation} in ${place.en}.` }],
      };
    }
  }
}

/** `/p` itself. */
export const INDEX: Message = {
  status: 200,
  state: 'index',
  title: { zh: '扫码看一批药材的经过', en: 'Scan a code to read the story of a batch' },
  text: [
    { zh: '每一批货有一个码。扫包装上的二维码，就能看到它在哪里长成、谁采收、怎样加工、谁检验、何时放行。', en: 'Every batch has a code. Scan the one on the pack to read where it grew, who harvested, processed and tested it, and when it was released.' },
    { zh: '手机扫不了时，在本站网址后面输入 /b/ 和包装上的 11 位编码。', en: 'Where scanning does not work, type /b/ and the code of 11 characters behind this site’s address.' },
    { zh: '每条记录都写明是谁说的、有没有别人印证；不知道的，也会写明不知道。', en: 'Each record says who stated it and who confirms it; what is not known is said too.' },
  ],
};
