// Addresses of what the user keeps: `/favourites`, `/lists`, `/lists/list/ID`, `/lists/tag/NAME`, `/lists/notes`,
// `/lists/recent`, `/compare`.

/** Which of the user's records are shown. */
export type Shown =
  | { show: 'favourites' }
  | { show: 'all' }
  | { show: 'list'; id: string }
  | { show: 'tag'; tag: string }
  | { show: 'notes' }
  | { show: 'recent' };

export type KeptRoute = { screen: 'lists'; shown: Shown } | { screen: 'compare'; differences: boolean };

/** The address of a route, without the `#`. */
export function formatKept(route: KeptRoute): string {
  if (route.screen === 'compare') return route.differences ? '/compare?differences' : '/compare';
  const { shown } = route;
  switch (shown.show) {
    case 'favourites':
      return '/favourites';
    case 'all':
      return '/lists';
    case 'list':
      return `/lists/list/${encodeURIComponent(shown.id)}`;
    case 'tag':
      return `/lists/tag/${encodeURIComponent(shown.tag)}`;
    case 'notes':
    case 'recent':
      return `/lists/${shown.show}`;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The route of a path with its parameters; undefined when it is none of these. */
export function parseKept(path: string, params: URLSearchParams): KeptRoute | undefined {
  if (path === '/compare') return { screen: 'compare', differences: params.has('differences') };
  if (path === '/favourites') return { screen: 'lists', shown: { show: 'favourites' } };
  if (path === '/lists') return { screen: 'lists', shown: { show: 'all' } };
  if (path === '/lists/notes') return { screen: 'lists', shown: { show: 'notes' } };
  if (path === '/lists/recent') return { screen: 'lists', shown: { show: 'recent' } };
  const [, what, name] = /^\/lists\/(list|tag)\/([^/]+)$/.exec(path) ?? [];
  if (what === 'list' && name) return { screen: 'lists', shown: { show: 'list', id: decoded(name) } };
  if (what === 'tag' && name) return { screen: 'lists', shown: { show: 'tag', tag: decoded(name) } };
  return undefined;
}

/** The link to some of the user's records. */
export const keptHref = (shown: Shown): string => `#${formatKept({ screen: 'lists', shown })}`;
export const compareHref = (differences = false): string => `#${formatKept({ screen: 'compare', differences })}`;
