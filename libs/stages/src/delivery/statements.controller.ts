import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit, type Role } from '@daodi/registry';
import type { FastifyReply } from 'fastify';
import { StatementQuery } from './delivery-lists.dto';
import { type Statement, Statements } from './statements.service';
import { statementPdf } from './statement-pdf';

/** Those who pay, and may know who is paid what. */
const PAYING_ROLES: readonly Role[] = ['owner', 'manager', 'station-keeper'];

/** Statements 结算单: everything a picker delivered in a season, what arrived and what is paid. */
@ApiTags('delivery')
@Controller('api/v1/pickers')
export class StatementsController {
  constructor(private readonly statements: Statements) {}

  @Get(':id/statement')
  @Permit(...PAYING_ROLES)
  @ApiOperation({ summary: '结算单 / Statement of a picker and season' })
  @ApiNotFoundResponse({ description: 'Your organisation has no such picker' })
  statement(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() query: StatementQuery): Promise<Statement> {
    return this.statements.of(caller, id, query);
  }

  @Get(':id/statement.pdf')
  @Permit(...PAYING_ROLES)
  @ApiOperation({ summary: '结算单 PDF / The same to print and sign' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse({ description: 'Your organisation has no such picker' })
  async pdf(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() query: StatementQuery, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await statementPdf(await this.statements.of(caller, id, query), new Date());
    reply.type('application/pdf').header('Content-Disposition', 'inline; filename="statement.pdf"').header('Cache-Control', 'private, no-store').send(bytes);
  }
}
