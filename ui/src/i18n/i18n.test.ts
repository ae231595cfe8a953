import { describe, expect, it } from 'vitest';
import { en } from './en';
import { zhCN } from './zh-CN';

type Entry = [path: string, said: string];

/** Every text of a dictionary; functions are called with telling arguments. */
function texts(value: unknown, path = ''): Entry[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(...['«a»', '«b»'].slice(0, value.length)))]];
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is neither text nor function`);
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

const han = /\p{Script=Han}/u;
/** The same in every language: proper names, and what has no words. */
const SAME = new Set([
  'app.logo',
  'languages.zh-CN',
  'languages.en',
  'list.relaxed.all',
  'common.of',
  'list.literal',
  ...['xlsx', 'csv', 'json', 'pdf', 'docx'].map((format) => `exporting.formats.${format}`),
]);
const NAMES_CHINESE = new Set([...SAME, 'settings.llmTable']);

describe('the dictionaries', () => {
  const chinese = new Map(texts(zhCN));
  const english = new Map(texts(en));

  it('say the same things', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('leave nothing empty and no argument unsaid', () => {
    for (const [path, said] of chinese) {
      if (path === 'list.relaxed.all') continue;
      expect(said.trim() || said, path).not.toBe('');
      for (const argument of ['«a»', '«b»']) {
        expect(english.get(path)?.includes(argument), `${path} ${argument}`).toBe(said.includes(argument));
      }
    }
  });

  it('keep to their language', () => {
    for (const [path, said] of english)
      if (!NAMES_CHINESE.has(path)) expect(han.test(said), `en ${path}: ${said}`).toBe(false);
    for (const [path, said] of chinese) {
      if (!SAME.has(path) && /[a-z]{3}/i.test(said)) expect(han.test(said), `zh-CN ${path}: ${said}`).toBe(true);
    }
  });

  it('count in proper English', () => {
    expect(en.foot.records('1')).toBe('1 record');
    expect(en.foot.records('1,001')).toBe('1,001 records');
  });
});
