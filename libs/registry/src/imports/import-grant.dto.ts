import { Id, Pattern, Text, Texts } from '../input/fields';

/** How a run is named, in the grant and in `X-Import-Run`. */
export const RUN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

/** A grant to import: for one named run of one organisation, for a while, from sources that are named. */
export class GiveImportGrantDto {
  @Id({ optional: true, description: 'Whose run it is: your own organisation unless you are the operator. 被授权单位' })
  organisationId?: string;

  @Pattern(RUN_NAME, { description: 'Name of the run; requests of the run carry it as X-Import-Run. 补录批次名', example: 'paper-2025' })
  run: string;

  @Text(500, { description: 'Why it is brought in now and was not written down here then. 补录原因', example: '2025 年纸质台账补录' })
  reason: string;

  @Text(40, { description: 'Until when, ISO 8601 with offset; a year ahead at most. 有效期至', example: '2026-12-31T18:00:00+08:00' })
  until: string;

  @Texts(50, { description: 'What it is taken from. 资料来源', example: ['2025 年采收台账（纸质）', '出入库登记簿'] })
  sources: string[];
}
