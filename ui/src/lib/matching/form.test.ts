import { describe, expect, it } from 'vitest';
import { conditionsOf, emptyForm, fromWan, isDate, pieces, problemsOf, takeReading, toWan } from './form';

const none = { low: '', high: '' };

describe('the pieces of a text', () => {
  it('count characters and not UTF-16 units, so that an emoji before a word moves no mark', () => {
    const text = '😀𠮷检测划伤，预算';
    const found = pieces(text, [{ start: 2, end: 4 }]);
    expect(found).toEqual([
      { text: '😀𠮷', ranges: [] },
      { text: '检测', ranges: [0] },
      { text: '划伤，预算', ranges: [] },
    ]);
  });

  it('give the text back, however ranges overlap or run out of it', () => {
    const text = '数据不能出厂';
    const found = pieces(text, [
      { start: 0, end: 4 },
      { start: 2, end: 99 },
    ]);
    expect(found.map((piece) => piece.text).join('')).toBe(text);
    expect(found.map((piece) => piece.ranges)).toEqual([[0], [0, 1], [1]]);
  });
});

describe('a reading', () => {
  it('fills what is empty and leaves what the user wrote', () => {
    const form = { ...emptyForm(), title: '我的标题', region: { codes: ['31'], strength: 'hard' as const } };
    const read = {
      ...emptyForm(),
      title: '读出的',
      problem: '正文',
      region: { codes: ['32'], strength: 'soft' as const },
    };
    expect(takeReading(form, read)).toEqual({ ...form, problem: '正文' });
  });

  it('replaces what an earlier reading of the text had filled in', () => {
    const first = { ...emptyForm(), title: '旧', stage: { codes: ['production'], strength: 'soft' as const } };
    const second = { ...emptyForm(), title: '新' };
    expect(takeReading(first, second, first)).toEqual(second);
  });

  it('never changes how far the work has come', () => {
    const form = { ...emptyForm(), status: 'pilot' as const };
    expect(takeReading(form, { ...emptyForm(), title: '新' }).status).toBe('pilot');
  });
});

describe('money', () => {
  it('is entered in 万元 and kept in yuan', () => {
    expect(fromWan('200')).toBe(2_000_000);
    expect(fromWan(' 1,200.5 ')).toBe(12_005_000);
    expect(fromWan('')).toBeNull();
    expect(toWan(12_005_000)).toBe('1200.5');
    for (const wrong of ['-3', '两百', '1e9', '1.2.3']) expect(fromWan(wrong)).toBeUndefined();
  });
});

describe('what is wrong with a form', () => {
  const form = (change: object) => ({ ...emptyForm(), title: '质检', ...change });

  it('is nothing where only a title stands', () => {
    expect(problemsOf(form({}), none)).toEqual({});
    expect(problemsOf(form({ title: ' ' }), none)).toEqual({ title: 'title' });
  });

  it('is a bound that is no amount, or above the other', () => {
    expect(problemsOf(form({}), { low: '很多', high: '' })).toEqual({ low: 'budget' });
    expect(problemsOf(form({}), { low: '300', high: '200' })).toEqual({ high: 'budgetOrder' });
  });

  it('is a day that does not exist, or a deadline before the start', () => {
    const day = (date: string) => ({ date, strength: 'soft' as const });
    expect(isDate('2028-02-29')).toBe(true);
    expect(isDate('2027-09')).toBe(true);
    for (const wrong of ['2027-02-29', '2027-13', '2027-9-1', '明年']) expect(isDate(wrong)).toBe(false);
    expect(problemsOf(form({ expires: '2027-02-29' }), none)).toEqual({ expires: 'date' });
    const order = { start: day('2027-05-10'), deadline: day('2027-05-09') };
    expect(problemsOf(form(order), none)).toEqual({ deadline: 'dateOrder' });
    expect(problemsOf(form({ ...order, deadline: day('2027-05') }), none)).toEqual({});
  });
});

describe('the conditions of a need', () => {
  it('are those that state something, whatever their strength', () => {
    const form = {
      ...emptyForm(),
      deployment: { codes: ['private'], strength: 'hard' as const },
      stage: { codes: [], strength: 'hard' as const },
      budget: { low: null, high: 0, strength: 'soft' as const },
    };
    expect(conditionsOf(form).map(({ element, strength }) => [element, strength])).toEqual([
      ['deployment', 'hard'],
      ['budget', 'soft'],
    ]);
  });
});
