import { describe, expect, it } from 'vitest';
import { format, parse, type Route } from './route';

describe('addresses of what the user keeps', () => {
  const routes: Route[] = [
    { screen: 'lists', shown: { show: 'favourites' } },
    { screen: 'lists', shown: { show: 'all' } },
    { screen: 'lists', shown: { show: 'list', id: '0191e0b2-7c1d-7abc-8def-000000000001' } },
    { screen: 'lists', shown: { show: 'tag', tag: '质检/重点 100%?#' } },
    { screen: 'lists', shown: { show: 'notes' } },
    { screen: 'lists', shown: { show: 'recent' } },
    { screen: 'compare', differences: false },
    { screen: 'compare', differences: true },
  ];
  it.each(routes)('$screen leads there and back', (route) => {
    expect(parse(format(route))).toEqual(route);
    expect(parse(`#${format(route)}`)).toEqual(route);
  });
});
