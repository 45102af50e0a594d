import { Module } from '@nestjs/common';
import { CaptureJobs } from './documents/capture-jobs.service';
import { ReceiveDocuments } from './documents/receive-documents.service';
import { CaptureEvent } from './events/capture-event.service';
import { CaptureController } from './http/capture.controller';
import { EventCaptureController } from './http/event-capture.controller';
import { CaptureRunner } from './run/capture-runner.service';
import { CaptureWorker } from './run/capture.worker';

/** The capture interface of EPCIS. Needs `DataSource`, `Config`, `QueueFactory` and `Acts` from the composition root. */
@Module({
  controllers: [CaptureController, EventCaptureController],
  providers: [ReceiveDocuments, CaptureJobs, CaptureEvent],
})
export class CaptureModule {}

/** Appends captured documents: for a process that runs jobs. Needs `DataSource`, `Config`, `QueueFactory` and `Log`. */
@Module({ providers: [CaptureRunner, CaptureWorker], exports: [CaptureRunner, CaptureWorker] })
export class CaptureWorkerModule {}
