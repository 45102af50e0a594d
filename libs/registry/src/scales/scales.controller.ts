import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddScaleDto, ChangeScaleDto, ScaleOnQuery } from './scale.dto';
import { SCALES, ScalesService } from './scales.service';

/** Scales 衡器 of the caller's organisation: division, capacity, calibration. A weighing uses the scale as it stood on its day. */
@ApiTags('places')
@Controller('api/v1/scales')
export class ScalesController {
  constructor(
    private readonly scales: ScalesService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @Permit('owner', 'manager', 'warehouse', 'station-keeper', 'quality-head')
  @LeavesEntries('record:scale')
  @ApiOperation({ summary: '登记衡器 / Register a scale' })
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddScaleDto): Promise<ActAnswer> {
    return this.scales.add(caller, request, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '衡器列表 / Your scales, as they are now' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, SCALES, page);
  }

  @Get(':id')
  @Permit()
  @ApiOperation({ summary: '某日的衡器 / A scale, now or as it stood on a day' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() { on }: ScaleOnQuery): Promise<State> {
    return this.scales.get(caller, id, on);
  }

  @Patch(':id')
  @Permit('owner', 'manager', 'warehouse', 'station-keeper', 'quality-head')
  @LeavesEntries('record:scale')
  @ApiOperation({ summary: '变更衡器（检定、停用等） / Change a scale from a day on: calibrated anew, moved, taken out of use' })
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeScaleDto): Promise<ActAnswer> {
    return this.scales.change(caller, request, id, body);
  }
}
