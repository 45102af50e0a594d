import { Body, Controller, Injectable, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Acts, type Caller, CurrentCaller, type Draft, LeavesEntries, OneOf, Permit, record } from '@daodi/registry';
import type { BatchFacts } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { Whole } from '../form/fields';
import { WORK_ROLES } from '../form/form-route';
import { Forms } from '../form/forms.service';
import { freshCode } from '../form/issue';
import { codeUri } from '../form/things';

/** 预发编码: codes for use where there is no network. */
export class BatchCodesDto {
  @Whole(1, 500, { description: 'How many. 数量', example: 20, unit: '个 codes' })
  count: number;

  @OneOf(['batch', 'crop', 'retail', 'container'], { optional: true, description: 'For what; batch unless said otherwise. 用途', meanings: { batch: '药材批 batch', crop: '种植批 crop', retail: '成品批 retail lot', container: '箱 container' } })
  kind?: BatchFacts['kind'];
}

/** Issues codes before there is anything they stand for. */
@Injectable()
export class BatchCodes {
  constructor(
    private readonly acts: Acts,
    private readonly forms: Forms,
  ) {}

  reserve(caller: Caller, request: FastifyRequest, { count, kind = 'batch' }: BatchCodesDto): Promise<ActAnswer> {
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const means = this.forms.means();
        const drafts = new Map<string, Draft>();
        while (drafts.size < count) {
          const code = await freshCode({ tx, means });
          drafts.set(code, record('batch', code, 'created', { new: { code, uri: codeUri({ means }, code), kind, state: 'reserved' } }));
        }
        return [...drafts.values()];
      },
      respond: (stored) => {
        const issued = stored.map(({ body }) => body['new'] as BatchFacts);
        return { status: 201, body: { codes: issued.map(({ code, uri }) => ({ code, uri, kind })) } };
      },
    });
  }
}

/** Codes issued before use. */
@ApiTags('stages')
@Controller('api/v1/batch-codes')
export class BatchCodesController {
  constructor(private readonly codes: BatchCodes) {}

  @Post()
  @Permit(...WORK_ROLES)
  @LeavesEntries('record:batch+')
  @ApiOperation({ summary: '预发编码 / Issue codes for later use' })
  @ApiCreatedResponse({ schema: { example: { codes: [{ code: '7K2QZ0ABCD4', uri: 'https://trace.example.cn/b/7K2QZ0ABCD4', kind: 'batch' }] } } })
  reserve(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: BatchCodesDto): Promise<ActAnswer> {
    return this.codes.reserve(caller, request, body);
  }
}
