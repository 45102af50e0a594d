/**
 * The bare word of a CBV 2.0 value in any of its spellings (`shipping`, `https://ref.gs1.org/cbv/BizStep-shipping`,
 * `urn:epcglobal:cbv:bizstep:shipping`, `cbv:BizStep-shipping`). Other vocabularies' values come back as they are.
 */
export function cbvWord(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^(?:https:\/\/ref\.gs1\.org\/cbv\/|cbv:)[A-Za-z]+-(.+)$/.exec(value) ?? /^urn:epcglobal:cbv:[a-z_]+:(.+)$/.exec(value);
  return match?.[1] ?? value;
}
