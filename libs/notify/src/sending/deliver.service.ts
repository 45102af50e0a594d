import { Injectable } from '@nestjs/common';
import { Config, Installation, type Language } from '@daodi/platform';
import { UnrecoverableError } from 'bullmq';
import { DataSource } from 'typeorm';
import { type Notice, noticeText } from '../messages/notice-text';
import { ROBOTS } from '../messages/robot-message';
import { readSmsGateway, smsCall } from '../messages/sms-message';
import { webhookMessage } from '../messages/webhook-message';
import type { OccasionKind } from '../occasions/occasion';
import type { Channel } from '../subscriptions/channel';
import { httpCall, NotTaken, PrivateTarget } from './http-call';
import { sendMail } from './mailer';

interface Row {
  readonly id: string;
  readonly occasion: OccasionKind;
  readonly batch: string | null;
  readonly state: string;
  readonly target: string;
  readonly secret: string | null;
  readonly subscription: { readonly channel: Channel; readonly language: Language };
}

/** Sends one delivery. Sent and then noted: where the note is lost, it is sent once more under the same id. */
@Injectable()
export class Deliver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly installation: Installation,
  ) {}

  /** @throws UnrecoverableError where trying again would not help */
  async run(deliveryId: string): Promise<void> {
    const [row]: Row[] = await this.dataSource.query(
      `SELECT d.id, d.occasion, d.batch, d.state, t.target, t.secret, s.state AS subscription
         FROM delivery d JOIN notice_target t USING (subscription_id) JOIN notice_subscription s ON s.id = d.subscription_id
        WHERE d.id = $1 AND d.state IN ('waiting', 'failed')`,
      [deliveryId],
    );
    if (row === undefined) return;
    try {
      await this.send(row, noticeText(row.occasion, row.batch ?? undefined, row.subscription.language, this.config.publicUrl, this.installation.isDemo));
    } catch (error) {
      if (error instanceof PrivateTarget) throw new UnrecoverableError(error.name);
      throw error;
    }
    await this.dataSource.query(`UPDATE delivery SET state = 'sent', ended_at = clock_timestamp() WHERE id = $1`, [deliveryId]);
  }

  private async send({ id, target, secret, subscription: { channel } }: Row, notice: Notice): Promise<void> {
    const { mail, smsRequest, noticePrivateTargets } = this.config;
    const now = new Date();
    switch (channel) {
      case 'email':
        if (mail === undefined) throw new UnrecoverableError('no mail server is set');
        return sendMail(mail, target, notice, id);
      case 'sms': {
        const gateway = smsRequest === undefined ? undefined : readSmsGateway(smsRequest);
        if (gateway === undefined) throw new UnrecoverableError('no gateway for text messages is set');
        const { type, ...call } = smsCall(gateway, target, notice.text);
        // The gateway's address is the operator's own, who may well have it behind the same wall.
        await httpCall({ ...call, headers: type === undefined ? {} : { 'Content-Type': type } }, true);
        return;
      }
      case 'webhook':
        await httpCall({ method: 'POST', url: target, ...webhookMessage(id, notice, secret ?? '', now) }, noticePrivateTargets);
        return;
      case 'wecom':
      case 'dingtalk':
      case 'feishu': {
        const { url, body, isTaken } = ROBOTS[channel](target, secret ?? undefined, notice, now);
        const answer = await httpCall({ method: 'POST', url, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }, noticePrivateTargets);
        if (!isTaken(jsonOf(answer))) throw new NotTaken('the robot did not take it');
        return;
      }
      default:
        return channel satisfies never;
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
