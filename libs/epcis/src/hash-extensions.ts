import { type ResolvedContext, extendContext, qualifiedName } from './context';
import { byCodePoint, extensionValue } from './hash-values';

const COMMENT = '{http://www.w3.org/2000/01/rdf-schema#}comment';

/**
 * The extension fields of an object as strings `{namespace}local=value`, nested ones behind their parent's name, sorted.
 * Comments are left out.
 *
 * @param all also take names without a prefix, as inside extensions, where everything belongs to the extension
 */
export function extensionStrings(object: unknown, outer: ResolvedContext, all = false): string[] {
  if (typeof object !== 'object' || object === null) return [];
  const fields = object as Readonly<Record<string, unknown>>;
  const context = all && fields['@context'] !== undefined ? extendContext(outer, fields['@context']) : outer;
  const strings: string[] = [];
  for (const name of Object.keys(fields)) {
    if (name.startsWith('@') || name === '#text' || !(all || name.includes(':'))) continue;
    const key = keyOf(name, context);
    if (key === COMMENT) continue;
    // A list says its name before each of its members.
    for (const value of [fields[name]].flat(8) as unknown[]) strings.push(key + write(value, context));
  }
  return strings.sort(byCodePoint);
}

function keyOf(name: string, context: ResolvedContext): string {
  const qualified = qualifiedName(context, name);
  return qualified === undefined ? name : `{${qualified.namespace}}${qualified.local}`;
}

function write(value: unknown, context: ResolvedContext): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') {
    const text = extensionValue(value as string | number | boolean, context);
    return text === '' ? '' : `=${text}`;
  }
  // Text beside fields, as converters from XML write it.
  return write((value as Record<string, unknown>)['#text'], context) + extensionStrings(value, context, true).join('');
}
