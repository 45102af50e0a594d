import type { Fault } from '@daodi/platform';
import type { OpenOwnerLink } from './owner-link';
import { escape, form, type FormField, type FormValues, page } from './setup-page';

const PASSWORD: FormField = { name: 'password', zh: '新密码', en: 'New password', hint: '8+', type: 'password' };
const NEW_OWNER: readonly FormField[] = [
  { name: 'personName', zh: '姓名', en: 'Name' },
  { name: 'login', zh: '登录名', en: 'Login', hint: 'a-z 0-9 . _ @ + -' },
  { ...PASSWORD, zh: '密码', en: 'Password' },
];

/** The form by which an owner sets a new password, or a new owner comes in. */
export function ownerForm(isPlain: boolean, { organisation, personId, login }: OpenOwnerLink, values: FormValues, faults: readonly Fault[] = []): string {
  const who = escape(organisation);
  const intro = personId === undefined
    ? `<p>为“${who}”建立一名负责人（owner）。此链接只能使用一次。<br><span lang="en">Makes an owner of “${who}”. This link works once.</span></p>`
    : `<p>为“${who}”的账户 <b>${escape(login ?? '')}</b> 设置新密码，此前的登录将全部失效。此链接只能使用一次。<br>
    <span lang="en">Sets a new password for the account <b>${escape(login ?? '')}</b> of “${who}” and ends its earlier sessions. This link works once.</span></p>`;
  return page(isPlain, intro + form('/setup/owner', personId === undefined ? NEW_OWNER : [PASSWORD], '保存 / Save', values, faults));
}

/** After it was used. */
export function ownerDone(isPlain: boolean): string {
  return page(isPlain, `
    <p>已保存，现在可以登录了。<br><span lang="en">Saved; you can sign in now.</span></p>
    <p><a href="/">道地 Daodi</a></p>`);
}

/** What a link that was used, has expired or never was one shows. */
export function ownerGone(isPlain: boolean): string {
  return page(isPlain, `
    <p>此链接无效、已过期或已使用。请在运行本系统的机器上重新执行 daodi reset-owner。<br>
    <span lang="en">This link is not valid, has expired or was used. Run daodi reset-owner on the machine again.</span></p>`);
}
