import { expect, it } from 'vitest';
import { feedIn } from './fixtures/feeds';
import { fakeHost } from './host.fake';
import { call, mutate } from './call';
import { makePlain, plain } from './plain';
import { useHost } from './seam';

it('marks what would deceive, and nothing else', () => {
  expect(plain('审计\u202egnp.exe')).toBe('审计\ufffdgnp.exe');
  for (const code of [0, 0x1b, 0x7f, 0x9b, 0x200b, 0x200f, 0x2066, 0x2069, 0xfeff, 0xe0041]) {
    expect(plain(`a${String.fromCodePoint(code)}b`), code.toString(16)).toBe('a\ufffdb');
  }
  const honest = '质检\n\t“在线” 𬭎 שלום 😀 e\u0301 👨\u200d👩\u200d👧 — <b>&amp;</b>';
  expect(plain(honest)).toBe(honest);
});

it('reaches every text of an answer', () => {
  const answer = { name: { zh: 'a\u202eb' }, list: ['x\u0000', { deep: ['\u2066'] }], n: 1, none: null };
  makePlain(answer);
  expect(answer).toEqual({ name: { zh: 'a\ufffdb' }, list: ['x\ufffd', { deep: ['\ufffd'] }], n: 1, none: null });
});

it('meets every answer on its way to a screen, whatever was asked or changed', async () => {
  const hostile = () => [feedIn('up_to_date', { title: { zh: '\u202e示例' } })];
  const host = fakeHost();
  useHost({
    ...host,
    query: async (name, request) => (name === 'list_feeds' ? Object.assign(hostile()) : host.query(name, request)),
    mutate: async (name, request) => (name === 'remove_feed' ? Object.assign(hostile()) : host.mutate(name, request)),
  });
  expect((await call('list_feeds', {}))[0]?.title.zh).toBe('\ufffd示例');
  expect((await mutate('remove_feed', { feed: 'x' }))[0]?.title.zh).toBe('\ufffd示例');
});
