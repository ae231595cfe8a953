import { describe, expect, it } from 'vitest';
import type { PortfolioPlan } from '../../api/bindings';
import { count, forbid, leaveOut, lock, small } from './plan';

const plan: PortfolioPlan = {
  status: ['draft'],
  without: [],
  demand: 1,
  capacity: 3,
  demands: [],
  capacities: [],
  locks: [],
  forbids: [],
  fair: false,
  kept: [],
};
const pair = { need: 'own/need/1', provider: 'x/provider/1' };

describe('a plan', () => {
  it('never both settles and forbids a pair', () => {
    const locked = lock(plan, pair, true);
    const forbidden = forbid(locked, pair, true);
    expect(locked.locks).toEqual([pair]);
    expect([forbidden.locks, forbidden.forbids]).toEqual([[], [pair]]);
    expect(lock(forbidden, pair, true)).toMatchObject({ locks: [pair], forbids: [] });
  });

  it('holds a pair once, and opens it again', () => {
    const twice = lock(lock(plan, pair, true), { ...pair }, true);
    expect(twice.locks).toHaveLength(1);
    expect(lock(twice, pair, false)).toEqual(plan);
  });

  it('stays what it was, so that undo can go back', () => {
    const before = structuredClone(plan);
    forbid(leaveOut(plan, pair.need, true), pair, true);
    expect(plan).toEqual(before);
  });

  it('counts one need or provider by its own number until that is taken back', () => {
    const own = count([], pair.need, 2);
    expect(count(own, pair.need, 5)).toEqual([{ ref: pair.need, count: 5 }]);
    expect(count(own, pair.need, null)).toEqual([]);
  });

  it('takes whole numbers only', () => {
    expect([small(' 12 '), small('0')]).toEqual([12, 0]);
    for (const wrong of ['', '-1', '1.5', '三', '1000']) expect(small(wrong)).toBeUndefined();
  });
});
