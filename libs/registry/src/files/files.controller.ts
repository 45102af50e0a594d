import { Controller, Get, HttpCode, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { DtoValidationPipe, invalid } from '@daodi/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { UploadFileDto } from './file.dto';
import { Files, type UploadedFile } from './files.service';
import { FILE_MEDIA_TYPES } from './media-type-of';

const Digest = (): MethodDecorator => ApiParam({ name: 'sha256', description: '文件内容的 SHA-256 of the file’s bytes, 64 hexadecimal digits', schema: { type: 'string', pattern: '^[0-9a-f]{64}$' } });

/** 文件: scans, photographs and tables that records name by their SHA-256. */
@ApiTags('files')
@Controller('api/v1/files')
@Permit()
export class FilesController {
  constructor(private readonly files: Files) {}

  @Get()
  @ApiOperation({ summary: '本组织上传的文件 / What your organisation handed in, oldest first' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<UploadedFile>> {
    return this.files.list(caller, page);
  }

  /** HEAD is answered from here, too: whether a file is there before it is sent again. */
  @Get(':sha256')
  @Digest()
  @ApiOperation({ summary: '下载文件 / A file of your own, or of a paper you may read' })
  @ApiProduces(...FILE_MEDIA_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such file, or it is not for you' })
  async get(@CurrentCaller() caller: Caller, @Param('sha256') sha256: string, @Res() reply: FastifyReply): Promise<void> {
    const { digest, mediaType, bytes } = await this.files.get(caller, sha256);
    // Never drawn by the browser inside our own origin, whatever it holds.
    reply.type(mediaType).header('Content-Disposition', `attachment; filename="${digest.slice(0, 16)}"`).header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "default-src 'none'; sandbox").header('Cache-Control', 'private, no-store').send(bytes);
  }

  @Put(':sha256')
  @HttpCode(201)
  @Permit('owner', 'manager', 'field-worker', 'station-keeper', 'warehouse', 'purchaser', 'quality-head', 'lab-tester', 'lab-reviewer', 'lab-approver', 'machine')
  @LeavesEntries('record:file')
  @Digest()
  @ApiBody({ type: UploadFileDto, description: `文件本身（${FILE_MEDIA_TYPES.join('、')}），或 JSON。The file itself under its own media type, or JSON.` })
  @ApiOperation({ summary: '上传文件 / Hand in a file whose digest a record names; sent again it is there already (200)' })
  @ApiCreatedResponse({ description: 'Kept', schema: { example: { sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c', mediaType: 'application/pdf', byteSize: 183_204 } } })
  @ApiUnprocessableEntityResponse({ description: '`invalid`: other-digest, file-type' })
  async take(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('sha256') sha256: string): Promise<ActAnswer> {
    return this.files.take(caller, request, sha256, await bytesOf(request.body));
  }
}

/** The file as it was sent. @throws Problem 422 where there is none */
async function bytesOf(body: unknown): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  if (body === undefined || body === null) throw invalid([{ pointer: '', rule: 'file-missing', detail: { zh: '请求中没有文件', en: 'There is no file in the request' } }]);
  const { file } = (await new DtoValidationPipe().transform(body, { type: 'body', metatype: UploadFileDto })) as UploadFileDto;
  return Buffer.from(file, 'base64');
}
