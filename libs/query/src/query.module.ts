import { Module } from '@nestjs/common';
import { TraceModule } from '@daodi/trace';
import { EventsService } from './events/events.service';
import { EventsController } from './http/events.controller';

/** The query interface of EPCIS. Needs `DataSource` from the composition root. */
@Module({ imports: [TraceModule], controllers: [EventsController], providers: [EventsService], exports: [EventsService] })
export class QueryModule {}
