import { Module } from '@nestjs/common';
import { Deliver } from './sending/deliver.service';
import { DeliverWorker } from './sending/deliver.worker';
import { SubscriptionsController } from './subscriptions/subscriptions.controller';
import { Subscriptions } from './subscriptions/subscriptions.service';

/** Subscriptions to notices. Needs what the registry's forms need. */
@Module({ controllers: [SubscriptionsController], providers: [Subscriptions] })
export class NotifyModule {}

/** Sends notices: for a process that runs jobs. Needs `DataSource`, `QueueFactory`, `Config` and `Installation`. */
@Module({ providers: [Deliver, DeliverWorker], exports: [Deliver, DeliverWorker] })
export class NotifyWorkerModule {}
