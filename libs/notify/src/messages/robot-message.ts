import { createHmac } from 'node:crypto';
import type { Notice } from './notice-text';

/** A call of a group robot. */
export interface RobotCall {
  readonly url: string;
  readonly body: object;
  /** Whether the answer, an HTTP 200 even for a refusal, says that the message was taken. */
  isTaken(answer: unknown): boolean;
}

type Robot = (address: string, secret: string | undefined, notice: Notice, now: Date) => RobotCall;

/**
 * Shapes and signatures of the three group robots, verified: false. They were read in third parties' descriptions, not
 * in the makers' own documents, and no robot of theirs was called.
 */
export const ROBOTS: Readonly<Record<'wecom' | 'dingtalk' | 'feishu', Robot>> = {
  /** 企业微信: `{msgtype: 'text', text: {content}}`; the key in the address is all there is to know. `errcode` 0 is taken. */
  wecom: (url, _secret, { text }) => ({ url, body: { msgtype: 'text', text: { content: text } }, isTaken: isZero('errcode') }),
  /** 钉钉 加签: HMAC-SHA256 with the secret over `milliseconds\nsecret`, base64, in the address. `errcode` 0 is taken. */
  dingtalk: (address, secret, { text }, now) => {
    const url = new URL(address);
    if (secret !== undefined) {
      const timestamp = String(now.getTime());
      url.searchParams.set('timestamp', timestamp);
      url.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
    }
    return { url: url.href, body: { msgtype: 'text', text: { content: text } }, isTaken: isZero('errcode') };
  },
  /** 飞书 签名校验: HMAC-SHA256 over nothing, keyed with `seconds\nsecret`, base64, in the body. `code` 0 is taken. */
  feishu: (url, secret, { text }, now) => {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const signed = secret === undefined ? {} : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
    return { url, body: { ...signed, msg_type: 'text', content: { text } }, isTaken: isZero('code') };
  },
};

const isZero = (member: string) => (answer: unknown): boolean => (answer as Record<string, unknown> | null)?.[member] === 0;
