// Addresses of the work on needs: `/needs`, `/board`, `/need/…`, `/match/…`, `/report/…`, `/roadmap/…`, `/portfolio`,
// `/offer/…`. A need is addressed by its reference.
import type { MatchTarget, NeedStatus } from './api/bindings';

export const STATUSES: readonly NeedStatus[] = [
  'draft',
  'interest',
  'contact',
  'trial',
  'pilot',
  'contract',
  'dropped',
];
export const TARGETS: readonly MatchTarget[] = ['solutions', 'providers', 'cases', 'scenarios', 'needs'];

export type WorkRoute =
  | { screen: 'needs'; text: string; status: NeedStatus[] }
  | { screen: 'board' }
  /** A need in the editor; a new one without a reference. */
  | { screen: 'editor'; ref: string }
  /** The match bench; `selected` is the hit whose reasons are shown. */
  | { screen: 'match'; ref: string; target: MatchTarget; selected: string }
  | { screen: 'report'; ref: string; target: MatchTarget }
  | { screen: 'roadmap'; ref: string }
  | { screen: 'offer'; ref: string; selected: string }
  | { screen: 'portfolio' }
  /** Importing a spreadsheet into the user's own records. */
  | { screen: 'import' };

const withParams = (path: string, params: URLSearchParams) => {
  const text = params.toString();
  return text ? `${path}?${text}` : path;
};
const REF = '([^/]+/[^/]+/[^/]+)';

/** The address of a route, without the `#`. */
export function formatWork(route: WorkRoute): string {
  const params = new URLSearchParams();
  switch (route.screen) {
    case 'needs':
      if (route.text) params.set('q', route.text);
      for (const status of route.status) params.append('status', status);
      return withParams('/needs', params);
    case 'board':
    case 'portfolio':
    case 'import':
      return `/${route.screen}`;
    case 'editor':
      return route.ref ? `/need/${route.ref}` : '/need';
    case 'match':
      if (route.target !== 'solutions') params.set('target', route.target);
      if (route.selected) params.set('sel', route.selected);
      return withParams(`/match/${route.ref}`, params);
    case 'report':
      if (route.target !== 'solutions') params.set('target', route.target);
      return withParams(`/report/${route.ref}`, params);
    case 'offer':
      if (route.selected) params.set('sel', route.selected);
      return withParams(`/offer/${route.ref}`, params);
    case 'roadmap':
      return `/roadmap/${route.ref}`;
  }
}

/** The route of a path with its parameters; undefined when it is none of these. */
export function parseWork(path: string, params: URLSearchParams): WorkRoute | undefined {
  if (path === '/needs') {
    const status = STATUSES.filter((one) => params.getAll('status').includes(one));
    return { screen: 'needs', text: params.get('q') ?? '', status };
  }
  if (path === '/board' || path === '/portfolio') return { screen: path === '/board' ? 'board' : 'portfolio' };
  if (path === '/import') return { screen: 'import' };
  if (path === '/need') return { screen: 'editor', ref: '' };
  const [, screen, encoded = ''] = new RegExp(`^/(need|match|report|roadmap|offer)/${REF}$`).exec(path) ?? [];
  const ref = decodeURIComponent(encoded);
  const target = TARGETS.find((one) => one === params.get('target')) ?? 'solutions';
  const selected = params.get('sel') ?? '';
  switch (screen) {
    case 'need':
      return { screen: 'editor', ref };
    case 'match':
      return { screen, ref, target, selected };
    case 'report':
      return { screen, ref, target };
    case 'roadmap':
      return { screen, ref };
    case 'offer':
      return { screen, ref, selected };
    default:
      return undefined;
  }
}

const href = (route: WorkRoute): string => `#${formatWork(route)}`;

/** The link to the match bench of a need. */
export const matchHref = (ref: string, target: MatchTarget = 'solutions', selected = ''): string =>
  href({ screen: 'match', ref, target, selected });
/** The link to the editor of a need, or of a new one. */
export const editorHref = (ref = ''): string => href({ screen: 'editor', ref });
export const reportHref = (ref: string, target: MatchTarget): string => href({ screen: 'report', ref, target });
export const roadmapHref = (ref: string): string => href({ screen: 'roadmap', ref });
export const offerHref = (ref: string, selected = ''): string => href({ screen: 'offer', ref, selected });

/** The part of the work that a screen belongs to, so that the rail knows where one is. */
export const isWork = (screen: string): boolean =>
  ['needs', 'board', 'editor', 'match', 'report', 'roadmap', 'offer', 'portfolio'].includes(screen);
