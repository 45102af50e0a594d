import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddCertificateDto } from './certificate.dto';
import { CERTIFICATES, CertificatesService } from './certificates.service';

/** The certificates of the caller's organisation. */
@ApiTags('certificates')
@Controller('api/v1/certificates')
export class CertificatesController {
  constructor(
    private readonly certificates: CertificatesService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记证书 Register a certificate' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:certificate')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddCertificateDto): Promise<ActAnswer> {
    return this.certificates.add(caller, request, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, CERTIFICATES, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, CERTIFICATES, id);
  }
}
