/** The registry: sign-in, acts, organisations, people, places, land, scales, herbs, products, certificates, jurisdictions, grants to import. */
export { RegistryModule } from './registry.module';
export { REGISTRY_MIGRATIONS } from './migrations';
export { REGISTRY_STATE } from './own-state';
export { REGISTRY_PROJECTIONS } from './projection';
export { operatorLink } from './setup/operator-link';
export { findOrganisation, makeOwnerLink, OWNER_LINK_HOURS, ownersOf } from './setup/owner-link';

export type { Caller, Scope } from './sign-in/caller';
export { mayGive, ORGANISATION_TYPE_MEANINGS, ORGANISATION_TYPES, type OrganisationType, type Role, ROLE_MEANINGS, ROLES } from './sign-in/role';
export { CurrentCaller, type EntryCount, type LeftEntry, LeavesEntries, Permit, Public, ROUTE_ENTRIES, ROUTE_RULE, type RouteRule } from './sign-in/route-rules';

export { SignInDto } from './sign-in/sessions.controller';
export { SESSION_SECONDS, SessionsService } from './sign-in/sessions.service';
export { SIGNATURE_MEANINGS, type SignatureMeaning } from './sign-in/signature-meanings';
export { type ElectronicSignature, SigningService, type SigningToken } from './sign-in/signing.service';
export { isFromElsewhere, sessionCookie } from './sign-in/session-cookie';

export { Acts, type ActPlan } from './acts/acts.service';
export { ActAnswer } from './acts/act-answer.interceptor';
export { type Draft, type Envelope, event, record, seal, SYSTEM } from './acts/draft';
export { instant, instantOf } from './acts/instant';
export { type Call, callOf } from './sign-in/call';
export { type ActHeaders, readActHeaders, uuidOf } from './acts/act-headers';
export { Amount, Day, field, type FieldOptions, Id, Json, OneOf, Pattern, Region, SomeOf, Text, Texts, Whole, Year } from './input/fields';
export { type Page, PageQuery, readPage } from './input/page';

export { LINKS, linkRecords, linksAt } from './links/link-records';
export { HERB_CATALOGUE, herbRecords, readHerbCatalogue } from './herbs/herb-catalogue';
export { type ReferenceLimit, readReferenceLimits } from './standards/reference-limits';
export { type Confirmation, judgeCompleteness, judgeLimit, type JudgedLimit, type LimitState } from './standards/confirmation-state';
export { isStatutory, type StandardFamily, type StandardLimit } from './standards/limit';
export { loadStandards, standardsFor } from './standards/load-standards';
export { toJudgeBy } from './standards/to-judge-by';
export { type BindingStandard, judgedOn, type JudgedGoods, standardsOn, type StandardsOnDay, type StandardsOnRecord, type StandardVersion } from './standards/standards-on';
export { findHerb, type Herb } from './herbs/herbs.service';
export { IMPORT_NOT_GRANTED, importRecord, type LiveGrant, liveGrant } from './imports/live-grant';
export { commonGround } from './land/common-ground';
export { findLand, type Land } from './land/find-land';
export { INPUT_KIND_MEANINGS } from './inputs/inputs.dto';
export { findInputLot, findInputProduct, findSop } from './inputs/inputs.service';
export { dayInChina } from './land-use/contract-standing';
export { type FileRight, FileRights, hasHandedIn } from './files/file-rights.service';
export { PaperDto } from './papers/paper.dto';
export { identifiersOf, organisationUrn } from './projection/organisations.projection';
export { isDemo, prefixOwners } from './organisations/organisation-rules';
export { creditCodeCheck, isCreditCode } from './organisations/credit-code';
export { keepPickerName, type PickerName, pickerNames } from './pickers/picker-names';
export { findPicker, isPickerIdTaken, newPicker, type Picker } from './pickers/picker-records';
export { NewPickerDto } from './pickers/picker.dto';
export { bodyOf, latestOf, upsertRows } from './projection/latest-state';
export { findProduct, type Product } from './products/products.service';
export { findAllowances } from './allowances/allowances.service';
export { findScaleOn, type Scale, scaleUrn } from './scales/find-scale';
export { findSite, type Site } from './sites/find-site';
export { ZONE_KINDS, type ZoneKind } from './sites/zone.dto';
export { siteUrn } from './projection/things.projection';
export { findOwn, OwnThings, patched } from './things/own-things.service';
export type { State, ThingKind } from './things/thing-kind';
