export { checkDigit, hasValidCheckDigit } from './check-digit';
export {
  type CanonicalIdentifier,
  type IdentifierKind,
  type IdentifierLevel,
  canonicalIdentifier,
  companyPrefixMatches,
  digitalLinkForHash,
  digitalLinkToUrn,
  gs1KeyOf,
  urnToDigitalLink,
} from './canonical-identifier';
export type { Gs1Key } from './gs1-key';
export { type Gs1Note, explainNote } from './notes';
