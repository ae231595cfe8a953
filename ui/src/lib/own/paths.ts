// A record being written is plain JSON; fields are read and written by their paths.
export type Doc = { [key in string]: unknown };

const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path such as `summary.zh`. */
export function valueAt(document: Doc, path: string): unknown {
  let found: unknown = document;
  for (const part of path.split('.')) {
    if (!isDoc(found)) return undefined;
    found = found[part];
  }
  return found;
}

/** The document with another value at a path; nothing empty stays behind. */
export function withValue(document: Doc, path: string, value: unknown): Doc {
  const [part = '', ...rest] = path.split('.');
  const changed = { ...document };
  const inner = document[part];
  const next = rest.length ? withValue(isDoc(inner) ? inner : {}, rest.join('.'), value) : value;
  const empty =
    next === undefined ||
    next === null ||
    next === '' ||
    (Array.isArray(next) && !next.length) ||
    (isDoc(next) && !Object.keys(next).length);
  if (empty) delete changed[part];
  else changed[part] = next;
  return changed;
}

export const textAt = (document: Doc, path: string): string => {
  const value = valueAt(document, path);
  return typeof value === 'string' ? value : '';
};

export const textsAt = (document: Doc, path: string): string[] => {
  const value = valueAt(document, path);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

export interface DraftText {
  zh: string;
  en: string;
}
/** Several texts, each in Chinese, English or both. */
export const bilingualAt = (document: Doc, path: string): DraftText[] => {
  const value = valueAt(document, path);
  if (!Array.isArray(value)) return [];
  return value.filter(isDoc).map((one) => ({ zh: textAt(one, 'zh'), en: textAt(one, 'en') }));
};

export interface DraftOutcome {
  metric: string;
  value: string;
  unit: string;
  baseline: string;
}
export const outcomesAt = (document: Doc): DraftOutcome[] => {
  const value = document.outcomes;
  if (!Array.isArray(value)) return [];
  return value.filter(isDoc).map((one) => ({
    metric: textAt(one, 'metric'),
    value: textAt(one, 'value'),
    unit: textAt(one, 'unit'),
    baseline: textAt(one, 'baseline'),
  }));
};

export interface DraftLink {
  rel: string;
  to: string;
}
/** The links of a relation. */
export const linksAt = (document: Doc, rel: string): DraftLink[] => {
  const { links } = document;
  if (!Array.isArray(links)) return [];
  return links
    .filter(isDoc)
    .map((link) => ({ rel: textAt(link, 'rel'), to: textAt(link, 'to') }))
    .filter((link) => link.rel === rel);
};

/** The document with other links of a relation. */
export function withLinks(document: Doc, rel: string, to: readonly string[]): Doc {
  const links = Array.isArray(document.links) ? document.links.filter(isDoc) : [];
  const others = links.filter((link) => link.rel !== rel);
  return withValue(document, 'links', [...others, ...to.map((one) => ({ rel, to: one }))]);
}

/** The id of the control of a field. */
export const controlId = (path: string): string => `own-${path.replace(/[.:]/g, '-')}`;
