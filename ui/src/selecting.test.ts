import { describe, expect, it } from 'vitest';
import { Selecting, type Order } from './selecting.svelte';

/** A list of ten, of which the rows up to one have been on the screen. */
function list(seen = 10): Order & { asked: number } {
  const refs = Array.from({ length: 10 }, (_, n) => `f/case/${n}`);
  const order = {
    asked: 0,
    at: (index: number) => (index < seen ? refs[index] : undefined),
    all: async () => {
      order.asked += 1;
      return refs;
    },
  };
  return order;
}
const chosen = (selecting: Selecting) => selecting.refs.map((ref) => Number(ref.slice(7)));
const held = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
const press = (key: string, more = {}) => ({ ...held, key, target: null, ...more });

describe('what is selected', () => {
  it('is toggled one by one, and stays in the order of choosing', () => {
    const selecting = new Selecting();
    for (const row of [3, 1, 5, 3]) selecting.toggle(row, `f/case/${row}`);
    expect(chosen(selecting)).toEqual([1, 5]);
    selecting.drop(['f/case/1', 'f/case/9']);
    expect(chosen(selecting)).toEqual([5]);
  });

  it('is a range from the last choice, in either direction, and lets go what a longer range held', async () => {
    const selecting = new Selecting();
    const order = list();
    selecting.toggle(0, 'f/case/0');
    selecting.toggle(4, 'f/case/4');
    await selecting.extend(order, 7, 7);
    expect(chosen(selecting)).toEqual([0, 4, 5, 6, 7]);
    await selecting.extend(order, 2, 7);
    expect(chosen(selecting)).toEqual([0, 4, 2, 3]);
    expect(order.asked).toBe(0);
  });

  it('begins a range where the focus is when nothing was chosen before, or the list has another order now', async () => {
    const selecting = new Selecting();
    await selecting.extend(list(), 6, 5);
    expect(chosen(selecting)).toEqual([5, 6]);
    const other = { ...list(), at: (index: number) => `f/case/${9 - index}` };
    await selecting.extend(other, 1, 0);
    expect(chosen(selecting)).toEqual([5, 6, 9, 8]);
  });

  it('holds rows of a range that were never on the screen', async () => {
    const selecting = new Selecting();
    const order = list(3);
    selecting.toggle(1, 'f/case/1');
    await selecting.extend(order, 8, 8);
    expect(chosen(selecting)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(order.asked).toBe(1);
  });

  it('is nothing any more in another list, and what was asked for in the one before comes too late', async () => {
    const selecting = new Selecting();
    selecting.in('a');
    const all = selecting.all(list());
    selecting.toggle(1, 'f/case/1');
    await all;
    expect(chosen(selecting)).toEqual([1]);
    selecting.in('a');
    expect(selecting.size).toBe(1);
    selecting.in('b');
    expect(selecting.size).toBe(0);
  });
});

describe('the keys', () => {
  it('select, select all, and clear; whatever else they are is left alone', async () => {
    const selecting = new Selecting();
    const order = list();
    expect(selecting.key(press('Escape'), order, 2)).toBe(false);
    expect(selecting.key(press(' '), order, 2)).toBe(true);
    expect(selecting.key(press(' '), order, -1)).toBe(false);
    expect(chosen(selecting)).toEqual([2]);
    expect(selecting.key(press('a'), order, 2)).toBe(false);
    expect(selecting.key(press('a', { ctrlKey: true }), order, -1)).toBe(true);
    await Promise.resolve();
    expect(selecting.size).toBe(10);
    expect(selecting.key(press('Escape'), order, 2)).toBe(true);
    expect(selecting.size).toBe(0);
  });

  it('and clicks select with Ctrl or Shift alone', () => {
    const selecting = new Selecting();
    const click = (more: object) => selecting.click({ ...held, ...more }, list(), 1);
    expect([click({}), click({ altKey: true, shiftKey: true })]).toEqual([false, false]);
    expect(click({ ctrlKey: true })).toBe(true);
    expect(chosen(selecting)).toEqual([1]);
  });
});
