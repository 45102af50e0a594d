import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiPropertyOptional, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MEDIA } from '../package/media-types';
import { PAPER_KINDS, type PaperKind } from '../template/paper-kinds';
import { PACK_FORMATS, type PackFormat, Packs } from './packs.service';

/** What of a pack is wanted, and how. */
export class PackQuery {
  @ApiPropertyOptional({ enum: PACK_FORMATS, default: 'pdf', description: 'pdf: 合成一个 PDF one PDF of all; zip: 每份单据的 PDF 和 Word/Excel each paper as PDF and as Word or Excel file; file: 一份单据的 Word/Excel one paper as Word or Excel file' })
  @IsOptional()
  @IsIn([...PACK_FORMATS])
  format?: PackFormat;

  @ApiPropertyOptional({ enum: PAPER_KINDS, description: '只要这一份 Only this paper' })
  @IsOptional()
  @IsIn([...PAPER_KINDS])
  paper?: PaperKind;
}

/** 随货资料: the papers that go with a shipment, in one call. */
@ApiTags('papers')
@Controller('api/v1/shipments')
@Permit()
export class PacksController {
  constructor(private readonly packs: Packs) {}

  @Get(':eventID/papers')
  @ApiOperation({ summary: '随货资料 / The papers of a shipment: delivery note, statement of origin, harvest and processing, test reports, supplier form' })
  @ApiParam({ name: 'eventID', description: '发货记录编号 The shipment’s eventID', example: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  @ApiProduces('application/pdf', 'application/zip', ...Object.values(MEDIA))
  @ApiOkResponse({ description: 'The same question gets the same file until a record or template changes; `X-Pack-Number`, `X-Pack-Issue`', content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } }, 'application/zip': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse({ description: 'not-found: no shipment your organisation sent, or is to receive' })
  @ApiConflictResponse({ description: 'shipment-withdrawn' })
  @ApiUnprocessableEntityResponse({ description: 'too-many-batches, invalid' })
  async papers(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('eventID') eventID: string, @Query() { format, paper }: PackQuery, @Res() reply: FastifyReply): Promise<void> {
    const wanted = format ?? (request.headers.accept?.includes('application/zip') === true ? 'zip' : 'pdf');
    const pack = await this.packs.handOut(caller, eventID, wanted, paper !== undefined ? [paper] : wanted === 'file' ? ['delivery-note'] : []);
    reply
      .type(pack.mediaType)
      .header('Content-Disposition', `inline; filename="${pack.packNumber}"; filename*=UTF-8''${encodeURIComponent(pack.fileName)}`)
      .header('Cache-Control', 'private, no-store')
      .header('X-Pack-Number', pack.packNumber)
      .header('X-Pack-Issue', String(pack.issue))
      .send(pack.bytes);
  }
}
