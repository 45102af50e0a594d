/**
 * How a phone or computer is told to trust an authority, system by system. Makers move and rename these menus with
 * every release, so each list also says what to search for.
 */
import type { Bilingual } from '../start-failure';

/** One system and its steps. */
export interface TrustSteps {
  readonly id: 'iphone' | 'android' | 'harmony' | 'windows' | 'mac';
  readonly title: Bilingual;
  readonly steps: readonly Bilingual[];
  /** What a person meets that looks wrong and is not. */
  readonly note?: Bilingual;
}

const IPHONE: TrustSteps = {
  id: 'iphone',
  title: { zh: 'iPhone、iPad', en: 'iPhone, iPad' },
  steps: [
    { zh: '用 Safari 打开本页，点上面的“下载证书”，再点“允许”。', en: 'Open this page in Safari, tap “Download the certificate” above, then “Allow”.' },
    { zh: '打开“设置”，点顶部的“已下载描述文件”；没有时到“通用”→“VPN 与设备管理”里找。点“安装”，输入锁屏密码，再点两次“安装”。', en: 'Open Settings and tap “Profile Downloaded” at the top, or General → VPN & Device Management. Tap Install, enter the passcode, tap Install twice.' },
    { zh: '再到“设置”→“通用”→“关于本机”→最下面的“证书信任设置”，打开这张证书旁的开关。少了这一步不起作用。', en: 'Then go to Settings → General → About → Certificate Trust Settings, at the very bottom, and turn on the switch beside this certificate. Without this step nothing changes.' },
  ],
};

const ANDROID: TrustSteps = {
  id: 'android',
  title: { zh: '安卓（小米、OPPO、vivo、荣耀等）', en: 'Android' },
  steps: [
    { zh: '点上面的“下载证书”。文件会存进“下载”，直接点开它通常装不上，这是正常的。', en: 'Tap “Download the certificate” above. The file lands in Downloads; opening it there usually does not install it.' },
    { zh: '打开“设置”→“安全”（或“密码与安全”）→“加密与凭据”→“安装证书”→“CA 证书”。找不到时，在设置顶部搜索“证书”。', en: 'Open Settings → Security → Encryption & credentials → Install a certificate → CA certificate. If it is not there, search Settings for “certificate”.' },
    { zh: '点“仍然安装”，输入锁屏密码，选择刚才下载的 daodi-ca.crt。', en: 'Tap “Install anyway”, enter the screen lock, choose the file daodi-ca.crt.' },
  ],
  note: { zh: '手机没有锁屏密码时，系统会先要求设置一个。以后系统可能提示“网络可能会受到监控”，指的就是这张证书；它只能担保本机和局域网内的名字。', en: 'Without a screen lock the system asks for one first. Later it may say that the network may be monitored: that is this certificate, which can vouch for this machine and names of the local network only.' },
};

const HARMONY: TrustSteps = {
  id: 'harmony',
  title: { zh: '华为（鸿蒙）', en: 'Huawei (HarmonyOS)' },
  steps: [
    { zh: '点上面的“下载证书”，保存文件。', en: 'Tap “Download the certificate” above and keep the file.' },
    { zh: '打开“设置”→“安全”（新系统是“隐私和安全”）→“更多安全设置”（或“高级”）→“加密和凭据”（或“证书与凭据”）→“从存储设备安装”。找不到时，在设置顶部搜索“证书”。', en: 'Open Settings → Security (newer: Privacy & security) → More settings (or Advanced) → Encryption & credentials → Install from storage. If it is not there, search Settings for “certificate”.' },
    { zh: '选择 daodi-ca.crt；问用途时选“CA 证书”；按提示输入锁屏密码。', en: 'Choose daodi-ca.crt; where a use is asked for, choose “CA certificate”; enter the screen lock.' },
  ],
};

const WINDOWS: TrustSteps = {
  id: 'windows',
  title: { zh: 'Windows 电脑', en: 'Windows' },
  steps: [
    { zh: '点上面的“下载证书”，双击下载的文件，点“安装证书”。', en: 'Download the certificate, double-click the file, and click “Install Certificate”.' },
    { zh: '选“当前用户”，下一步选“将所有的证书都放入下列存储”→“浏览”→“受信任的根证书颁发机构”，完成。', en: 'Choose “Current User”, then “Place all certificates in the following store” → Browse → “Trusted Root Certification Authorities”, and finish.' },
    { zh: '出现安全警告时，核对指纹与本页相同，再点“是”。重新打开浏览器。', en: 'When warned, compare the fingerprint with the one on this page, then click Yes. Restart the browser.' },
  ],
};

const MAC: TrustSteps = {
  id: 'mac',
  title: { zh: 'Mac 电脑', en: 'Mac' },
  steps: [
    { zh: '下载证书并双击，加入“登录”钥匙串。', en: 'Download the certificate and double-click it to add it to the login keychain.' },
    { zh: '在“钥匙串访问”里双击它，展开“信任”，把“使用此证书时”改为“始终信任”。', en: 'In Keychain Access double-click it, open “Trust”, and set “When using this certificate” to “Always Trust”.' },
  ],
};

/** Phones first: they are what the page is for. */
export const TRUST_STEPS: readonly TrustSteps[] = [IPHONE, ANDROID, HARMONY, WINDOWS, MAC];

/** Which of them a browser runs on, by what it says of itself. An iPad calls itself a Mac. */
export function systemOf(userAgent: string | undefined): TrustSteps['id'] | undefined {
  const says = (pattern: RegExp) => pattern.test(userAgent ?? '');
  if (says(/iPhone|iPad|iPod/)) return 'iphone';
  if (says(/HarmonyOS|OpenHarmony|HUAWEI|HMSCore/i)) return 'harmony';
  if (says(/Android/)) return 'android';
  if (says(/Windows/)) return 'windows';
  return says(/Macintosh/) ? 'mac' : undefined;
}
