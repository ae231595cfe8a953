import { describe, expect, it } from 'vitest';
import type { Contribution } from '../../api/bindings';
import { i18n } from '../../i18n/index.svelte';
import { changeOf, conditionText, factsLine, wordsByField } from './words';

const part = (criterion: string, facts: Contribution['facts']): Contribution => ({
  criterion,
  weight: 0.1,
  value: 1,
  contribution: 0.1,
  state: 'met',
  strength: 'soft',
  facts,
});
const fact = (key: string, taxonomy: string | null, ...values: string[]) => ({ key, taxonomy, values });

describe('the facts behind a contribution', () => {
  it('say once what agrees, and side by side what differs', () => {
    const facts = [
      fact('asked', 'technique', 'vision'),
      fact('offered', 'technique', 'vision'),
      fact('asked', 'typical_scenario', '24'),
      fact('offered', 'typical_scenario', '28'),
    ];
    expect(factsLine(part('concepts', facts))).toBe('一致 vision · 要求 24、提供 28');
  });

  it('say what only one side says, and count cases and days', () => {
    expect(factsLine(part('region', [fact('asked', 'region', '32')]))).toBe('要求 32');
    expect(factsLine(part('evidence', [fact('cases', null, '2')]))).toBe('2 个相似案例');
    expect(factsLine(part('deadline', [fact('asked', null, '300'), fact('offered', null, '90.4')]))).toBe(
      '要求 300 天、提供 90 天',
    );
  });

  it('leave out what this version does not know', () => {
    expect(factsLine(part('text', [fact('unheard_of', null, 'x')]))).toBe('');
  });
});

describe('the words that a hit shares', () => {
  it('stand by their field, apart where one record prints it and another has it concluded', () => {
    const word = (text: string, field: string, inferred: boolean) =>
      ({ text, share: 0.1, ref: 'fixture/case/a', in_name: false, field, inferred }) as const;
    const groups = wordsByField([
      word('甲', 'summary', false),
      word('乙', 'problem', true),
      word('丙', 'summary', false),
      word('丁', 'problem', false),
    ]);
    expect(groups.map(({ inferred, words }) => [words.map(({ text }) => text).join(''), inferred])).toEqual([
      ['甲丙', false],
      ['乙', true],
      ['丁', false],
    ]);
  });
});

describe('a change', () => {
  it('of several criteria is one clause, and an unknown criterion names itself', () => {
    expect(changeOf(['deployment', 'novelty'])).toBe('支持所要求的部署方式且novelty');
  });
});

describe('a condition', () => {
  it('says what is a must, and money in 万元', () => {
    expect(conditionText({ element: 'budget', strength: 'hard', low: null, high: 2e6 })).toBe('必须：预算 ≤ 200 万元');
    expect(conditionText({ element: 'budget', strength: 'soft', low: 5e5, high: 2e6 })).toBe('预算 50–200 万元');
    i18n.language = 'en';
    const english = conditionText({ element: 'budget', strength: 'soft', low: 5e5, high: 2e6 });
    i18n.language = 'zh-CN';
    expect(english).toBe('Budget CNY 500K–2M');
  });
});
