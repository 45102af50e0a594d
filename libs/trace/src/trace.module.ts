import { Module } from '@nestjs/common';
import { TraceController } from './answer/trace.controller';
import { ErasureController } from './erasure/erasure.controller';
import { ErasureService } from './erasure/erasure.service';
import { Readership } from './reading/readership.service';
import { TraceService } from './answer/trace.service';

/** Trace for organisations. */
@Module({ controllers: [TraceController, ErasureController], providers: [TraceService, Readership, ErasureService], exports: [TraceService, Readership] })
export class TraceModule {}
