/** How a notice can reach an organisation: by mail, by a signed call of its system, in a group chat, by text message. */
export const CHANNELS = ['email', 'webhook', 'wecom', 'dingtalk', 'feishu', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];
