import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { invalid } from '@daodi/platform';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { TraceAnswer, TraceDirection } from './trace-answer';
import { TraceService } from './trace.service';

const DIRECTIONS: readonly string[] = ['back', 'forward', 'both'];

/** Where a thing came from and where it went. */
@ApiTags('trace')
@Controller('api/v1/trace')
export class TraceController {
  constructor(private readonly traces: TraceService) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '追溯 Trace a batch, crop, serial or container back, forward or both ways' })
  @ApiQuery({ name: 'epc', description: 'Identifier in any spelling: our /b/ URI, EPC URN, GS1 Digital Link, any URI' })
  @ApiQuery({ name: 'direction', required: false, enum: DIRECTIONS })
  @ApiOkResponse({ description: 'Nodes, edges, steps, gaps and reconciliation; as NDJSON with Accept: application/x-ndjson' })
  async trace(
    @CurrentCaller() caller: Caller,
    @Query('epc') epc: unknown,
    @Query('direction') direction: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const asked = question(epc, direction ?? 'both');
    const answer = await this.traces.trace(caller.organisationId, asked.epc, asked.direction);
    if (!String(request.headers.accept).includes('application/x-ndjson')) return answer;
    void reply.type('application/x-ndjson; charset=utf-8');
    return Readable.from(ndjson(answer));
  }
}

function question(epc: unknown, direction: unknown): { epc: string; direction: TraceDirection } {
  const faults = [];
  if (typeof epc !== 'string' || !/^[a-z][a-z0-9+.-]*:\S+$/i.test(epc) || epc.length > 2000) {
    faults.push({ pointer: '/epc', rule: 'uri', detail: { zh: '需要一个标识符 URI', en: 'An identifier as a URI is needed' } });
  }
  if (typeof direction !== 'string' || !DIRECTIONS.includes(direction)) {
    faults.push({ pointer: '/direction', rule: 'enum', detail: { zh: '只能是 back、forward 或 both', en: 'Must be back, forward or both' } });
  }
  if (faults.length > 0) throw invalid(faults);
  return { epc: epc as string, direction: direction as TraceDirection };
}

/** One JSON object a line: the head, each node, each edge, each step, and the judgement last. */
function* ndjson(answer: TraceAnswer): Generator<string> {
  const { nodes, edges, steps, reconciliation, ...judgement } = answer;
  yield `${JSON.stringify({ root: answer.root, direction: answer.direction })}\n`;
  for (const node of nodes) yield `${JSON.stringify({ node })}\n`;
  for (const edge of edges) yield `${JSON.stringify({ edge })}\n`;
  for (const step of steps) yield `${JSON.stringify({ step })}\n`;
  for (const one of reconciliation) yield `${JSON.stringify({ reconciliation: one })}\n`;
  yield `${JSON.stringify({ judgement })}\n`;
}
