import { expect, it } from 'vitest';
import { makePlain, plain } from './plain';

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
