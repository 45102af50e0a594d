/** The registry: sign-in, acts, organisations, people, places, land, herbs, products, certificates, jurisdictions. */
export { RegistryModule } from './registry.module';
export { REGISTRY_MIGRATIONS } from './migrations';

export type { Caller, Scope } from './sign-in/caller';
export { mayGive, ORGANISATION_TYPES, type OrganisationType, type Role, ROLES } from './sign-in/role';
export { CurrentCaller, type EntryCount, type LeftEntry, LeavesEntries, Permit, Public, ROUTE_ENTRIES, ROUTE_RULE, type RouteRule } from './sign-in/route-rules';

export { Acts, type ActPlan } from './acts/acts.service';
export { ActAnswer } from './acts/act-answer.interceptor';
export { type Draft, type Envelope, event, record, seal, SYSTEM } from './acts/draft';
export { instant, instantOf } from './acts/instant';
export { type Call, callOf } from './sign-in/call';
export { type ActHeaders, readActHeaders, uuidOf } from './acts/act-headers';
export { Amount, Day, type FieldOptions, Id, Json, OneOf, Pattern, Region, SomeOf, Text, Texts, Year } from './input/fields';
export { type Page, PageQuery, readPage } from './input/page';
