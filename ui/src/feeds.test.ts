// The flows of feeds on the fake host: sync, cancel, add, import, what is new.
import { beforeEach, describe, expect, it } from 'vitest';
import { app } from './app.svelte';
import { fakeHost, type FakeHost, type Pretence } from './api/host.fake';
import { useHost } from './api/seam';
import { FINGERPRINT, outcome } from './api/fixtures/feeds';
import { feeds } from './feeds.svelte';
import { importing } from './importing.svelte';
import { en } from './i18n/en';
import { Adding } from './screens/data/adding.svelte';
import { Addresses, Moving, refusal } from './screens/data/addresses.svelte';

let host: FakeHost;
async function begin(pretence: Pretence = {}): Promise<void> {
  host = fakeHost(pretence);
  useHost({ ...host, systemLanguage: async () => 'zh-CN' });
  feeds.outcomes = {};
  importing.step = null;
  await app.start(() => undefined);
  expect(app.phase).toBe('ready');
  await feeds.start();
  await host.watch((happening) => {
    feeds.heard(happening);
    importing.heard(happening);
  });
}
const states = () => feeds.list.map((feed) => feed.state);
const settled = async (done: () => boolean) => {
  for (let turn = 0; turn < 200 && !done(); turn += 1) await new Promise((resolve) => setTimeout(resolve));
  expect(done()).toBe(true);
};

describe('a sync', () => {
  it('brings feeds up to date and keeps what it did with each', async () => {
    await begin({ feeds: 'all' });
    await feeds.sync();
    expect(feeds.running).toBeNull();
    expect(feeds.outcomes['fixture-aged']).toMatchObject({ result: 'updated', added: 12 });
    expect(feeds.outcomes['fixture-refused']).toMatchObject({ result: 'refused', problem: { code: 'signature' } });
    expect(states()).toContain('refused');
    expect(states()).not.toContain('aged');
  });

  it('tells its phases in order, and stops when told to without changing anything', async () => {
    await begin({ feeds: 'aged' });
    const phases: string[] = [];
    const sync = feeds.sync();
    await settled(() => {
      const phase = feeds.running?.progress?.phase;
      if (phase && phases.at(-1) !== phase) phases.push(phase);
      return phase === 'apply';
    });
    await feeds.cancel();
    expect(feeds.running?.stopping).toBe(true);
    await sync;
    expect(phases).toEqual(['check', 'download', 'apply']);
    expect(feeds.running).toBeNull();
    expect(states()).toEqual(['aged']);
    expect(feeds.outcomes).toEqual({});
  });

  it('does not begin while another runs', async () => {
    await begin({ feeds: 'aged' });
    const first = feeds.sync();
    await feeds.sync();
    expect(feeds.running).not.toBeNull();
    await first;
    expect(feeds.running).toBeNull();
  });

  it('that the host began shows like any other, and its end is read', async () => {
    await begin({ feeds: 'offline' });
    host.happen({
      kind: 'checking',
      progress: { feed: 'fixture-offline', phase: 'check', done: 0, total: 0 },
    });
    expect(feeds.running).toMatchObject({ auto: true });
    host.happen({ kind: 'checked', report: { feeds: [outcome('offline', { feed: 'fixture-offline' })] } });
    expect(feeds.running).toBeNull();
    expect(feeds.outcomes['fixture-offline']?.result).toBe('offline');
  });
});

