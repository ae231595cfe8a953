import { describe, expect, it } from 'vitest';
import { bilingualAt, linksAt, outcomesAt, textAt, withLinks, withValue } from './paths';

describe('a record being written', () => {
  it('is changed by path, and keeps nothing that is empty', () => {
    const written = withValue({ name: { zh: '甲' } }, 'summary.zh', '简介');
    expect(textAt(written, 'summary.zh')).toBe('简介');
    expect(withValue(written, 'summary.zh', '')).toEqual({ name: { zh: '甲' } });
    expect(withValue({ stage: ['rnd'] }, 'stage', [])).toEqual({});
  });

  it('keeps the links of other relations', () => {
    const one = withLinks({ links: [{ rel: 'same_as', to: 'a/case/b' }] }, 'provided_by', ['a/provider/c']);
    expect(linksAt(one, 'provided_by')).toEqual([{ rel: 'provided_by', to: 'a/provider/c' }]);
    expect(withLinks(one, 'provided_by', [])).toEqual({ links: [{ rel: 'same_as', to: 'a/case/b' }] });
  });

  it('reads what is not there as empty', () => {
    expect(outcomesAt({ outcomes: [{ metric: '检出率' }, 3] })).toEqual([
      { metric: '检出率', value: '', unit: '', baseline: '' },
    ]);
    expect(textAt({ name: '甲' }, 'name.zh')).toBe('');
    expect(bilingualAt({ notes: [{ zh: '甲' }, '乙'] }, 'notes')).toEqual([{ zh: '甲', en: '' }]);
  });
});
