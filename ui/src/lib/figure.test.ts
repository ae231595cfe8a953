import { describe, expect, test } from 'vitest';
import { figureOf } from './figure';

describe('figures as sources print them', () => {
  test.each([
    ['50项以上', 'least', [50], undefined],
    ['超过1000家', 'over', [1000], undefined],
    ['3-5个', undefined, [3, 5], undefined],
    ['100个', undefined, [100], undefined],
    ['500', undefined, [500], undefined],
    ['超70%', 'over', [70], 'percent'],
    ['90%以上', 'least', [90], 'percent'],
    ['五个以上', 'least', [5], undefined],
    ['十个以上', 'least', [10], undefined],
    ['百项', undefined, [100], undefined],
    ['突破1000亿元', 'over', [1e11], 'yuan'],
    ['超万亿元', 'over', [1e12], 'yuan'],
    ['不少于5万家', 'least', [50_000], undefined],
  ])('%s is read', (value, bound, numbers, unit) => {
    expect(figureOf(value)).toEqual({ bound, numbers, unit });
  });

  test.each(['一批', '基本实现全覆盖', '在更大范围推广', '', '个', '第100个', '100个和50个', '一二三'])(
    '%s stays as printed',
    (value) => {
      expect(figureOf(value)).toBeUndefined();
    },
  );
});
