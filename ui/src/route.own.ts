// Addresses of what the user makes: `/mine` with its tabs, `/form/own/…` and `/correct/…`.
import type { Kind } from './api/bindings';

/** Kinds that are written in a form, in the order of the tabs. */
export const WRITTEN = ['provider', 'solution', 'scenario', 'case'] as const satisfies readonly Kind[];
export type Written = (typeof WRITTEN)[number];
export type MineTab = Written | 'corrected' | 'trash';
export const MINE_TABS: readonly MineTab[] = [...WRITTEN, 'corrected', 'trash'];

export type OwnRoute =
  | { screen: 'mine'; tab: MineTab; from: number }
  /** An own record in its form. */
  | { screen: 'form'; ref: string }
  /** A catalog record with the user's corrections. */
  | { screen: 'correct'; ref: string };

/** The address of a route, without the `#`. */
export function formatOwn(route: OwnRoute): string {
  if (route.screen !== 'mine') return `/${route.screen}/${route.ref}`;
  const params = new URLSearchParams();
  if (route.tab !== 'provider') params.set('tab', route.tab);
  if (route.from > 0) params.set('from', String(route.from));
  const text = params.toString();
  return text ? `/mine?${text}` : '/mine';
}

/** The route of a path with its parameters; undefined when it is none of these. */
export function parseOwn(path: string, params: URLSearchParams): OwnRoute | undefined {
  if (path === '/mine') {
    const tab = MINE_TABS.find((one) => one === params.get('tab')) ?? 'provider';
    const from = params.get('from') ?? '';
    return { screen: 'mine', tab, from: /^\d{1,7}$/.test(from) ? Number(from) : 0 };
  }
  const [, screen, encoded = ''] = /^\/(form|correct)\/([^/]+\/[^/]+\/[^/]+)$/.exec(path) ?? [];
  const ref = decodeURIComponent(encoded);
  if (screen === 'form' || screen === 'correct') return { screen, ref };
  return undefined;
}

export const mineHref = (tab: MineTab = 'provider', from = 0): string => `#${formatOwn({ screen: 'mine', tab, from })}`;
export const formHref = (ref: string): string => `#${formatOwn({ screen: 'form', ref })}`;
export const correctHref = (ref: string): string => `#${formatOwn({ screen: 'correct', ref })}`;

/** Whether a screen is one of the user's own records. */
export const isMine = (screen: string): boolean => ['mine', 'form', 'correct'].includes(screen);
