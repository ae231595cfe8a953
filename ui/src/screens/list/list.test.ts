import { expect, it } from 'vitest';
import { KINDS } from '../../route';
import { columnsFor, WIDTHS } from './columns';
import { without, withoutFilter, withoutFilters } from './text';

it('takes exactly one part out of a query text', () => {
  expect(without('质检 "不良 品" -旧 kind:case', '"不良 品"')).toBe('质检 -旧 kind:case');
  expect(without('质检 "不良 品" -旧 kind:case', '-旧')).toBe('质检 "不良 品" kind:case');
  expect(without('质检 kind:case', 'kind:case')).toBe('质检');
  expect(without('ＡＩ 质检', 'ai')).toBe('质检');
  expect(without('质检', '质检')).toBe('');
  expect(without('质检', 'nothing of the kind')).toBe('质检');
});

it('takes a typed filter out, whatever language it was typed in', () => {
  const names = ['32', '江苏', 'Jiangsu', '江苏省'];
  for (const filter of ['地区:江苏', '地区：江苏省', 'region:32', 'region:"Jiangsu"', '省:江苏,浙江']) {
    expect(withoutFilter(`质检 kind:case ${filter} "不良 品"`, names, []), filter).toBe('质检 kind:case "不良 品"');
  }
  expect(withoutFilter('缺陷 地区:火星', ['火星'], [])).toBe('缺陷');
  expect(withoutFilter('http://a.cn 地区:江苏', names, ['http://a.cn'])).toBe('http://a.cn');
});

it('takes all filters out and leaves the words', () => {
  expect(withoutFilters('质检 地区:江苏 -旧 kind:case "a:b" 3:1', ['3:1'])).toBe('质检 -旧 "a:b" 3:1');
});

it('leaves the name room, and of the columns those that matter most', () => {
  for (const kind of [...KINDS, 'all']) {
    for (const width of [20, 33, 44, 51, 80, 120]) {
      const shown = columnsFor([kind], width);
      const others = shown.reduce((sum, { column }) => sum + WIDTHS[column], 0);
      expect(shown.map(({ column }) => column)).toContain('status');
      if (width >= 33) expect(width - others, `${kind} at ${width}`).toBeGreaterThanOrEqual(15);
    }
  }
  expect(columnsFor(['need'], 33).map(({ column }) => column)).toContain('date');
  expect(columnsFor(['case'], 51).map(({ column }) => column)).toContain('provider');
});
