import { createTransport } from 'nodemailer';
import type { MailSettings } from '@daodi/platform';
import type { Notice } from '../messages/notice-text';

const WITHIN_MS = 20_000;

/** Sends a notice as plain text by the operator's mail server. @throws what the server says */
export async function sendMail({ smtpUrl, from }: MailSettings, to: string, { subject, text }: Notice, id: string): Promise<void> {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: WITHIN_MS, greetingTimeout: WITHIN_MS, socketTimeout: WITHIN_MS });
  try {
    // The id stays the same when a mail is sent again after an answer was lost, so a reader's program can tell.
    await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId: `<${id}@daodi.invalid>`, headers: { 'Auto-Submitted': 'auto-generated' } });
  } finally {
    transport.close();
  }
}
