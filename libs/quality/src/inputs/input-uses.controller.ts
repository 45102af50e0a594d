import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import { InputUsesQuery } from './input-uses.dto';
import { InputUses } from './input-uses.service';

const BY = { eventID: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70', input: '0.3%苦参碱水剂', used: '2026-06-10', safetyIntervalDays: 14 };
const EXAMPLE = {
  crop: '7K2QZ0ABCD4', earliestHarvest: '2026-06-24', by: BY, plots: [{ plot: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', earliestHarvest: '2026-06-24', by: BY }],
  uses: [{ eventID: BY.eventID, input: BY.input, day: '2026-06-10', standing: 'registered', ingredients: ['苦参碱'], safetyIntervalDays: 14, earliestHarvest: '2026-06-24', bans: [], appliedBy: 'own' }],
};

/** What was used on a crop, and from when may be harvested. */
@ApiTags('inputs')
@Controller('api/v1/crops')
export class InputUsesController {
  constructor(private readonly uses: InputUses) {}

  @Get(':code/input-uses')
  @Permit()
  @ApiOperation({ summary: '种植批用药与最早可采收日 / Inputs used on a crop, how each use stands, and the first day on which may be harvested' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  @ApiNotFoundResponse({ description: 'No such crop of yours, or no such product' })
  get(@CurrentCaller() caller: Caller, @Param('code') code: string, @Query() query: InputUsesQuery): Promise<object> {
    return this.uses.ofCrop(caller, code, query);
  }
}
