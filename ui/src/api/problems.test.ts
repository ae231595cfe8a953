import { describe, expect, it } from 'vitest';
import { feedIn, problem, STATES } from './fixtures/feeds';
import { factsOf, problemWeights, resultWeights, stateWeights } from './problems';
import { en } from '../i18n/en';
import { zhCN } from '../i18n/zh-CN';
import { syncLine } from '../shell/sync';
import type { FeedState, ProblemCode } from './bindings';

const keys = (table: object) => Object.keys(table).sort();
const num = (n: number) => String(n);

describe('the tables of feeds', () => {
  it('know every state, result and problem, and every state has a fixture', () => {
    expect([...STATES].sort()).toEqual(keys(stateWeights));
    for (const m of [zhCN, en]) {
      expect(keys(m.feeds.data.states)).toEqual(keys(stateWeights));
      expect(keys(m.feeds.problems)).toEqual(keys(problemWeights));
      expect(keys(m.feeds.results)).toEqual(keys(resultWeights));
    }
  });

  it('give every state and problem words of its own, and every problem a way on', () => {
    for (const m of [zhCN, en]) {
      const names = Object.values(m.feeds.data.states).flatMap(({ name, note }) => [name, note]);
      expect(new Set(names).size).toBe(names.length);
      const texts = Object.values(m.feeds.problems).map(({ text }) => text);
      expect(new Set(texts).size).toBe(texts.length);
      for (const [code, { remedy }] of Object.entries(m.feeds.problems)) expect(remedy, code).not.toBe('');
    }
  });

  it('take what was refused graver than what was not reached', () => {
    const weights = (code: ProblemCode) => problemWeights[code].weight;
    for (const code of ['signature', 'rollback', 'digest', 'other_feed'] as const)
      expect(weights(code)).toBe('refusal');
    for (const code of ['unreachable', 'interrupted', 'server_error'] as const) expect(weights(code)).toBe('quiet');
    expect(stateWeights.expired.weight).toBe('caution');
    expect(stateWeights.up_to_date.weight).toBe('good');
  });

  it('name the facts of a problem in the language of the window', () => {
    expect(factsOf(problem('expired'), zhCN)).toBe('到期：2026-11-10T08:00:00Z · 签名角色：timestamp');
    expect(factsOf(problem('server_error'), en)).toBe('status: 503');
    expect(factsOf({ code: 'pack', facts: { unheard_of: 'x', empty: '' } }, en)).toBe('unheard_of: x');
  });
});

describe('the line in the top bar', () => {
  const line = (...states: FeedState[]) =>
    syncLine(
      states.map((state) => feedIn(state)).filter((feed) => feed.base !== ''),
      en,
      num,
    );

  it('is silent while no feed has an address', () => expect(line('bundled')).toBe(''));
  it('says the graver thing', () => {
    expect(line('up_to_date')).toBe(en.feeds.state.today);
    expect(line('up_to_date', 'aged')).toBe('synced 21 days ago');
    expect(line('offline')).toBe(en.feeds.state.offline);
    expect(line('up_to_date', 'refused')).toBe(en.feeds.state.attention);
  });
});
