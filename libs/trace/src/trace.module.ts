import { Module } from '@nestjs/common';
import { TraceController } from './answer/trace.controller';
import { TraceService } from './answer/trace.service';

/** Trace for organisations. */
@Module({ controllers: [TraceController], providers: [TraceService], exports: [TraceService] })
export class TraceModule {}
