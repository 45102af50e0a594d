/** How a notice can reach an organisation: by mail, by a signed call of its system, in a group chat, by text message. */
export const CHANNELS = ['email', 'webhook', 'wecom', 'dingtalk', 'feishu', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What each way is. */
export const CHANNEL_MEANINGS = {
  email: '电子邮件 mail', webhook: '系统回调 a signed call of your system', wecom: '企业微信群机器人 WeCom group robot', dingtalk: '钉钉群机器人 DingTalk group robot',
  feishu: '飞书群机器人 Feishu group robot', sms: '短信 text message',
} as const;
