/** Passport: the resolver, the public page, and what the public is told of a thing. */
export { partWords, proofWords, type PublicClaims, type PublicComposition, type PublicPart } from './domain/public-composition';
export { PASSPORT_MIGRATIONS } from './migrations';
export { PassportModule } from './passport.module';
export { type Opened, Passports, type ReadableName } from './passports.service';
export type { Passport, PassportStep } from './domain/passport';
export type { PassportFacts } from './domain/passport-facts';
export { passportOf } from './domain/passport-of';
export { placeName, type Words } from './domain/region';
export { type PublicName, readPublicPath, type Target } from './facts/target';
export { QUALITY_SOURCE, type QualitySource } from './facts/quality-source';
/** What the page calls steps, processes, verdicts and standings: other papers call them the same. */
export { ATTESTED as ATTESTED_WORDS, PROCESS as PROCESS_WORDS, STANDING as STANDING_WORDS, STEP as STEP_WORDS, VERDICT as VERDICT_WORDS } from './page/words';
