import { dropLocalTls, ensureLocalTls, hostOf, lanHost, machineNames, readConfig, trustAddress, type Config, type LocalTls } from '@daodi/platform';
import QRCode from 'qrcode';
import type { Command } from '../command';

/** The port the example names for plain http. */
const HTTP_PORT = 3080;

/**
 * Makes an authority of this machine's own, once, and a certificate under it for every name and address the machine
 * has. The next start serves https with it; phones are shown how to trust it at `/trust`.
 */
export const tlsLocalCommand: Command = {
  words: 'tls local',
  operands: '[--new-authority]',
  zh: '为局域网启用 https:自建证书颁发机构,并说明手机如何信任',
  en: 'https in the local network: an authority of its own, and how a phone is told to trust it',
  async run(operands) {
    const newAuthority = operands[0] === '--new-authority';
    if (operands.length > (newAuthority ? 1 : 0)) return 2;
    const config = readConfig();
    const made = await ensureLocalTls(config.dataFolder, machineNames(hostOf(config)), new Date(), { newAuthority });
    process.stdout.write(await whatNext(made, config));
    return made.leftOut.length === 0 ? 0 : 1;
  },
};

/** Lets the next start serve plain http again. The authority stays, so that phones need not trust another one later. */
export const tlsOffCommand: Command = {
  words: 'tls off',
  operands: '',
  zh: '停用 tls local(保留证书颁发机构,手机无需重新信任)',
  en: 'stop using tls local; its authority stays, so that phones need not trust anew',
  async run(operands) {
    if (operands.length > 0) return 2;
    dropLocalTls(readConfig().dataFolder);
    return 0;
  },
};

async function whatNext({ authority, leftOut }: LocalTls, config: Config): Promise<string> {
  const host = lanHost();
  const httpPort = config.httpPort ?? HTTP_PORT;
  const page = trustAddress({ port: config.port, httpPort }, host);
  const settings = [
    ...(config.host === '127.0.0.1' ? ['DAODI_HOST=0.0.0.0'] : []),
    ...(config.httpPort === undefined ? [`DAODI_HTTP_PORT=${HTTP_PORT}`] : []),
    ...(config.isPublicUrlLoopback ? [`DAODI_PUBLIC_URL=https://${host}:${config.port}`] : []),
  ];
  return [
    `证书颁发机构 / authority   ${authority.name}`,
    `有效期至 / valid until     ${authority.notAfter.toISOString().slice(0, 10)}`,
    '指纹 / fingerprint (SHA-256)',
    ...(authority.fingerprint.match(/(?:[0-9A-F]{2}:?){8}/g) ?? []).map((line) => `  ${line.replace(/:/g, ' ').trim()}`),
    ...(leftOut.length === 0 ? [] : [
      '',
      `此颁发机构不能担保 / this authority may not vouch for: ${leftOut.join(', ')}`,
      '  daodi tls local --new-authority 另建一个(手机需重新信任) / makes one that may (phones must trust it anew)',
    ]),
    '',
    '启动 / start:',
    `  ${[...settings, 'npm start'].join(' ')}`,
    '然后用手机打开 / then open on the phone:',
    `  ${page}`,
    '',
    // With colours of its own, or it would come out inverted on a dark terminal; a file gets the bare characters.
    await QRCode.toString(page, process.stdout.isTTY ? { type: 'terminal', small: true } : { type: 'utf8' }),
    '',
  ].join('\n');
}
