import { describe, expect, it } from 'vitest';
import { difference, pathName, valueText } from './values';

describe('a value as text', () => {
  it('is readable whatever its shape', () => {
    expect(valueText('city', '无锡市')).toBe('无锡市');
    expect(valueText('products', ['甲', '乙'])).toBe('甲、乙');
    expect(valueText('problem', { zh: '人工检查慢', en: null })).toBe('人工检查慢');
    expect(valueText('outcomes', [{ metric: '误检率', value: '1' }, { metric: '耗时' }])).toBe(
      '指标：误检率 · 数值：1\n指标：耗时',
    );
    expect([null, undefined, {}, []].map((value) => valueText('x', value))).toEqual(['', '', '', '']);
    expect(valueText('announced', 320)).toBe('320');
  });

  it('says in the language of the window what a source is', () => {
    const source = { key: 's1', cited: '某网站', status: 'excerpt', official: true };
    expect(valueText('sources', [source])).toBe('编号：s1 · 出处：某网站 · 核验状态：摘录 · 官方：是');
    expect(valueText('inferred', [{ field: 'stage', by: 'rule:s011' }])).toBe('字段：环节 · 依据：rule:s011');
  });

  it('ends at some depth', () => {
    let deep: unknown = 'end';
    for (let n = 0; n < 40; n += 1) deep = [deep];
    expect(valueText('x', deep)).toBe('');
  });
});

describe('the difference of two texts', () => {
  it('is what lies between their common start and end', () => {
    expect(difference('在样例产线上验证', '在两条样例产线上验证')).toEqual({
      before: ['在', '', '样例产线上验证'],
      after: ['在', '两条', '样例产线上验证'],
    });
  });

  it('gives both texts back and tears no letter', () => {
    for (const [a, b] of [
      ['', 'x'],
      ['aa', 'a'],
      ['𬭎𬭎', '𬭎'],
      ['😀', '😁'],
      ['same', 'same'],
    ] as const) {
      const { before, after } = difference(a, b);
      expect([before.join(''), after.join('')]).toEqual([a, b]);
      for (const part of [...before, ...after]) expect(part.isWellFormed()).toBe(true);
    }
  });
});

it('names the path of a field', () => {
  expect(pathName('name.en')).toBe('名称 · English');
  expect(pathName('unheard_of')).toBe('unheard_of');
});
