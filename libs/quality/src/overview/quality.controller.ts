import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { Matches } from 'class-validator';
import { BATCH_REFERENCE } from '../batch-reference';
import { OverviewService } from './overview.service';

/** Which batch. */
export class OverviewQuery {
  @ApiProperty({ type: String, description: 'Our code, or an identifier as a URI in any spelling' })
  @Matches(BATCH_REFERENCE)
  batch: string;
}

/** Reports, findings and release of one batch, together. */
@ApiTags('quality')
@Controller('api/v1')
export class QualityController {
  constructor(private readonly overviews: OverviewService) {}

  @Get('quality')
  @Permit()
  @ApiOperation({ summary: '批次质量 Reports, findings, release and holds of a batch you may read' })
  byReference(@CurrentCaller() caller: Caller, @Query() { batch }: OverviewQuery): Promise<object> {
    return this.overviews.get(caller, batch);
  }

  @Get('batches/:code/quality')
  @Permit()
  @ApiOperation({ summary: '批次质量 The same, by our code' })
  byCode(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<object> {
    return this.overviews.get(caller, code);
  }
}
