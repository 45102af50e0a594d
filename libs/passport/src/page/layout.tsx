import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Language, PLAIN_HTTP_READ } from '@daodi/platform';
import type { Words } from '../domain/region';
import { STYLE } from './style';

/** What every page needs to know. */
export interface PageSetting {
  readonly language: Language;
  readonly isDemo: boolean;
  /** Whether it goes unencrypted to another machine, which it then says. */
  readonly isPlain: boolean;
}

/** Says a text in the page's language. */
export const sayer =
  ({ language }: Pick<PageSetting, 'language'>) =>
  (words: Words): string =>
    words[language];

/** Renders a whole document. @param title without the product's name */
export function renderDocument(setting: PageSetting, title: string, body: ComponentChildren): string {
  return `<!DOCTYPE html>${renderToString(<Document setting={setting} title={title} body={body} />)}`;
}

function Document({ setting, title, body }: { setting: PageSetting; title: string; body: ComponentChildren }) {
  const say = sayer(setting);
  const isChinese = setting.language === 'zh';
  return (
    <html lang={isChinese ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${say({ zh: '道地溯源档案', en: 'Daodi passport' })}`}</title>
        <link rel="alternate" hreflang={isChinese ? 'en' : 'zh-CN'} href={`?lang=${isChinese ? 'en' : 'zh'}`} />
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        {setting.isDemo && (
          <p class="demo" role="note">
            <b>{say({ zh: '演示', en: '演示 DEMO' })}</b>
            {say({ zh: '本页单位、货物和记录均为虚构', en: 'organisations, goods and records on this page are fictional' })}
          </p>
        )}
        {setting.isPlain && <p class="plain-http" role="note">{say(PLAIN_HTTP_READ)}</p>}
        <header class="bar">
          <span>
            <b lang="zh-CN">道地</b>
            {say({ zh: '溯源档案', en: 'Daodi passport' })}
          </span>
          <a href={`?lang=${isChinese ? 'en' : 'zh'}`} lang={isChinese ? 'en' : 'zh-CN'} hreflang={isChinese ? 'en' : 'zh-CN'}>
            {isChinese ? 'English' : '中文'}
          </a>
        </header>
        <main>{body}</main>
        <footer>
          <p>{say({ zh: '本页没有脚本，不记录是谁在看，也不含个人信息和价格。', en: 'This page has no script, does not record who reads it, and holds no personal data or prices.' })}</p>
        </footer>
      </body>
    </html>
  );
}

/** A local day as people of the language write it. */
export function Day({ day, language }: { day: string; language: Language }) {
  return <time dateTime={day}>{dayText(day, language)}</time>;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026年8月20日`, `20 Aug 2026`. */
export function dayText(day: string, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return language === 'zh' ? `${year}年${Number(month)}月${Number(date)}日` : `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}
