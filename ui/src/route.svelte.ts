// The address of the window: reads it, changes it, and tells when the user moves through the history.
import { format, parse, type Query, type Route } from './route';

class Router {
  route = $state.raw<Route>(parse(location.hash));

  constructor() {
    addEventListener('hashchange', () => (this.route = parse(location.hash)));
  }

  /** Goes to a view; the one before stays in the history. */
  go(route: Route): void {
    location.hash = format(route);
  }

  /** Changes the view's own state without a new step in the history. */
  replace(route: Route): void {
    history.replaceState(null, '', `#${format(route)}`);
    this.route = route;
  }

  /** Changes what the list shows. Typing and selecting leave no trace in the history, filters do. */
  query(change: Partial<Query>, step: 'push' | 'replace'): void {
    if (this.route.screen !== 'list') return;
    const route: Route = { screen: 'list', query: { ...this.route.query, ...change } };
    if (step === 'push') this.go(route);
    else this.replace(route);
  }
}

export const router = new Router();