describe('adding a feed', () => {
  let adding: Adding;
  beforeEach(async () => {
    await begin();
    adding = new Adding();
  });

  it('needs a look, then the word that the fingerprint was compared', async () => {
    adding.address = ' https://province.example.com/atlas ';
    expect(await adding.confirm()).toBe(false);
    await adding.look();
    expect(adding.found?.fingerprint).toBe(FINGERPRINT);
    expect(adding.ready).toBe(false);
    expect(await adding.confirm()).toBe(false);
    adding.compared = true;
    expect(await adding.confirm()).toBe(true);
    await settled(() => feeds.running === null && states().includes('up_to_date'));
    expect(feeds.list.find((feed) => feed.feed === 'fixture-province')?.base).toBe(
      'https://province.example.com/atlas',
    );
  });

  it('forgets the comparison with another address', async () => {
    adding.address = 'https://a.example.com';
    await adding.look();
    adding.compared = true;
    adding.address = 'https://b.example.com';
    adding.typed();
    expect(adding.ready).toBe(false);
    await adding.look();
    expect(adding.ready).toBe(false);
  });

  it('asks before it uses a local or unencrypted address', async () => {
    adding.address = 'http://local.example';
    await adding.look();
    expect(adding.problem?.code).toBe('private_address');
    expect(adding.asksLocal).toBe(true);
    adding.allowed = true;
    await adding.look();
    adding.compared = true;
    expect(adding.ready).toBe(true);
    adding.allowed = false;
    expect(adding.ready).toBe(false);
  });

  it('offers nothing where nothing is, or what is here already', async () => {
    adding.address = 'https://nothing.example.com';
    await adding.look();
    adding.compared = true;
    expect([adding.found, adding.ready]).toEqual([null, false]);
    adding.address = 'https://known.example.com';
    await adding.look();
    adding.compared = true;
    expect(adding.ready).toBe(false);
  });
});

describe('the addresses of a feed', () => {
  const here = (feed: string) => {
    const found = feeds.list.find((one) => one.feed === feed);
    expect(found).toBeDefined();
    return found as (typeof feeds.list)[number];
  };

  it('are written, moved and removed; what is empty or twice counts for nothing', () => {
    const addresses = new Addresses(['https://a', 'https://b']);
    addresses.add(' https://c ');
    addresses.add('https://a');
    addresses.add();
    expect(addresses.list).toEqual(['https://a', 'https://b', 'https://c']);
    addresses.move(2, -1);
    addresses.move(0, -1);
    expect(addresses.list).toEqual(['https://a', 'https://c', 'https://b']);
    addresses.remove(0);
    expect(addresses.list).toEqual(['https://c', 'https://b', 'https://a']);
  });

  it('come with a feed that is added, the main one not twice', async () => {
    await begin();
    const adding = new Adding();
    adding.address = 'https://province.example.com/atlas';
    for (const mirror of ['https://mirror.example.net', 'https://province.example.com/atlas'])
      adding.mirrors.add(mirror);
    await adding.look();
    adding.compared = true;
    expect(await adding.confirm()).toBe(true);
    expect(here('fixture-province').mirrors).toEqual(['https://mirror.example.net']);
  });

  it('change in order and number, and the fingerprint stays', async () => {
    await begin({ feeds: 'up_to_date' });
    const before = here('fixture-up-to-date');
    const moving = new Moving(before, ['https://new.example.org']);
    expect(moving.addresses.list).toEqual([before.base, ...before.mirrors, 'https://new.example.org']);
    moving.addresses.move(2, -1);
    moving.addresses.move(1, -1);
    expect(await moving.save()).toBe(true);
    const after = here('fixture-up-to-date');
    expect([after.base, ...after.mirrors]).toEqual(['https://new.example.org', before.base, ...before.mirrors]);
    expect(after.fingerprint).toBe(before.fingerprint);
    await settled(() => feeds.running === null);
  });

  it('are checked one by one: only this feed by its fingerprint is the same', async () => {
    await begin({ feeds: 'up_to_date' });
    const moving = new Moving(here('fixture-up-to-date'));
    moving.addresses.add('https://nothing.example.com');
    await moving.check();
    expect(moving.addresses.rows.map((row) => row.checked?.problem?.code)).toEqual([
      'other_feed',
      'other_feed',
      'no_feed',
    ]);
  });

  it('that cannot be read or are not allowed are refused by name, and nothing changes', async () => {
    await begin({ feeds: 'up_to_date' });
    const moving = new Moving(here('fixture-up-to-date'), ['nonsense']);
    expect(await moving.save()).toBe(false);
    expect(moving.error && refusal(moving.error, en)).toBe(en.feeds.addresses.wrong('nonsense'));
    moving.addresses.remove(2);
    moving.addresses.add('http://10.0.0.7/');
    expect(moving.asksLocal).toBe(true);
    expect(await moving.save()).toBe(false);
    expect(moving.error && refusal(moving.error, en)).toBe(en.feeds.addresses.local('http://10.0.0.7/'));
    expect(here('fixture-up-to-date').mirrors).toHaveLength(1);
    moving.allowed = true;
    expect(await moving.save()).toBe(true);
    expect(here('fixture-up-to-date').local).toBe(true);
    await settled(() => feeds.running === null);
  });
});

