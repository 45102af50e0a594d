/** The page that shows a phone how to trust this machine: no script, for the phone trusts nothing yet. */
import QRCode from 'qrcode';
import type { Language } from '../http/language';
import type { Bilingual } from '../start-failure';
import type { LocalAuthority } from '../tls/local-tls';
import { TRUST_STYLE } from './trust-style';
import { type TrustSteps, TRUST_STEPS } from './trust-steps';

/** Where the page lies, and the certificate below it. */
export const TRUST_PATH = '/trust';
export const TRUST_FILE_PATH = '/trust/daodi-ca.crt';

/** What the page is drawn from. */
export interface TrustPage {
  readonly authority: LocalAuthority;
  readonly language: Language;
  /** The reader's system, whose steps are open from the start. */
  readonly system?: TrustSteps['id'];
  /** Where a phone finds this page; drawn as a QR code for whoever reads it on a computer. */
  readonly address: string;
  /** Where to go when it is done. */
  readonly afterwards: string;
}

/** Draws the page. */
export function trustPage({ authority, language, system, address, afterwards }: TrustPage): string {
  const say = (words: Bilingual): string => escape(words[language]);
  const isChinese = language === 'zh';
  return `<!doctype html>
<html lang="${isChinese ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${say(TITLE)} · 道地 Daodi</title>
<style>${TRUST_STYLE}</style>
</head>
<body>
<header><span><b lang="zh-CN">道地</b> Daodi</span><a href="?lang=${isChinese ? 'en' : 'zh'}" lang="${isChinese ? 'en' : 'zh-CN'}">${isChinese ? 'English' : '中文'}</a></header>
<main>
<h1>${say(TITLE)}</h1>
<p>${say(WHY)}</p>
<figure><img alt="${say({ zh: '本页地址的二维码', en: 'QR code of this page’s address' })}" src="data:image/svg+xml;base64,${Buffer.from(qrSvg(address)).toString('base64')}" width="180" height="180"><figcaption>${say({ zh: '用手机扫码打开本页', en: 'Scan to open this page on a phone' })}<br><code>${escape(address)}</code></figcaption></figure>
<a class="get" href="${TRUST_FILE_PATH}">${say({ zh: '下载证书', en: 'Download the certificate' })}<small>daodi-ca.crt</small></a>
<p class="soft">${say(BROWSER)}</p>
<section class="check">
<h2>${say({ zh: '先核对，再信任', en: 'Compare before you trust' })}</h2>
<p>${say(COMPARE)}</p>
<p class="print" translate="no">${fingerprintLines(authority.fingerprint)}</p>
<p class="soft">${say({ zh: `名称“${authority.name}”，有效期至 ${dayText(authority.notAfter, 'zh')}。`, en: `It is called “${authority.name}” and is valid until ${dayText(authority.notAfter, 'en')}.` })}</p>
</section>
<h2>${say({ zh: '按您的设备操作', en: 'Steps for your device' })}</h2>
${TRUST_STEPS.map((steps) => details(steps, steps.id === (system ?? 'iphone'), say)).join('\n')}
<h2>${say({ zh: '完成以后', en: 'When it is done' })}</h2>
<p>${say({ zh: '关掉浏览器再打开下面的地址。不再出现警告，就成了。', en: 'Close the browser and open this address. If there is no warning, it worked.' })}</p>
<p><a class="go" href="${escape(afterwards)}">${escape(afterwards)}</a></p>
<p class="soft">${say(LIMITS)}</p>
</main>
</body>
</html>
`;
}

const TITLE: Bilingual = { zh: '让手机信任这台机器', en: 'Let your phone trust this machine' };
const WHY: Bilingual = {
  zh: '这台机器用自己签发的证书加密连接。手机信任它以后，相机扫码、定位和断网填写才能使用，密码也不会在网络上被看到。每部手机做一次即可。',
  en: 'This machine encrypts with a certificate of its own. Once your phone trusts it, camera, location and work without network function, and nobody on the network can read your password. It is done once for each phone.',
};
const BROWSER: Bilingual = {
  zh: '请用手机自带的浏览器打开本页（iPhone 用 Safari）；聊天软件里打开的页面往往不能下载。',
  en: 'Use the phone’s own browser (Safari on an iPhone); pages opened inside a chat app often cannot download.',
};
const COMPARE: Bilingual = {
  zh: '手机显示的证书详情里，SHA-256 指纹应与下面的相同，也应与运行本系统的机器上显示的（命令 daodi tls local）相同。有一处不同就不要信任，并告诉管理员。',
  en: 'The SHA-256 fingerprint in the certificate’s details on your phone must be the one below, and the one shown on the machine itself (command daodi tls local). If any of them differs, do not trust it, and tell the administrator.',
};
const LIMITS: Bilingual = {
  zh: '这张证书只能担保本机和局域网内的名字，不能冒充其他网站。不再使用时，可在装它的同一处设置里删除。',
  en: 'This certificate can vouch for this machine and names of the local network only, not for other sites. When you no longer need it, remove it where you installed it.',
};

function details({ title, steps, note }: TrustSteps, isOpen: boolean, say: (words: Bilingual) => string): string {
  const remark = note === undefined ? '' : `<p class="soft">${say(note)}</p>`;
  return `<details${isOpen ? ' open' : ''}><summary>${say(title)}</summary><ol>${steps.map((step) => `<li>${say(step)}</li>`).join('')}</ol>${remark}</details>`;
}

const dayText = (day: Date, language: Language): string => day.toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Four lines of eight pairs: what an eye can compare without losing its place. */
function fingerprintLines(fingerprint: string): string {
  return (fingerprint.match(/(?:[0-9A-F]{2}:?){8}/g) ?? []).map((line) => `<span>${line.replace(/:/g, ' ').trim()}</span>`).join('');
}

/** Black on white whatever the page's colours, with the four clear modules a reader needs (ISO/IEC 18004). */
function qrSvg(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const QUIET = 4;
  const side = modules.size + 2 * QUIET;
  const dark = Array.from(modules.data).flatMap((bit, i) => (bit ? [`M${QUIET + (i % modules.size)} ${QUIET + Math.floor(i / modules.size)}h1v1h-1z`] : []));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${dark.join('')}"/></svg>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
