import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import type { FastifyReply } from 'fastify';
import { GapFileQuery } from './gap.dto';
import { Gap, type GapAnswer } from './gap.service';

const EXAMPLE = {
  mayPrint: false, statement: '药材符合GAP要求',
  reasons: [{ rule: 'not-evaluated', zh: '该基地、品种、产季未经评估', en: 'Base, herb and season have not been evaluated', organisation: 'ANZE-LQ', herb: 'lianqiao', base: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', year: 2026 }],
  origins: [{ organisation: 'ANZE-LQ', herb: 'lianqiao', year: 2026, base: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', evaluations: [], unifiedMissing: [], inspections: [] }],
};

/** Conformity with herb GAP, by batch; and the file for an inspection. */
@ApiTags('gap')
@Controller('api/v1')
export class GapController {
  constructor(private readonly gap: Gap) {}

  @Get('batches/:code/gap')
  @Permit()
  @ApiOperation({ summary: '药材是否符合 GAP 要求 / Whether 药材符合GAP要求 may be printed on a batch, with every reason why not' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  @ApiNotFoundResponse({ description: 'No such batch, or you neither made nor had it' })
  ofBatch(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<GapAnswer> {
    return this.gap.ofBatch(caller, code);
  }

  @Get('gap-file')
  @Permit('owner', 'manager', 'quality-head')
  @ApiOperation({ summary: 'GAP 检查资料（ZIP） / One file of all that is on record about a base, herb and season, in the order of the inspection guide (order not verified)' })
  @ApiProduces('application/zip')
  @ApiOkResponse({ content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse({ description: 'No such base of yours' })
  async file(@CurrentCaller() caller: Caller, @Query() query: GapFileQuery, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await this.gap.file(caller, query);
    reply.type('application/zip').header('Content-Disposition', `attachment; filename="gap-${query.year}.zip"`).header('Cache-Control', 'private, no-store').send(Buffer.from(bytes));
  }
}
