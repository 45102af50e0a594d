import { Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, Permit, type Role } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MEDIA } from '../package/media-types';
import { PAPER_KINDS } from '../template/paper-kinds';
import { TemplateFileDto } from './template-file.dto';
import { paperKindOf, sentTemplate, type TemplateFile, Templates } from './templates.service';

/** Those who say what an organisation's papers look like. */
const TEMPLATE_ROLES: readonly Role[] = ['owner', 'manager', 'quality-head', 'machine'];
const OFFICE_TYPES = Object.values(MEDIA);

const PaperParam = (): MethodDecorator => ApiParam({ name: 'paper', enum: [...PAPER_KINDS], description: '单据 Which paper' });
const OfficeBody = (): MethodDecorator => ApiBody({ type: TemplateFileDto, description: `.docx 或 .xlsx 文件本身（${OFFICE_TYPES.join('、')}），或 JSON。The file itself under its own media type, or JSON.` });
const FAULTS = '`invalid`: 每个未知或不成对的占位符及其位置 every unknown or broken placeholder and where it stands; macros, links outside, fields, formulas, oversize';

/** Templates of papers: downloaded, changed in Word, Excel or WPS, sent back. */
@ApiTags('papers')
@Controller('api/v1/paper-templates')
@Permit()
export class TemplatesController {
  constructor(private readonly templates: Templates) {}

  @Get()
  @ApiOperation({ summary: '单据模板 / Every paper with the template it is made with' })
  list(@CurrentCaller() caller: Caller): Promise<object> {
    return this.templates.list(caller);
  }

  @Get('fields')
  @ApiOperation({ summary: '占位符 / What a template may name, in Chinese and English' })
  fields(): object {
    return this.templates.fields();
  }

  @Get(':paper/default')
  @PaperParam()
  @ApiOperation({ summary: '下载默认模板 / Our own template, to change and send back' })
  @ApiProduces(...OFFICE_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  byDefault(@Param('paper') paper: string, @Res() reply: FastifyReply): void {
    sendFile(reply, this.templates.byDefault(paperKindOf(paper)), `${paper}-default`);
  }

  @Get(':paper/versions/:version')
  @PaperParam()
  @ApiOperation({ summary: '下载单位模板 / A version of your own' })
  @ApiProduces(...OFFICE_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'not-found' })
  async version(@CurrentCaller() caller: Caller, @Param('paper') paper: string, @Param('version') version: string, @Res() reply: FastifyReply): Promise<void> {
    sendFile(reply, await this.templates.version(caller, paperKindOf(paper), version), `${paper}-${version}`);
  }

  @Put(':paper')
  @HttpCode(201)
  @Permit(...TEMPLATE_ROLES)
  @LeavesEntries('record:paper-template')
  @PaperParam()
  @OfficeBody()
  @ApiOperation({ summary: '上传单位模板 / Take a file as the next version of your template' })
  @ApiCreatedResponse({ description: 'Taken; packs are made with it from now on', schema: { example: { paper: 'delivery-note', version: 1, format: 'xlsx', dropped: [] } } })
  @ApiUnprocessableEntityResponse({ description: FAULTS })
  async take(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('paper') paper: string): Promise<ActAnswer> {
    return this.templates.take(caller, request, paperKindOf(paper), await sentTemplate(request.body));
  }

  @Post(':paper/preview')
  @HttpCode(200)
  @Permit(...TEMPLATE_ROLES)
  @LeavesEntries()
  @PaperParam()
  @OfficeBody()
  @ApiOperation({ summary: '模板预览 / Draw a file with examples; nothing is kept' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @ApiUnprocessableEntityResponse({ description: FAULTS })
  async preview(@Req() request: FastifyRequest, @Param('paper') paper: string, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await this.templates.preview(paperKindOf(paper), await sentTemplate(request.body));
    reply.type('application/pdf').header('Cache-Control', 'private, no-store').send(bytes);
  }

  @Delete(':paper')
  @Permit(...TEMPLATE_ROLES)
  @LeavesEntries('record:paper-template')
  @PaperParam()
  @ApiOperation({ summary: '恢复默认模板 / Use our template again' })
  @ApiNotFoundResponse({ description: 'not-found: ours is used anyway' })
  end(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('paper') paper: string): Promise<ActAnswer> {
    return this.templates.end(caller, request, paperKindOf(paper));
  }
}

function sendFile(reply: FastifyReply, { bytes, format }: TemplateFile, name: string): void {
  reply.type(MEDIA[format]).header('Content-Disposition', `attachment; filename="${name}.${format}"`).header('Cache-Control', 'private, no-store').send(bytes);
}
