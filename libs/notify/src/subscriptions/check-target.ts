import type { Fault } from '@daodi/platform';
import type { SubscribeDto } from './subscription.dto';

/** What is wrong with where a notice is to go, as far as it can be told without asking the network. */
export function targetFaults({ channel, target, secret }: Pick<SubscribeDto, 'channel' | 'target' | 'secret'>): Fault[] {
  const faults: Fault[] = [];
  const wrong = (zh: string, en: string) => faults.push({ pointer: '/target', rule: 'notice-target', detail: { zh, en } });
  if (channel === 'email' && !/^[^\s@<>(),;:"\\]{1,64}@[^\s@<>(),;:"\\]{1,255}$/.test(target)) wrong('应为邮箱地址', 'It must be a mail address');
  if (channel === 'sms' && !/^\+?\d{5,20}$/.test(target)) wrong('应为手机号码', 'It must be a mobile number');
  if (channel !== 'email' && channel !== 'sms' && !isWebAddress(target)) wrong('应为 http 或 https 地址，不含用户名', 'It must be an http or https address without a user name');
  if (channel === 'webhook' && (secret === undefined || secret.length < 16)) {
    faults.push({ pointer: '/secret', rule: 'notice-secret', detail: { zh: 'webhook 需要至少 16 个字符的签名密钥', en: 'A webhook needs a signing key of at least 16 characters' } });
  }
  return faults;
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/** Enough of a target to know which it is: `e***@example.cn`, `https://erp.example.cn`, `138***0000`. */
export function shownTarget({ channel, target }: Pick<SubscribeDto, 'channel' | 'target'>): string {
  if (channel === 'email') return `${target.slice(0, 1)}***@${target.split('@')[1]}`;
  if (channel === 'sms') return `${target.slice(0, 3)}***${target.slice(-2)}`;
  return new URL(target).origin;
}
