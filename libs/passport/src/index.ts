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
