import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = import.meta.dirname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => ({ file: relative(root, join(root, file)), text: readFileSync(join(root, file), 'utf8') }));
const own = files.filter(({ file }) => file !== 'api/bindings.ts' && !file.endsWith('.test.ts'));

/** Files, apart from those allowed, in which the pattern occurs. */
const holding = (pattern: RegExp, allowed: string[] = []) =>
  own.filter(({ file, text }) => !allowed.includes(file) && pattern.test(text)).map(({ file }) => file);

describe('the sources of the window', () => {
  it('reach the shell through one file', () => expect(holding(/@tauri-apps\//, ['api/host.ts'])).toEqual([]));
  it('never turn text into HTML', () =>
    expect(holding(/@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc/)).toEqual([]));
  it('ask one place what Enter is', () => expect(holding(/['"`]Enter['"`]/, ['lib/ime.ts'])).toEqual([]));
  it('keep fixtures out of the product', () =>
    expect(
      own.filter(
        ({ file, text }) =>
          !/^api\/(fixtures\/|host\.fake)/.test(file) && /from '[^']*(fixtures|host\.fake)/.test(text),
      ),
    ).toEqual([]));
  it('let no screen import another', () =>
    expect(
      own
        .filter(({ file, text }) => file.startsWith('screens/') && /from '\.\.\/(?!\.\.)/.test(text))
        .map(({ file }) => file),
    ).toEqual([]));
  it('stay short', () => {
    const limit = (file: string) => (file.endsWith('.svelte') ? 200 : 350);
    expect(own.filter(({ file, text }) => text.split('\n').length > limit(file)).map(({ file }) => file)).toEqual([]);
  });
  it('speak through the dictionaries', () => {
    const markup = own
      .filter(({ file }) => file.endsWith('.svelte'))
      .map(({ file, text }) => [file, text.replace(/<(script|style)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '')] as const);
    expect(markup.filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([file]) => file)).toEqual([]);
  });
});
