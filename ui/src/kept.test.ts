import { beforeEach, describe, expect, it } from 'vitest';
import { app } from './app.svelte';
import type { Event } from './api/bindings';
import { fakeHost } from './api/host.fake';
import { useHost } from './api/seam';
import { en } from './i18n/en';
import { zhCN } from './i18n/zh-CN';
import { kept } from './kept.svelte';
import { searchHref } from './lib/kept/searches';
import { newId } from './lib/uuid';
import { emptyQuery, parse } from './route';
import { eventText } from './screens/settings/events';

const refs = ['fixture/case/002', 'fixture/case/003', 'fixture/case/004', 'fixture/case/005', 'fixture/case/006'];

describe('what the user keeps', () => {
  beforeEach(async () => {
    useHost(fakeHost());
    await kept.readSearches();
    await kept.readTray();
  });

  it('knows a saved search again, whatever the order of its filters', async () => {
    const query = { ...emptyQuery, text: '质检 ', filters: { stage: ['b', 'a'], kind: ['case'] } };
    await kept.saveSearch('质检', query);
    await kept.readSearches();
    const same = { ...emptyQuery, text: '质检', filters: { kind: ['case'], stage: ['a', 'b'] }, selected: 'x' };
    expect(kept.searchOf(same)?.name).toBe('质检');
    expect(kept.searchOf({ ...same, sort: 'name' })).toBeUndefined();
    expect(kept.fresh).toBe(3);
    const search = kept.searches[0];
    if (!search) throw new Error('it was saved');
    expect(parse(searchHref(search.request))).toMatchObject({ screen: 'list', query: { text: '质检 ' } });
    await kept.seeSearch(search);
    await kept.readSearches();
    expect(kept.fresh).toBe(0);
  });

  it('compares four records and no more, and undo takes the last away', async () => {
    for (const ref of refs) {
      await kept.toggleCompare(ref);
      await kept.readTray();
    }
    expect(kept.tray).toEqual(refs.slice(0, 4));
    await app.undo();
    await kept.readTray();
    expect(kept.tray).toEqual(refs.slice(0, 3));
    await kept.toggleCompare('fixture/case/002');
    await kept.readTray();
    expect(kept.compares('fixture/case/002')).toBe(false);
  });

  it('makes identifiers of version 4', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newId()).not.toBe(newId());
  });
});

describe('the record of what happened', () => {
  const events: Event[] = [
    { event: 'sync', feed: 'f', result: 'updated', from: 1, to: 2, added: 3, changed: 2, removed: 1 },
    { event: 'sync', feed: 'f', result: 'offline', from: 1, to: 1, added: 0, changed: 0, removed: 0 },
    { event: 'feed_removed', feed: 'f' },
    { event: 'import', kind: 'provider', file: 'x.xlsx', added: 3, changed: 2, rejected: 1 },
    { event: 'export', what: 'need', format: 'atlaswork', file: 'x.atlaswork', records: 2, private: true },
    { event: 'deletion', what: 'need_forgotten', count: 1 },
    { event: 'backup', name: 'b.db', reason: 'migration' },
    { event: 'restore', name: 'b.db', damaged: true },
    { event: 'backups_removed', count: 2 },
    { event: 'moved' },
  ];
  it('has words for everything in both languages', () => {
    for (const m of [zhCN, en]) {
      const said = events.map((event) => eventText(event, m, String));
      expect(said.every((text) => text && !text.includes('undefined'))).toBe(true);
      expect(new Set(said).size).toBe(events.length);
    }
    expect(eventText(events[3] as Event, zhCN, String)).toContain('x.xlsx');
  });
});
