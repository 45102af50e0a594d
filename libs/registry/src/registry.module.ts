import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { ActAnswerInterceptor } from './acts/act-answer.interceptor';
import { Acts } from './acts/acts.service';
import { LogController } from './audit/log.controller';
import { AllowancesController } from './allowances/allowances.controller';
import { AllowancesService } from './allowances/allowances.service';
import { CertificatesController } from './certificates/certificates.controller';
import { CertificatesService } from './certificates/certificates.service';
import { FileRights } from './files/file-rights.service';
import { FilesController } from './files/files.controller';
import { Files } from './files/files.service';
import { EnvironmentTestsController, ExtendedInspectionsController, GapEvaluationsController, SupplierAuditsController, UnifiedSeasonsController } from './gap/gap.controllers';
import { GapRecords } from './gap/gap-records.service';
import { HERB_CATALOGUE } from './herbs/herb-catalogue';
import { HerbsController } from './herbs/herbs.controller';
import { type Herb, HerbsService } from './herbs/herbs.service';
import { ImportGrantsController } from './imports/import-grants.controller';
import { ImportGrantsService } from './imports/import-grants.service';
import { InputAllowancesController, InputCountsController, InputLotsController, InputProductsController, SopsController } from './inputs/inputs.controllers';
import { InputsService } from './inputs/inputs.service';
import { JurisdictionsController } from './jurisdictions/jurisdictions.controller';
import { JurisdictionsService } from './jurisdictions/jurisdictions.service';
import { BasesController, PlotsController, TendingAreasController } from './land/land.controllers';
import { LandService } from './land/land.service';
import { DisastersController, LandContractsController, OpeningNoticesController, RotationPlansController } from './land-use/land-use.controllers';
import { LandUseService } from './land-use/land-use.service';
import { SharedGroundController } from './land-use/shared-ground.controller';
import { SharedGroundService } from './land-use/shared-ground.service';
import { OrganisationsController } from './organisations/organisations.controller';
import { OrganisationsService } from './organisations/organisations.service';
import { ApiKeysController } from './people/api-keys.controller';
import { ApiKeysService } from './people/api-keys.service';
import { PeopleController } from './people/people.controller';
import { PeopleService } from './people/people.service';
import { PickersController } from './pickers/pickers.controller';
import { PickersService } from './pickers/pickers.service';
import { ProductsController } from './products/products.controller';
import { ProductsService } from './products/products.service';
import { OwnerResetController } from './setup/owner-reset.controller';
import { OwnerResetService } from './setup/owner-reset.service';
import { ScalesController } from './scales/scales.controller';
import { ScalesService } from './scales/scales.service';
import { SetupController } from './setup/setup.controller';
import { SetupService } from './setup/setup.service';
import { CallerGuard } from './sign-in/caller.guard';
import { CallerLookup } from './sign-in/caller-lookup.service';
import { RouteCheck } from './sign-in/route-check.service';
import { SessionsController } from './sign-in/sessions.controller';
import { SessionsService } from './sign-in/sessions.service';
import { SignaturesController } from './sign-in/signatures.controller';
import { SigningService } from './sign-in/signing.service';
import { SitesController } from './sites/sites.controller';
import { SitesService } from './sites/sites.service';
import { ZonesController } from './sites/zones.controller';
import { BindingsService } from './standards/bindings.service';
import { ConfirmationsService } from './standards/confirmations.service';
import { REFERENCE_LIMITS, type ReferenceLimit } from './standards/reference-limits';
import { ReferenceLimitsController } from './standards/reference-limits.controller';
import { AccreditationsController } from './accreditations/accreditations.controller';
import { AccreditationsService } from './accreditations/accreditations.service';
import { InstrumentTemplatesController } from './instruments/instrument-templates.controller';
import { LinksController } from './links/links.controller';
import { LinksService } from './links/links.service';
import { GiQuotasController } from './gi/gi-quotas.controller';
import { GiQuotasService } from './gi/gi-quotas.service';
import { StandardReads } from './standards/standard-reads.service';
import { StandardBindingsController, StandardConfirmationsController, StandardsController } from './standards/standards.controllers';
import { StandardsService } from './standards/standards.service';
import { StandardTables } from './standards/table/standard-tables.service';
import { OwnThings } from './things/own-things.service';

/**
 * Sign-in and acts for every route of a process, and the registry's own routes. Needs `DataSource` and `Log` from the
 * composition root. Global, so that other libs' controllers find `Acts`.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [
    SessionsController, SignaturesController, OrganisationsController, PeopleController, ApiKeysController, SitesController, ZonesController, BasesController,
    PlotsController, TendingAreasController, HerbsController, ProductsController, CertificatesController,
    JurisdictionsController, ReferenceLimitsController, ImportGrantsController, LogController, SetupController, OwnerResetController,
    ScalesController, AllowancesController, PickersController, LandContractsController, RotationPlansController, DisastersController, OpeningNoticesController, SharedGroundController, GiQuotasController, LinksController, InstrumentTemplatesController, AccreditationsController,
    StandardsController, StandardConfirmationsController, StandardBindingsController,
    InputProductsController, InputLotsController, InputCountsController, InputAllowancesController, SopsController,
    FilesController,
    EnvironmentTestsController, UnifiedSeasonsController, SupplierAuditsController, GapEvaluationsController, ExtendedInspectionsController,
  ],
  providers: [
    CallerLookup, RouteCheck, Acts, OwnThings, SessionsService, SigningService, OrganisationsService, PeopleService, ApiKeysService,
    SitesService, LandService, HerbsService, ProductsService, CertificatesService, JurisdictionsService, ImportGrantsService, SetupService, OwnerResetService, ScalesService, AllowancesService, LandUseService, SharedGroundService, PickersService,
    StandardsService, StandardReads, StandardTables, ConfirmationsService, BindingsService, InputsService, Files, FileRights, GapRecords, GiQuotasService, LinksService, AccreditationsService,
    { provide: APP_GUARD, useClass: CallerGuard },
    { provide: APP_INTERCEPTOR, useClass: ActAnswerInterceptor },
  ],
  exports: [FileRights, Acts, CallerLookup, OwnThings, SessionsService, SigningService],
})
export class RegistryModule {
  /** The same with the herbs a new installation begins with, and the limits that are shipped. */
  static forRoot({ herbs, standards }: { readonly herbs: readonly Herb[]; readonly standards: readonly ReferenceLimit[] }): DynamicModule {
    return { module: RegistryModule, providers: [{ provide: HERB_CATALOGUE, useValue: herbs }, { provide: REFERENCE_LIMITS, useValue: standards }] };
  }
}
