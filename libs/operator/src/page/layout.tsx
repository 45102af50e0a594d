import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Bilingual, type Language, PLAIN_HTTP_WORK } from '@daodi/platform';
import { STYLE } from './style';

/** What every page needs to know. */
export interface PageSetting {
  readonly language: Language;
  readonly isDemo: boolean;
  /** Whether it goes unencrypted to another machine, which it then says. */
  readonly isPlain: boolean;
}

/** Says a text in the page's language. */
export const sayer = ({ language }: Pick<PageSetting, 'language'>) => (words: Bilingual): string => words[language];

/** How often a page that shows the present asks for itself again, in seconds. */
const REFRESH_SECONDS = 30;

/** Renders a whole document. @param live whether it shows the present and somebody is signed in */
export function renderDocument(setting: PageSetting, title: string, live: boolean, body: ComponentChildren): string {
  return `<!DOCTYPE html>${renderToString(<Document setting={setting} title={title} live={live} body={body} />)}`;
}

/** The page's own address in a language. */
export const pageUrl = (language: Language): string => `/operator?lang=${language}`;

function Document({ setting, title, live, body }: { setting: PageSetting; title: string; live: boolean; body: ComponentChildren }) {
  const say = sayer(setting);
  const isChinese = setting.language === 'zh';
  const other = isChinese ? 'en' : 'zh';
  return (
    <html lang={isChinese ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {live && <meta http-equiv="refresh" content={`${REFRESH_SECONDS};url=${pageUrl(setting.language)}`} />}
        <title>{`${title} · ${say({ zh: '道地', en: 'Daodi' })}`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        {setting.isDemo && <p class="demo" role="note">{say({ zh: '演示：单位、货物和记录均为虚构', en: '演示 DEMO: organisations, goods and records are fictional' })}</p>}
        {setting.isPlain && <p class="plain-http" role="note">{say(PLAIN_HTTP_WORK)}</p>}
        <header class="bar">
          <span>
            <b lang="zh-CN">道地</b>
            {say({ zh: '运行状态', en: 'Operations' })}
          </span>
          <nav>
            {live && <a href={pageUrl(setting.language)}>{say({ zh: '刷新', en: 'Refresh' })}</a>}
            <a href={pageUrl(other)} lang={isChinese ? 'en' : 'zh-CN'} hreflang={isChinese ? 'en' : 'zh-CN'}>{isChinese ? 'English' : '中文'}</a>
            {live && <SignOut setting={setting} />}
          </nav>
        </header>
        <main>{body}</main>
        <footer>
          {say({ zh: '本页不含任何组织的事件、货物或人员，没有脚本。', en: 'Nothing of any organisation’s events, goods or people is on this page; it has no script.' })}
        </footer>
      </body>
    </html>
  );
}

/** Ends the session. */
export function SignOut({ setting }: { setting: PageSetting }) {
  return (
    <form method="post" action={`/operator/sign-out?lang=${setting.language}`}>
      <button class="link">{sayer(setting)({ zh: '退出', en: 'Sign out' })}</button>
    </form>
  );
}
