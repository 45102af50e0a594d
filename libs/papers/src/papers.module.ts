import { Module } from '@nestjs/common';
import { PassportModule } from '@daodi/passport';
import { TraceModule } from '@daodi/trace';
import { PackFactsService } from './packs/pack-facts.service';
import { PacksController } from './packs/packs.controller';
import { Packs } from './packs/packs.service';
import { ReportPapers } from './packs/report-papers.service';
import { TemplatesInUse } from './templates/templates-in-use.service';
import { TemplatesController } from './templates/templates.controller';
import { Templates } from './templates/templates.service';

/** Papers that go with goods. Needs what `PassportModule` and `TraceModule` need, and the signed-in caller of `RegistryModule`. */
@Module({
  imports: [PassportModule, TraceModule],
  controllers: [PacksController, TemplatesController],
  providers: [Packs, ReportPapers, PackFactsService, Templates, TemplatesInUse],
})
export class PapersModule {}
