import { describe, expect, it } from 'vitest';
import { format, parse, type Route } from './route';
import { editorHref, matchHref } from './route.work';

const ref = 'own/need/3f0c2c1e-0000-4000-8000-000000000001';

describe('an address of the work on needs', () => {
  const routes: Route[] = [
    { screen: 'needs', text: '', status: [] },
    { screen: 'needs', text: '质检 & 100%', status: ['draft', 'pilot'] },
    { screen: 'board' },
    { screen: 'portfolio' },
    { screen: 'import' },
    { screen: 'editor', ref: '' },
    { screen: 'editor', ref },
    { screen: 'match', ref, target: 'solutions', selected: '' },
    { screen: 'match', ref: 'bundled/need/q0.3:2-1', target: 'providers', selected: 'bundled/provider/p-1' },
    { screen: 'report', ref, target: 'cases' },
    { screen: 'roadmap', ref },
    { screen: 'offer', ref: 'bundled/solution/r0177', selected: 'bundled/need/n1' },
  ];
  it.each(routes)('comes back as the route it was made of: %j', (route) => {
    expect(parse(`#${format(route)}`)).toEqual(route);
  });

  it('is short where nothing was chosen', () => {
    expect(matchHref(ref)).toBe(`#/match/${ref}`);
    expect(editorHref()).toBe('#/need');
  });

  it('drops a status and a target that do not exist', () => {
    expect(parse('#/needs?status=lost&status=draft')).toEqual({ screen: 'needs', text: '', status: ['draft'] });
    expect(parse(`#/match/${ref}?target=moon`)).toMatchObject({ target: 'solutions' });
  });

  it('without a whole reference leads to the overview', () => {
    for (const address of ['#/match', '#/match/a/b', '#/offer/a', '#/report/a/b/c/d'])
      expect(parse(address)).toMatchObject({ screen: 'panorama' });
  });
});
