import { describe, expect, it } from 'vitest';
import { allNews, emptyQuery, format, listHref, parse, type Route } from './route';

describe('an address', () => {
  const routes: Route[] = [
    { screen: 'panorama', kind: null, action: null, printed: false },
    { screen: 'panorama', kind: 'case', action: '2', printed: true },
    { screen: 'list', query: emptyQuery },
    {
      screen: 'list',
      query: {
        text: '质检 "不良 品" -旧 & 100%?#',
        filters: { kind: ['case', 'need'], main_stage: ['none'], action: ['(十)'] },
        sort: 'updated',
        selected: 'bundled/case/q0321',
      },
    },
    { screen: 'record', ref: 'bundled/case/q0.3:2-1' },
    { screen: 'news', filter: allNews },
    { screen: 'news', filter: { revision: null, feed: 'north', kind: 'case', change: 'added' } },
    { screen: 'news', filter: { revision: 12, feed: null, kind: 'case', change: 'changed' } },
    { screen: 'data' },
    { screen: 'lists', shown: { show: 'favourites' } },
    { screen: 'settings' },
    { screen: 'submissions' },
  ];
  it.each(routes)('comes back as the route it was made of: %j', (route) => {
    expect(parse(`#${format(route)}`)).toEqual(route);
  });

  it('is the same for the same filters in any order', () => {
    const a = listHref({ filters: { stage: ['rd'], kind: ['case'] } });
    expect(listHref({ filters: { kind: ['case'], stage: ['rd'] } })).toBe(a);
  });

  it('that makes no sense leads to the overview', () => {
    for (const address of ['', '#', '#/record/a/b', '#/nowhere?x=1', '#/?kind=spaceship']) {
      expect(parse(address)).toEqual({ screen: 'panorama', kind: null, action: null, printed: false });
    }
  });

  it('of news drops what is no sync and no change', () => {
    expect(parse('#/news?sync=-1&change=burned')).toEqual({ screen: 'news', filter: allNews });
  });

  it('drops doubled and empty filters and an unknown order', () => {
    expect(parse('#/list?stage=rd&stage=rd&stage=&sort=magic')).toEqual({
      screen: 'list',
      query: { ...emptyQuery, filters: { stage: ['rd'] } },
    });
  });
});
