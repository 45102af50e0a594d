import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { RouteCheck } from './route-check.service';
import { LeavesEntries, Permit, Public } from './route-rules';

@Controller('a')
class Forgotten {
  @Get()
  read(): string {
    return 'open to all?';
  }
}

@Controller('b')
class Silent {
  @Post()
  @Permit()
  change(): void {}
}

@Public()
@Controller('c')
class Sound {
  @Get()
  read(): void {}

  @Post()
  @Permit('owner')
  @LeavesEntries('record:site', 'event:ObjectEvent*')
  change(): void {}

  /** No route at all. */
  help(): void {}
}

function start(...controllers: (new () => object)[]): Promise<unknown> {
  @Module({ imports: [DiscoveryModule], controllers, providers: [RouteCheck] })
  class Root {}
  return NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
}

describe('the start of an application', () => {
  it('fails for a route that says not who may call it, and for a change that says not what it leaves', async () => {
    await expect(start(Sound, Forgotten, Silent)).rejects.toThrow(
      'routes without their rules:\n  Forgotten.read: needs @Permit(…) or @Public()\n  Silent.change: needs @LeavesEntries(…)',
    );
  });

  it('succeeds where every route has its rules', async () => {
    await expect(start(Sound)).resolves.toBeDefined();
  });

  it('does not take entries that are misspelt', () => {
    for (const text of ['site', 'record:', 'record:site!', 'thing:site']) expect(() => LeavesEntries(text)).toThrow(text);
  });
});
