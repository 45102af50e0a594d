import { FrontDoor, RequestMetrics } from '@daodi/platform';
import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { fromQuality } from './facts/from-quality';
import { QUALITY_SOURCE } from './facts/quality-source';
import { PublicPageController } from './http/public-page.controller';
import { PRIMARY_KEYS, ResolverController } from './http/resolver.controller';
import { openFastDoor } from './kept/fast-door';
import { KeptPages } from './kept/kept-pages';
import { Passports } from './passports.service';

/** The public's door: resolver and public page. Needs `DataSource` and `Installation`; the role `daodi_resolver` will do. */
@Module({
  controllers: [ResolverController, PublicPageController],
  providers: [KeptPages, Passports, { provide: QUALITY_SOURCE, useValue: fromQuality }],
  exports: [Passports],
})
export class PassportModule {
  constructor(requests: RequestMetrics, host: HttpAdapterHost, front: FrontDoor, kept: KeptPages) {
    openFastDoor(host.httpAdapter.getInstance(), front, kept);
    for (const route of ['/p/b/:code', '/p/*']) requests.page(route, 'passport');
    for (const route of ['/b/*', ...PRIMARY_KEYS.map((ai) => `/${ai}/*`)]) requests.page(route, 'resolver');
  }
}
