import { createHmac } from 'node:crypto';
import type { Notice } from './notice-text';

/**
 * A call of an organisation's own system. `X-Daodi-Signature: t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 with the
 * subscription's secret over `SECONDS.BODY`: the receiver can tell that it is ours, and that it is not an old one.
 */
export function webhookMessage(id: string, { occasion, batch, link, text }: Notice, secret: string, now: Date): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = JSON.stringify({ type: 'daodi.notice', id, occasion, batch, link, text });
  const seconds = Math.floor(now.getTime() / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { body, headers: { 'Content-Type': 'application/json', 'X-Daodi-Signature': `t=${seconds},v1=${signature}`, 'X-Daodi-Delivery': id } };
}
