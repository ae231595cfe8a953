// Names of codes. A code that nobody knows shows as itself.
import { app } from '../app.svelte';
import type { Taxonomy, Term } from '../api/bindings';
import { i18n } from '../i18n/index.svelte';
import { KINDS } from '../route';
import { listName } from './lists.svelte';
import type { Messages } from '../i18n/zh-CN';

const byCode = new WeakMap<Taxonomy, Map<string, Term>>();

/** The taxonomy whose codes a facet or field holds. */
export const taxonomyOf = (facet: string): string => facet.replace(/^main_/, '');

export function term(taxonomy: string, code: string): Term | undefined {
  const found = app.taxonomies[taxonomyOf(taxonomy)];
  if (!found) return undefined;
  let terms = byCode.get(found);
  if (!terms) {
    terms = new Map(found.terms.map((one) => [one.code, one]));
    byCode.set(found, terms);
  }
  return terms.get(code);
}

/** The taxonomies whose codes a field holds, where that is not the one of its name alone. */
const OF_FIELD: { [field in string]?: string[] } = {
  industry: ['industry', 'industry_group'],
  goal: ['tier', 'maturity'],
  data: ['data_kind'],
  hard: ['constraint'],
};

const has = <T extends object>(object: T, key: PropertyKey): key is keyof T => Object.hasOwn(object, key);

/** The name of a code in the window's language. */
export function termName(facet: string, code: string): string {
  const { m } = i18n;
  if (code === 'none') return m.common.none;
  if (facet === 'kind' && has(m.kinds, code)) return m.kinds[code];
  if (facet === 'status' && has(m.status, code)) return m.status[code];
  if (facet === 'feed' && code !== 'own') {
    const feed = app.status?.feeds.find((one) => one.feed === code);
    if (feed) return i18n.pick(feed.title) || code;
  }
  if (facet === 'list') return i18n.pick(listName(code)) || code;
  const found = (OF_FIELD[facet] ?? [facet]).map((taxonomy) => term(taxonomy, code)).find(Boolean);
  if (!found) return m.codes[facet]?.[code] ?? code;
  return (i18n.language === 'en' ? found.en || found.zh : found.zh) || code;
}

/** What a relation is called, from the record to the other or, as the taxonomy's note says, back. */
export function relationName(code: string, forward: boolean): string {
  const back = forward ? '' : i18n.pick(term('relation', code)?.note);
  return back || (forward ? termName('relation', code) : i18n.m.record.incoming(termName('relation', code)));
}

/** The names of several codes, joined. */
export const termNames = (facet: string, codes: readonly string[]): string =>
  codes.map((code) => termName(facet, code)).join(i18n.m.common.separator);

/** The name of a facet; one that the window does not know is named by its taxonomy, then by itself. */
export function facetName(facet: string): string {
  const names: Messages['facets'] = i18n.m.facets;
  return has(names, facet) ? names[facet] : i18n.pick(app.taxonomies[taxonomyOf(facet)]?.name) || facet;
}

/** The name of a record's field. */
export function fieldName(field: string): string {
  const names: Messages['fields'] = i18n.m.fields;
  return has(names, field) ? names[field] : field;
}

/** The kinds that the catalog holds, in their fixed order. */
export const heldKinds = () => KINDS.filter((kind) => (app.status?.records[kind] ?? 0) > 0);
