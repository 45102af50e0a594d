import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { bilingual } from '@daodi/platform';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { type CodeImage, type Level, LEVELS, pngOf, svgOf } from './image/code-image';
import { Labels } from './labels.service';

const SIZE = { min: 64, max: 4096, byDefault: 320 } as const;

/** How a code is to be drawn. */
export class CodeImageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: SIZE.min, maximum: SIZE.max, default: SIZE.byDefault, description: 'Width in pixels' })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: bilingual('size 应为整数', 'size must be a whole number') })
  @Min(SIZE.min)
  @Max(SIZE.max)
  size?: number;

  @ApiPropertyOptional({ enum: LEVELS, default: 'M', description: 'Error correction' })
  @IsOptional()
  @IsIn([...LEVELS])
  level?: Level;
}

/** Codes to print, for whoever made or holds the batch. */
@ApiTags('labels')
@Controller('api/v1/batches/:code')
@Permit()
export class LabelsController {
  constructor(private readonly labels: Labels) {}

  @Get('qr.svg')
  @ApiOperation({ summary: '批次二维码 SVG / QR code of a batch as SVG' })
  @ApiParam({ name: 'code', example: '7K2QZ0ABCD4' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ description: 'The symbol with its quiet zone of four modules', content: { 'image/svg+xml': { schema: { type: 'string' } } } })
  @ApiNotFoundResponse({ description: 'Not a batch the organisation made or holds' })
  async svg(@CurrentCaller() caller: Caller, @Param('code') code: string, @Query() query: CodeImageQuery, @Res() reply: FastifyReply): Promise<void> {
    reply.type('image/svg+xml; charset=utf-8').send(svgOf(await this.image(caller, code, query)));
  }

  @Get('qr.png')
  @ApiOperation({ summary: '批次二维码 PNG / QR code of a batch as PNG' })
  @ApiParam({ name: 'code', example: '7K2QZ0ABCD4' })
  @ApiProduces('image/png')
  @ApiOkResponse({ description: 'The symbol with its quiet zone of four modules', content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse({ description: 'Not a batch the organisation made or holds' })
  async png(@CurrentCaller() caller: Caller, @Param('code') code: string, @Query() query: CodeImageQuery, @Res() reply: FastifyReply): Promise<void> {
    reply.type('image/png').send(pngOf(await this.image(caller, code, query)));
  }

  private async image(caller: Caller, code: string, { size = SIZE.byDefault, level = 'M' }: CodeImageQuery): Promise<CodeImage> {
    const { uri, caption, isDemo } = await this.labels.labelOf(caller.organisationId, code);
    return { text: uri, caption, isDemo, size, level };
  }
}
