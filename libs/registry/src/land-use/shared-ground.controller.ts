import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, Permit } from '../sign-in/route-rules';
import { type SharedGround, SharedGroundService } from './shared-ground.service';

const SIDE = { organisation: 'ANZE-LQ', land: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', name: '东坡', layer: 'shrub' };

/** Ground registered twice, for supervisors. */
@ApiTags('land')
@Controller('api/v1/shared-ground')
export class SharedGroundController {
  constructor(private readonly grounds: SharedGroundService) {}

  @Get()
  @Permit('supervisor')
  @ApiOperation({ summary: '同一地块重复登记 Ground that two organisations registered in one layer and year, without both contracts saying so' })
  @ApiOkResponse({ schema: { example: { items: [{ sides: [SIDE, { ...SIDE, organisation: 'PINGSHUN-DS' }], overlapM2: 41200 }] } } })
  async list(@CurrentCaller() caller: Caller): Promise<{ readonly items: readonly SharedGround[] }> {
    return { items: await this.grounds.list(caller) };
  }
}
