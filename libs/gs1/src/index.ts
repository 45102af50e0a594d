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
export { type ApplicationIdentifier, applicationIdentifier, applicationIdentifiers, isPathSequence } from './dictionary/application-identifiers';
export { CANONICAL_STEM, type DigitalLinkUri, readDigitalLinkUri, writeDigitalLinkUri } from './elements/digital-link-uri';
export { type Element, faultOfElement, type Gs1Reading, type ReadingOptions } from './elements/element';
export { humanReadable, readBracketed, readElementString, writeBracketed, writeElementString } from './elements/element-string';
export type { Gs1Fault } from './elements/fault';
export { readScanData, type ScanData, type Symbology } from './elements/scan-data';
export { type PrintedSymbol, writeScanData } from './elements/write-scan-data';
export { chooseLink, type Choice, type LinkRequest, withQuery } from './resolver/choose';
export { DEFAULT_LINK, fullLinkType, levelOf, levelsOf, type ResolverLink, VOCABULARY } from './resolver/link';
export { LINK_LANGUAGE, LINKSET_CONTEXT, type Linkset, type LinksetFault, readLinkset, writeLinkset } from './resolver/linkset';
export { lookUpLanguage, wantedness, wantedOf } from './resolver/negotiate';
