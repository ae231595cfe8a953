// Every view has an address. This file turns addresses into routes and back; it knows no window.
import type { Change, Kind, Sort } from './api/bindings';
import { formatOwn, parseOwn, type OwnRoute } from './route.own';
import { formatKept, parseKept, type KeptRoute } from './route.kept';
import { formatWork, parseWork, type WorkRoute } from './route.work';

export const KINDS: readonly Kind[] = [
  'scenario',
  'enterprise',
  'provider',
  'solution',
  'case',
  'base',
  'dataset',
  'model',
  'document',
  'need',
  'list',
];
const SORTS: readonly Sort[] = ['relevance', 'updated', 'name', 'evidence'];
/** Keys of the list's address that are no facets. */
const RESERVED = new Set(['q', 'sort', 'sel']);

export type Filters = { [facet in string]: string[] };
/** What the list screen shows: the state behind its address. */
export interface Query {
  text: string;
  filters: Filters;
  sort: Sort;
  /** Reference of the record in the pane; empty for none. */
  selected: string;
}

/** Which news are listed: each part narrows. */
export interface NewsFilter {
  /** One sync, by revision. */
  revision: number | null;
  /** One feed. */
  feed: string | null;
  /** One kind; also one that this version does not show. */
  kind: string | null;
  change: Change | null;
}

export type Route =
  | { screen: 'panorama'; kind: Kind | null; action: string | null; printed: boolean }
  | { screen: 'list'; query: Query }
  | { screen: 'record'; ref: string }
  | { screen: 'data' }
  | { screen: 'news'; filter: NewsFilter }
  | { screen: 'settings' }
  | OwnRoute
  | { screen: 'submissions' }
  | KeptRoute
  | WorkRoute;

export const allNews: NewsFilter = { revision: null, feed: null, kind: null, change: null };
export const CHANGES: readonly Change[] = ['added', 'changed', 'removed'];
export const emptyQuery: Query = { text: '', filters: {}, sort: 'relevance', selected: '' };

const isKind = (text: string): text is Kind => KINDS.some((kind) => kind === text);
const isSort = (text: string): text is Sort => SORTS.some((sort) => sort === text);

function formatQuery(query: Query): string {
  const params = new URLSearchParams();
  if (query.text) params.set('q', query.text);
  for (const facet of Object.keys(query.filters).sort()) {
    for (const code of query.filters[facet] ?? []) params.append(facet, code);
  }
  if (query.sort !== 'relevance') params.set('sort', query.sort);
  if (query.selected) params.set('sel', query.selected);
  return params.toString();
}

function parseQuery(params: URLSearchParams): Query {
  const filters: Filters = {};
  for (const [facet, code] of params) {
    if (RESERVED.has(facet) || !code) continue;
    const codes = (filters[facet] ??= []);
    if (!codes.includes(code)) codes.push(code);
  }
  const sort = params.get('sort') ?? '';
  return {
    text: params.get('q') ?? '',
    filters,
    sort: isSort(sort) ? sort : 'relevance',
    selected: params.get('sel') ?? '',
  };
}

const withParams = (path: string, params: string) => (params ? `${path}?${params}` : path);

/** The address of a route, without the `#`. */
export function format(route: Route): string {
  switch (route.screen) {
    case 'panorama': {
      const params = new URLSearchParams();
      if (route.kind) params.set('kind', route.kind);
      if (route.action) params.set('action', route.action);
      if (route.printed) params.set('basis', 'printed');
      return withParams('/', params.toString());
    }
    case 'list':
      return withParams('/list', formatQuery(route.query));
    case 'record':
      return `/record/${route.ref}`;
    case 'news': {
      const params = new URLSearchParams();
      const { revision, feed, kind, change } = route.filter;
      if (revision !== null) params.set('sync', String(revision));
      if (feed) params.set('feed', feed);
      if (kind) params.set('kind', kind);
      if (change) params.set('change', change);
      return withParams('/news', params.toString());
    }
    case 'data':
    case 'settings':
    case 'submissions':
      return `/${route.screen}`;
    case 'mine':
    case 'form':
    case 'correct':
      return formatOwn(route);
    case 'lists':
    case 'compare':
      return formatKept(route);
    default:
      return formatWork(route);
  }
}

function parseNews(params: URLSearchParams): NewsFilter {
  const revision = params.get('sync') ?? '';
  return {
    revision: /^\d{1,9}$/.test(revision) ? Number(revision) : null,
    feed: params.get('feed'),
    kind: params.get('kind'),
    change: CHANGES.find((change) => change === params.get('change')) ?? null,
  };
}

/** The route of an address, with or without the `#`. What cannot be understood leads to the panorama. */
export function parse(address: string): Route {
  const [path = '', search = ''] = address.replace(/^#/, '').split(/\?(.*)/s);
  const params = new URLSearchParams(search);
  if (path === '/list') return { screen: 'list', query: parseQuery(params) };
  if (path === '/data') return { screen: 'data' };
  if (path === '/news') return { screen: 'news', filter: parseNews(params) };
  if (path === '/settings') return { screen: 'settings' };
  if (path === '/submissions') return { screen: 'submissions' };
  const record = /^\/record\/([^/]+\/[^/]+\/[^/]+)$/.exec(path);
  if (record?.[1]) return { screen: 'record', ref: decodeURIComponent(record[1]) };
  const other = parseOwn(path, params) ?? parseKept(path, params) ?? parseWork(path, params);
  if (other) return other;
  const kind = params.get('kind') ?? '';
  return {
    screen: 'panorama',
    kind: isKind(kind) ? kind : null,
    action: params.get('action'),
    printed: params.get('basis') === 'printed',
  };
}

/** The link to a list. */
export const listHref = (query: Partial<Query>): string =>
  `#${format({ screen: 'list', query: { ...emptyQuery, ...query } })}`;

/** The link to a record. */
export const recordHref = (ref: string): string => `#${format({ screen: 'record', ref })}`;

/** The link to what is new. */
export const newsHref = (filter: Partial<NewsFilter>): string =>
  `#${format({ screen: 'news', filter: { ...allNews, ...filter } })}`;
