import { expect, it } from 'vitest';
import { KINDS } from '../../route';
import { columnsFor } from './columns';
import { without } from './text';

it('takes exactly one part out of a query text', () => {
  expect(without('质检 "不良 品" -旧 kind:case', '"不良 品"')).toBe('质检 -旧 kind:case');
  expect(without('质检 "不良 品" -旧 kind:case', '-旧')).toBe('质检 "不良 品" kind:case');
  expect(without('质检 kind:case', 'kind:case')).toBe('质检');
  expect(without('ＡＩ 质检', 'ai')).toBe('质检');
  expect(without('质检', '质检')).toBe('');
  expect(without('质检', 'nothing of the kind')).toBe('');
});

it('shows the status of every kind, and the notice date of needs, where there is any room', () => {
  for (const kind of KINDS) expect(columnsFor([kind], 0).map(({ column }) => column)).toContain('status');
  expect(columnsFor(['need'], 1).map(({ column }) => column)).toContain('date');
});
