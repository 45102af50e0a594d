import { OneOf, SomeOf, Text } from '@daodi/registry';
import { OCCASION_MEANINGS, OCCASIONS, type OccasionKind } from '../occasions/occasion';
import { type Channel, CHANNEL_MEANINGS, CHANNELS } from './channel';

/** What an organisation wants to be told of, and where. */
export class SubscribeDto {
  @SomeOf(OCCASIONS, { description: 'What one wants to be told of. 通知事项', meanings: OCCASION_MEANINGS })
  occasions: OccasionKind[];

  @OneOf(CHANNELS, { description: 'By what way. 通知方式', meanings: CHANNEL_MEANINGS })
  channel: Channel;

  @Text(500, { description: 'A mail address, a URL, or a mobile number; kept beside the log and never shown again in full. 接收地址', example: 'https://erp.example.cn/daodi' })
  target: string;

  @Text(200, { optional: true, description: 'For webhook: the key of the signature. For dingtalk and feishu: the robot\'s signing secret. 签名密钥', example: 'S3CRET-OF-THE-ROBOT' })
  secret?: string;

  @OneOf(['zh', 'en'], { description: 'Language of the notices. 语言', meanings: { zh: '中文 Chinese', en: '英文 English' } })
  language: 'zh' | 'en';
}
