import { Controller, Get, Inject, Optional, Query, Res } from '@nestjs/common';
import { TABLE_FORMATS, TABLE_MEDIA_TYPES, type TableFormat, writeTable } from '@daodi/platform';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { PageQuery, type Page } from '../input/page';
import { Text } from '../input/fields';
import { Permit } from '../sign-in/route-rules';
import { REFERENCE_LIMITS, type ReferenceLimit } from './reference-limits';
import { referenceRows } from './table/write-standards';

const PAGE_DEFAULT = 100;

/** Which limits are wanted. */
export class ReferenceLimitQuery extends PageQuery {
  @Text(60, { optional: true, description: 'Code of a herb; what is said of all herbs comes with it', example: 'lianqiao' })
  herb?: string;

  @Text(100, { optional: true, description: 'As the source calls it', example: '药材' })
  form?: string;

  @Text(60, { optional: true, description: 'Grade; what is said of all grades comes with it', example: '青翘' })
  grade?: string;
}

/** Of which herb, and in which format, a table is wanted. */
export class ReferenceExportQuery {
  @ApiProperty({ enum: TABLE_FORMATS, description: '格式 CSV or Excel' })
  @IsIn([...TABLE_FORMATS])
  format: TableFormat;

  @Text(60, { optional: true, description: 'Code of a herb. 品种', example: 'lianqiao' })
  herb?: string;
}

/** Limits of herbs as they were read, with their sources. None is verified, and none judges anything. */
@ApiTags('standards')
@Controller('api/v1/reference-limits')
export class ReferenceLimitsController {
  private readonly limits: readonly ReferenceLimit[];

  constructor(
    @Optional() @Inject(REFERENCE_LIMITS) limits: readonly ReferenceLimit[] | undefined,
    private readonly dataSource: DataSource,
  ) {
    this.limits = limits ?? [];
  }

  @Get('export')
  @Permit()
  @ApiOperation({ summary: '导出限度作为录入标准的底稿 The same as a table to begin a standard with; what is not known stays empty' })
  @ApiProduces(...Object.values(TABLE_MEDIA_TYPES))
  async export(@Query() { format, herb }: ReferenceExportQuery, @Res() reply: FastifyReply): Promise<void> {
    const names: { code: string; name: string }[] = await this.dataSource.query('SELECT code, name FROM herb');
    const nameOf = new Map(names.map(({ code, name }) => [code, name]));
    const rows = referenceRows(this.limits.filter((limit) => herb === undefined || limit.herb === herb), (code) => nameOf.get(code) ?? code);
    reply.type(TABLE_MEDIA_TYPES[format]).header('Content-Disposition', `attachment; filename="reference-limits.${format}"`).header('Cache-Control', 'private, no-store').send(await writeTable(rows, format));
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '限度及来源（未经核对，不作判定） / Limits with their sources: not verified, they judge nothing' })
  @ApiOkResponse({
    schema: {
      example: {
        items: [{
          herb: 'lianqiao', form: '药材', grade: '青翘', test: '浸出物', direction: 'min', limitText: '30.0', unit: '%', chapter: '2201',
          source: { zh: '饮片厂检验记录模板', en: 'inspection-record templates of a decoction-piece plant' }, disputed: false, verified: false,
        }],
      },
    },
  })
  list(@Query() { herb, form, grade, limit = PAGE_DEFAULT, cursor = '0' }: ReferenceLimitQuery): Page<ReferenceLimit> {
    const found = this.limits.filter((one) => isAsked(one.herb, herb) && (form === undefined || one.form === form) && isAsked(one.grade, grade));
    const [from, to] = [Number(cursor), Number(cursor) + Number(limit)];
    return { items: found.slice(from, to), next: to < found.length ? String(to) : undefined };
  }
}

/** What is said of all is said of what was asked about too. */
const isAsked = (own: string | undefined, asked: string | undefined): boolean => asked === undefined || own === undefined || own === asked;
