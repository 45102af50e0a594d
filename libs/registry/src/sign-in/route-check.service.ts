import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ROUTE_ENTRIES, ruleOf } from './route-rules';

const CHANGES: readonly RequestMethod[] = [RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE];

/**
 * Walks all routes when the application starts. One that says neither who may call it nor that anybody may, or that
 * changes something without saying which entries it leaves, stops the start: forgetting must not open a door.
 */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const faults = this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? this.faultsOf(metatype) : []));
    if (faults.length > 0) throw new Error(`routes without their rules:\n  ${faults.join('\n  ')}`);
  }

  private faultsOf(controller: Function): string[] {
    return this.scanner.getAllMethodNames(controller.prototype).flatMap((name) => {
      const handler: unknown = controller.prototype[name];
      if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      const route = `${controller.name}.${name}`;
      const faults: string[] = [];
      if (ruleOf(handler, controller) === undefined) faults.push(`${route}: needs @Permit(…) or @Public()`);
      const changes = CHANGES.includes(Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod);
      if (changes && !Reflect.hasMetadata(ROUTE_ENTRIES, handler)) faults.push(`${route}: needs @LeavesEntries(…)`);
      return faults;
    });
  }
}
