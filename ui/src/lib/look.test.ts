import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { bootLook, keepLook } from './look';

const boot = readFileSync(join(import.meta.dirname, '../../public/boot.js'), 'utf8');

/** A page and a store, and the start of a window in them. */
function start(kept: string | null) {
  const store = new Map(kept === null ? [] : [['look', kept]]);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
  });
  vi.stubGlobal('document', { documentElement: { dataset: {}, style: {}, lang: 'zh-CN' } });
  new Function(boot)();
  return store;
}
afterEach(() => vi.unstubAllGlobals());

it('begins with the look of the last visit', () => {
  const store = start(null);
  expect(bootLook()).toEqual({ theme: 'system', zoom: 100, language: '' });
  keepLook({ theme: 'dark', zoom: 120 }, 'en');
  start(store.get('look') ?? null);
  expect(bootLook()).toEqual({ theme: 'dark', zoom: 120, language: 'en' });
});

it('leaves an odd copy to the system', () => {
  for (const odd of ['', 'null', '{"theme":"pink","zoom":9000,"language":"xx"}', '[1', '{"zoom":"large"}']) {
    start(odd);
    expect(bootLook(), odd).toEqual({ theme: 'system', zoom: 100, language: '' });
  }
});

it('does without a store', () => {
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new Error('refused');
    },
  });
  expect(() => keepLook({ theme: 'dark', zoom: 100 }, 'en')).not.toThrow();
});
