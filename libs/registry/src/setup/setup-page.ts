import { type Fault, PLAIN_HTTP_WORK } from '@daodi/platform';

/** One field of a form: its label in both languages, and what a label cannot say. */
export interface FormField {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly hint?: string;
  readonly type?: string;
}

/** What was typed. */
export type FormValues = Readonly<Record<string, unknown>>;

const FIELDS: readonly FormField[] = [
  { name: 'name', zh: '运营者（组织）名称', en: 'Name of the operator (organisation)' },
  { name: 'code', zh: '简码', en: 'Short code', hint: 'A-Z 0-9 -' },
  { name: 'creditCode', zh: '统一社会信用代码', en: 'Unified social credit code', hint: 'GB 32100-2015' },
  { name: 'region', zh: '行政区划代码', en: 'Administrative code', hint: 'GB/T 2260, 141000' },
  { name: 'personName', zh: '您的姓名', en: 'Your name' },
  { name: 'login', zh: '登录名', en: 'Login', hint: 'a-z 0-9 . _ @ + -' },
  { name: 'password', zh: '密码', en: 'Password', hint: '8+', type: 'password' },
];

/**
 * The form by which an empty installation gets its operator.
 *
 * @param isPlain whether it goes unencrypted to another machine, which it then says
 */
export function setupForm(isPlain: boolean, values: FormValues, faults: readonly Fault[] = []): string {
  const intro = `<p>此安装尚无运营者。请填写运营者及其第一个账户；此链接只能使用一次。<br>
    <span lang="en">This installation has no operator yet. Name the operator and its first account; this link works once.</span></p>`;
  return page(isPlain, intro + form('/setup', FIELDS, '建立 / Set up', values, faults));
}

/** A form that carries its link's token, each fault at its field and the others above. */
export function form(action: string, fields: readonly FormField[], send: string, values: FormValues, faults: readonly Fault[]): string {
  const said = new Set(fields.map(({ name }) => `/${name}`));
  const drawn = fields.map((field) => fieldOf(field, values[field.name], faults.filter(({ pointer }) => pointer === `/${field.name}`)));
  return `
    ${list(faults.filter(({ pointer }) => !said.has(pointer)))}
    <form method="post" action="${action}" autocomplete="off">
      <input type="hidden" name="token" value="${typeof values.token === 'string' ? escape(values.token) : ''}">
      ${drawn.join('\n      ')}
      <button type="submit">${send}</button>
    </form>`;
}

/** What a link that was used, has expired or never was one shows. */
export function setupGone(isPlain: boolean): string {
  return page(isPlain, `
    <p>此链接无效、已过期或已使用。重新启动本程序可得到新链接；已有运营者时请直接登录。<br>
    <span lang="en">This link is not valid, has expired or was used. Starting the program again prints a new one; where there is an operator already, sign in.</span></p>`);
}

function fieldOf(field: FormField, value: unknown, faults: readonly Fault[]): string {
  const { name, zh, en, hint, type = 'text' } = field;
  const typed = type === 'password' || typeof value !== 'string' ? '' : ` value="${escape(value)}"`;
  const note = hint === undefined ? '' : ` <small>${escape(hint)}</small>`;
  return `<p><label for="${name}">${zh} <span lang="en">${en}</span>${note}</label><br>
      <input id="${name}" name="${name}" type="${type}" required${typed}>${list(faults)}</p>`;
}

const list = (faults: readonly Fault[]): string =>
  faults.length === 0 ? '' : `<ul role="alert">${faults.map(({ detail }) => `<li>${escape(detail.zh)} <span lang="en">${escape(detail.en)}</span></li>`).join('')}</ul>`;

/** A page of the setting-up kind: no script, both languages side by side. */
export const page = (isPlain: boolean, body: string): string => `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>道地 Daodi</title>
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
      input { font: inherit; width: 100%; padding: .4rem; box-sizing: border-box; }
      button { font: inherit; padding: .5rem 1.5rem; }
      [lang=en], small { color: #555; font-size: .9em; }
      ul { color: #a00; margin: .2rem 0; }
      .plain-http { background: #f7edd8; color: #7d4d08; border-radius: .4rem; padding: .6rem .8rem; font-size: .9rem; }
      .plain-http [lang=en] { color: inherit; }
    </style>
  </head>
  <body>
    ${isPlain ? `<p class="plain-http" role="note">${PLAIN_HTTP_WORK.zh}<br><span lang="en">${PLAIN_HTTP_WORK.en}</span></p>` : ''}
    <h1>道地 Daodi</h1>${body}
  </body>
</html>
`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as HTML. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
