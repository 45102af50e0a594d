import { Body, Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { MakeApiKeyDto } from './api-key.dto';
import { ApiKeysService, type ApiKeyView } from './api-keys.service';

/** The API keys of the caller's organisation. */
@ApiTags('people')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  /** The answer shows the secret, once. */
  @Post()
  @ApiOperation({ summary: '生成接口密钥 Make an API key' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:api-key')
  make(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: MakeApiKeyDto): Promise<ActAnswer> {
    return this.keys.make(caller, request, body);
  }

  @Get()
  @Permit('owner', 'manager')
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<ApiKeyView>> {
    return this.keys.list(caller, page);
  }

  @Delete(':id')
  @Permit('owner', 'manager')
  @LeavesEntries('record:api-key')
  end(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string): Promise<ActAnswer> {
    return this.keys.end(caller, request, id);
  }
}
