import { type Linkset, LINKSET_CONTEXT, type ResolverLink, VOCABULARY, wantedness, wantedOf } from '@daodi/gs1';

/** How a linkset is answered. */
export type LinksetForm = 'application/linkset+json' | 'application/json' | 'application/ld+json' | 'text/html';

const FORMS: readonly LinksetForm[] = ['application/linkset+json', 'application/json', 'application/ld+json', 'text/html'];

/** The form most wanted; whoever takes any gets a linkset. */
export function linksetForm(accept: string | undefined): LinksetForm {
  const wanted = wantedOf(accept);
  if (wanted.length === 0) return FORMS[0] as LinksetForm;
  const weighed = FORMS.map((form) => ({ form, q: wantedness(form, wanted) }));
  return weighed.reduce((best, one) => (one.q > best.q ? one : best)).form;
}

/** Whether a linkset itself is asked for, by its type rather than by a parameter: no page is wanted more. */
export function acceptsLinkset(accept: string | undefined): boolean {
  const wanted = wantedOf(accept);
  const own = wanted.find(({ value }) => value === 'application/linkset+json')?.q ?? 0;
  return own > 0 && own >= Math.max(wantedness('text/html', wanted), 0);
}

/** What a linkset's answer says beside it: the context by which it is JSON-LD. */
export const CONTEXT_HEADER = `<${LINKSET_CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`;

/** Where the linkset of a redirected code is found. */
export const linksetHeader = (path: string): string => `<${path}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`;

/** The text of a linkset in a form. @param title above the list of a page */
export function linksetText(set: Linkset, form: LinksetForm, title: string): string {
  if (form === 'application/linkset+json' || form === 'application/json') return JSON.stringify(set);
  const data = JSON.stringify({ '@context': LINKSET_CONTEXT, ...set });
  return form === 'application/ld+json' ? data : page(set, data, title);
}

function page({ linkset }: Linkset, data: string, title: string): string {
  const sections = linkset.map(({ anchor, itemDescription, ...types }) => {
    const rows = Object.entries(types).flatMap(([type, links]) => (links as ResolverLink[]).map(({ href, title: name, hreflang = [] }) =>
      `<li><a href="${escaped(href)}"${hreflang[0] === undefined ? '' : ` hreflang="${escaped(hreflang[0])}"`}>${escaped(name)}</a> <small>${escaped(type.replace(VOCABULARY, 'gs1:'))} ${escaped(hreflang.join(', '))}</small></li>`));
    return `<section><h2>${escaped(String(itemDescription))}</h2><p class="code">${escaped(String(anchor))}</p><ul class="list">${rows.join('')}</ul></section>`;
  });
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>`
    + `<script type="application/ld+json">${data.replaceAll('<', '\\u003c')}</script></head><body><main><h1>${escaped(title)}</h1>${sections.join('')}</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