describe('importing a file', () => {
  const at = () => importing.step?.at;

  it('just imports what needs no word', async () => {
    await begin({ picks: '/media/usb/feed.atlas' });
    await importing.choose();
    expect(importing.step).toMatchObject({ at: 'done', outcome: { result: 'updated', added: 3 } });
  });

  it('does nothing when nothing was chosen', async () => {
    await begin();
    await importing.choose();
    expect(importing.step).toBeNull();
  });

  it('asks for consent to what ran out', async () => {
    await begin();
    await importing.begin('/media/usb/expired.atlas');
    expect(importing.step).toMatchObject({ at: 'expired', found: { published: '2026-11-20T08:00:00Z' } });
    await importing.allowExpired();
    expect(at()).toBe('done');
  });

  it('asks twice for an expired file of a feed that is not here', async () => {
    await begin();
    await importing.begin('/media/usb/unknown-expired.atlas');
    expect(at()).toBe('unknown');
    await importing.confirm(FINGERPRINT);
    expect(at()).toBe('expired');
    await importing.allowExpired();
    expect(at()).toBe('done');
    // The word given for one file does not hold for the next.
    await importing.begin('/media/usb/unknown-expired.atlas');
    expect(at()).toBe('unknown');
  });

  it('says why a file is refused', async () => {
    await begin();
    await importing.begin('/media/usb/bad.atlas');
    expect(importing.step).toMatchObject({ at: 'done', outcome: { problem: { code: 'unreadable' } } });
  });

  it('takes what is dropped on the window, unless something runs', async () => {
    await begin();
    host.happen({ kind: 'hovering', over: true });
    expect(importing.hovering).toBe(true);
    host.happen({ kind: 'dropped', path: '/media/usb/feed.atlas' });
    expect(importing.hovering).toBe(false);
    await settled(() => at() === 'done');
    importing.close();
    host.happen({ kind: 'checking', progress: { feed: 'x', phase: 'check', done: 0, total: 0 } });
    host.happen({ kind: 'dropped', path: '/media/usb/feed.atlas' });
    expect(importing.step).toBeNull();
    host.happen({ kind: 'checked', report: { feeds: [] } });
  });

  it('stops when its window is closed', async () => {
    await begin();
    const begun = importing.begin('/media/usb/feed.atlas');
    await settled(() => feeds.running !== null);
    importing.close();
    await begun;
    expect(importing.step).toBeNull();
  });
});

describe('what is new', () => {
  it('counts what came since the user last looked, and nothing after that', async () => {
    await begin();
    expect(feeds.fresh).toBe(7);
    await feeds.markSeen();
    expect(feeds.fresh).toBe(0);
    expect((await host.query('get_settings', {})).news_seen).toBe('2026-11-22T06:40:00Z');
  });

  it('is nothing to somebody who opens the window for the first time', async () => {
    await begin({ settings: { news_seen: '' } });
    expect(feeds.fresh).toBe(0);
    await begin({ settings: { news_seen: '' }, noNews: true });
    expect((await host.query('get_settings', {})).news_seen).toBe('-');
  });
});

describe('removing a feed', () => {
  it('takes it off the list', async () => {
    await begin({ feeds: 'all' });
    const before = feeds.list.length;
    expect(await feeds.remove('fixture-aged')).toBe(true);
    expect(feeds.list).toHaveLength(before - 1);
  });
});
