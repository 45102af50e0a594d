import { readDigitalLinkUri } from '../elements/digital-link-uri';
import { DEFAULT_LINK, fullLinkType, levelOf, type ResolverLink } from './link';

/** The context that makes a linkset of GS1 readable as JSON-LD. */
export const LINKSET_CONTEXT = 'https://ref.gs1.org/standards/resolver/linkset-context';

/** A linkset as JSON (RFC 9264, section 4.2): each anchor with its links by type. */
export interface Linkset {
  readonly linkset: readonly Readonly<Record<string, unknown>>[];
}

/** The links of some levels, the coarsest anchor first. Only the members the GS1 schema knows. */
export function writeLinkset(links: readonly ResolverLink[], levels: readonly string[]): Linkset {
  const anchors = [...levels].reverse().filter((level) => links.some((link) => link.level === level));
  return {
    linkset: anchors.map((level) => {
      const own = links.filter((link) => link.level === level);
      const types = [...new Set(own.map(({ linkType }) => linkType))];
      return {
        anchor: (own[0] as ResolverLink).anchor, itemDescription: (own[0] as ResolverLink).itemDescription,
        ...Object.fromEntries(types.map((type) => [type, own.filter(({ linkType }) => linkType === type).map(({ href, title, hreflang, type: media, context }) => ({
          href, title, ...(hreflang !== undefined && { hreflang }), ...(media !== undefined && { type: media }), ...(context !== undefined && { context }),
        }))])),
      };
    }),
  };
}

/** Something of a linkset that cannot be taken. */
export interface LinksetFault {
  /** JSON Pointer. */
  readonly pointer: string;
  readonly rule: string;
  readonly message: { readonly zh: string; readonly en: string };
}

const HREF = /^https?:\/\/[^\s]+$/;
/** What the GS1 schema of linksets takes for a language: `zh`, `zh-CN`; no `zh-Hans`. */
export const LINK_LANGUAGE = /^[A-Za-z]{2}(?:-[A-Za-z]{2})?$/;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;
const RELATION = /^[a-z][a-z-]*$/;

/**
 * Reads a linkset. Anchors are Digital Links on any host; of links what the GS1 schema knows is taken, everything else a
 * registrar may have written beside it is passed over, but not what breaks a rule: each fault is told, with its place.
 */
export function readLinkset(json: unknown): { readonly links: readonly ResolverLink[]; readonly faults: readonly LinksetFault[] } {
  const links: ResolverLink[] = [];
  const faults: LinksetFault[] = [];
  const fault = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, message: { zh, en } });
  const sets = (json as { linkset?: unknown } | null)?.linkset;
  if (!Array.isArray(sets)) {
    fault('/linkset', 'linkset', '应为 RFC 9264 链接集（成员 linkset 为数组）', 'it is no RFC 9264 linkset: its member linkset must be a list');
    return { links, faults };
  }
  for (const [n, set] of sets.entries()) {
    if (typeof set !== 'object' || set === null) fault(`/linkset/${n}`, 'object', '应为对象', 'it must be an object');
    // Members that hold for the whole set stand in an object without an anchor.
    else if (typeof (set as { anchor?: unknown }).anchor === 'string') links.push(...linksOf(set as Record<string, unknown>, `/linkset/${n}`, fault));
  }
  faults.push(...lackingDefault(links));
  return { links, faults };
}

type Fault = (pointer: string, rule: string, zh: string, en: string) => void;

function linksOf(set: Record<string, unknown>, at: string, fault: Fault): ResolverLink[] {
  const anchor = set['anchor'] as string;
  const reading = readDigitalLinkUri(anchor.replace(/\/+$/, ''));
  if (!reading.valid) {
    fault(`${at}/anchor`, reading.error.rule, reading.error.message.zh, reading.error.message.en);
    return [];
  }
  const path = reading.elements.slice(0, reading.inPath);
  if (path[0]?.ai === '01' && path.some(({ ai }) => ai === '21') && path.length > 2) {
    fault(`${at}/anchor`, 'serial-alone', '登记单品（01+21）的链接时不得同时写批号或变体', 'links of a serial are registered without lot or variant');
    return [];
  }
  const itemDescription = [set['itemDescription'], set['description'], anchor].find((one): one is string => typeof one === 'string') as string;
  return Object.entries(set).flatMap(([name, value]) => {
    const linkType = fullLinkType(name);
    if (!Array.isArray(value) || !(RELATION.test(name) || /^https?:\/\//.test(linkType))) return [];
    return value.flatMap((link, n): ResolverLink[] => {
      const read = readTarget(link, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}/${n}`, fault);
      return read === undefined ? [] : [{ level: levelOf(path), anchor, itemDescription, linkType, ...read }];
    });
  });
}

function readTarget(link: unknown, at: string, fault: Fault): Pick<ResolverLink, 'href' | 'title' | 'hreflang' | 'type' | 'context'> | undefined {
  const { href, title, hreflang, type, context } = (typeof link === 'object' && link !== null ? link : {}) as Record<string, unknown>;
  let isGood = true;
  const check = (holds: boolean, name: string, zh: string, en: string): void => {
    if (holds) return;
    isGood = false;
    fault(`${at}/${name}`, name, zh, en);
  };
  check(typeof href === 'string' && HREF.test(href), 'href', '应为 http 或 https 网址', 'it must be an http or https address');
  check(typeof title === 'string' && title !== '', 'title', '应写标题', 'a title is needed');
  check(hreflang === undefined || (Array.isArray(hreflang) && hreflang.every((tag) => typeof tag === 'string' && LINK_LANGUAGE.test(tag))), 'hreflang', '语言应为 zh 或 zh-CN 这样的代码', 'languages are written as zh or zh-CN');
  check(type === undefined || (typeof type === 'string' && MEDIA_TYPE.test(type)), 'type', '应为媒体类型，如 text/html', 'it must be a media type as text/html');
  check(context === undefined || (Array.isArray(context) && context.every((one) => typeof one === 'string')), 'context', '应为文字数组', 'it must be a list of texts');
  if (!isGood) return undefined;
  return {
    href: href as string, title: title as string,
    ...(hreflang !== undefined && { hreflang: hreflang as string[] }), ...(type !== undefined && { type: type as string }), ...(context !== undefined && { context: context as string[] }),
  };
}

/** Every key has a default link of its own or above it, and not two (GS1-Conformant Resolver 1.2, section 2.5.9). */
function lackingDefault(links: readonly ResolverLink[]): LinksetFault[] {
  const anchors = [...new Set(links.map(({ anchor }) => anchor))];
  return anchors.flatMap((anchor): LinksetFault[] => {
    const own = links.filter((link) => link.anchor === anchor && link.linkType === DEFAULT_LINK);
    if (own.length > 1) return [{ pointer: '/linkset', rule: 'one-default', message: { zh: `${anchor}：默认链接只能有一个`, en: `${anchor}: there is one default link` } }];
    return [];
  });
}
