import type { Bilingual } from '@daodi/platform';
import { type PageSetting, renderDocument, sayer, SignOut } from './layout';

/** The form by which the operator comes in. @param refusal why the last attempt failed */
export function signInPage(setting: PageSetting, refusal?: Bilingual, login = ''): string {
  const say = sayer(setting);
  return renderDocument(
    setting,
    say({ zh: '登录', en: 'Sign in' }),
    false,
    <form class="sign" method="post" action={`/operator/sign-in?lang=${setting.language}`}>
      <h1>{say({ zh: '运营者登录', en: 'Operator’s sign-in' })}</h1>
      <p class="soft">{say({ zh: '只供运营者查看本系统的运行状态。', en: 'Only the operator sees how this installation is doing.' })}</p>
      {refusal && <p class="status bad" role="alert">{say(refusal)}</p>}
      <label for="login">{say({ zh: '登录名', en: 'Login' })}</label>
      <input id="login" name="login" required maxLength={200} autocomplete="username" autocapitalize="none" spellcheck={false} value={login} />
      <label for="password">{say({ zh: '密码', en: 'Password' })}</label>
      <input id="password" name="password" type="password" required maxLength={200} autocomplete="current-password" />
      <button class="do">{say({ zh: '登录', en: 'Sign in' })}</button>
    </form>,
  );
}

/** What whoever is signed in without being the operator sees. */
export function notOperatorPage(setting: PageSetting): string {
  const say = sayer(setting);
  return renderDocument(
    setting,
    say({ zh: '不是运营者', en: 'Not the operator' }),
    false,
    <div class="sign">
      <h1>{say({ zh: '此账户不是运营者', en: 'This account is not the operator’s' })}</h1>
      <p>{say({ zh: '运行状态只供运营者查看。可以退出后换账户登录。', en: 'Only the operator sees this page. Sign out to come in with another account.' })}</p>
      <SignOut setting={setting} />
    </div>,
  );
}

/** Says that the page cannot be shown just now, and why. */
export function refusalPage(setting: PageSetting, refusal: Bilingual): string {
  const say = sayer(setting);
  return renderDocument(
    setting,
    say({ zh: '暂时无法显示', en: 'Not just now' }),
    false,
    <div class="sign">
      <h1>{say({ zh: '暂时无法显示', en: 'Not just now' })}</h1>
      <p role="alert">{say(refusal)}</p>
      <p><a href={`/operator?lang=${setting.language}`}>{say({ zh: '再试一次', en: 'Try again' })}</a></p>
    </div>,
  );
}
