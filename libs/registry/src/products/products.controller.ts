import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddProductDto } from './product.dto';
import { PRODUCTS, ProductsService } from './products.service';

/** The products of the caller's organisation. */
@ApiTags('products')
@Controller('api/v1/products')
export class ProductsController {
  constructor(
    private readonly products: ProductsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记产品 Register a product' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:product')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddProductDto): Promise<ActAnswer> {
    return this.products.add(caller, request, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, PRODUCTS, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, PRODUCTS, id);
  }
}
