import { OneOf, SomeOf, Text } from '@daodi/registry';
import { OCCASIONS, type OccasionKind } from '../occasions/occasion';
import { type Channel, CHANNELS } from './channel';

/** What an organisation wants to be told of, and where. */
export class SubscribeDto {
  @SomeOf(OCCASIONS)
  occasions: OccasionKind[];

  @OneOf(CHANNELS, { description: 'wecom 企业微信, dingtalk 钉钉, feishu 飞书: the address of a group robot' })
  channel: Channel;

  @Text(500, { description: 'A mail address, a URL, or a mobile number; kept beside the log and never shown again in full', example: 'https://erp.example.cn/daodi' })
  target: string;

  @Text(200, { optional: true, description: 'For webhook: the key of the signature. For dingtalk and feishu: the robot\'s signing secret' })
  secret?: string;

  @OneOf(['zh', 'en'])
  language: 'zh' | 'en';
}
