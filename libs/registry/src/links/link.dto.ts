import { LINK_LANGUAGE } from '@daodi/gs1';
import { IsOptional, Matches } from 'class-validator';
import { OneOf, Pattern, STATUS_MEANINGS, Text, Texts } from '../input/fields';

const WEB = /^https?:\/\/\S{1,1900}$/;
const LINK_TYPE = /^(?:gs1:[A-Za-z]{1,60}|https?:\/\/\S{1,300}|[a-z][a-z-]{1,60})$/;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/** Where a GS1 Digital Link of the organisation's leads to. */
export class AddLinkDto {
  @Pattern(WEB, { description: 'The identity it is a link of, as a GS1 Digital Link on any host: a product, a lot of it, a single item, a place. 标识（数字链接）', example: 'https://id.gs1.org/01/06901234567892/10/DG20251020' })
  anchor: string;

  @Pattern(LINK_TYPE, { description: 'GS1 link type, as gs1:pip or in full, or a relation registered with IANA; gs1:defaultLink is where everything leads that asks for no type. 链接类型', example: 'gs1:defaultLink' })
  linkType: string;

  @Pattern(WEB, { description: 'Where it leads. 目标网址', example: 'https://www.example.cn/products/lianqiao' })
  href: string;

  @Text(300, { description: 'Title of the target, for people. 标题', example: '商品信息' })
  title: string;

  @Text(300, { optional: true, description: 'What the identity is, in the linkset. 标识说明', example: '连翘（山西安泽）250 g' })
  itemDescription?: string;

  @IsOptional()
  @Texts(20, { optional: true, description: 'Languages of the target, zh or zh-CN. 语言', example: ['zh'] })
  @Matches(LINK_LANGUAGE, { each: true })
  hreflang?: string[];

  @Pattern(MEDIA_TYPE, { optional: true, description: 'Media type of the target. 媒体类型', example: 'text/html' })
  type?: string;

  @IsOptional()
  @Texts(20, { optional: true, description: 'Where or for whom it is the right one, as ?context= asks for it. 适用范围', example: ['CN'] })
  context?: string[];
}

/** What may change about a link. */
export class ChangeLinkDto {
  @Pattern(WEB, { optional: true, description: 'Where it leads. 目标网址', example: 'https://www.example.cn/products/lianqiao-2026' })
  href?: string;

  @Text(300, { optional: true, description: 'Title of the target. 标题', example: '商品信息' })
  title?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'In force, or no more. 状态', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '网站改版' })
  why?: string;
}
