import { Id, OneOf, Text } from '../input/fields';

/**
 * What a zone of a store is for: 待验 合格 不合格 退货 发货, and one for anything else. The kind says in which state the
 * goods are that lie there. GSP (药品经营质量管理规范, 色标管理) asks for these areas; unverified here, it judges nothing.
 */
export const ZONE_KINDS = ['quarantine', 'qualified', 'rejected', 'returned', 'dispatch', 'general'] as const;
export type ZoneKind = (typeof ZONE_KINDS)[number];

/** 库区: a part of a site, with an identifier of its own. */
export class AddZoneDto {
  @Id({ description: 'The site it is a part of. 所在场所', example: '2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d' })
  site: string;

  @OneOf(ZONE_KINDS, {
    description: 'What lies there; it never changes. 库区类别',
    meanings: {
      quarantine: '待验区 not decided on', qualified: '合格区 found fit', rejected: '不合格区 found unfit', returned: '退货区 came back, not decided on', dispatch: '发货区 ready to leave',
      general: '一般库区 anything else',
    },
    example: 'quarantine',
  })
  zone: ZoneKind;

  @Text(200, { description: 'Its name or shelf number. 名称或货位号', example: '待验区 A-01' })
  name: string;
}

/** What may change about a zone; its kind may not, for it says in which state goods were. */
export class ChangeZoneDto {
  @Text(200, { optional: true, description: 'Its name or shelf number. 名称或货位号', example: '待验区 A-02' })
  name?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'Whether it is in use. 是否在用', meanings: { active: '在用 in use', ended: '停用 no longer used' }, example: 'ended' })
  status?: string;

  @Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '库区调整' })
  why?: string;
}
