import { Module } from '@nestjs/common';
import { TraceController } from './answer/trace.controller';
import { Readership } from './reading/readership.service';
import { TraceService } from './answer/trace.service';

/** Trace for organisations. */
@Module({ controllers: [TraceController], providers: [TraceService, Readership], exports: [TraceService, Readership] })
export class TraceModule {}
