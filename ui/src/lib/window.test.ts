import { describe, expect, it } from 'vitest';
import { scrollFor, viewOf } from './window';

const extent = { total: 1000, height: 50, columns: 1, scrollTop: 0, viewport: 500 };

describe('the window of a long list', () => {
  it('draws what is in view and keeps the height of the rest', () => {
    for (const scrollTop of [0, 1, 3333, 20_000, 49_500, 1_000_000]) {
      for (const columns of [1, 3]) {
        const view = viewOf({ ...extent, scrollTop, columns });
        const lines = Math.ceil((view.to - view.from) / columns);
        expect(view.above + lines * 50 + view.below).toBe(Math.ceil(1000 / columns) * 50);
        expect(view.from % columns).toBe(0);
        expect(view.to).toBeLessThanOrEqual(1000);
      }
    }
    const view = viewOf({ ...extent, scrollTop: 10_000 });
    expect(view.from).toBeLessThanOrEqual(200);
    expect(view.to).toBeGreaterThanOrEqual(210);
  });

  it('draws nothing of nothing', () => {
    expect(viewOf({ ...extent, total: 0 })).toEqual({ from: 0, to: 0, above: 0, below: 0 });
  });

  it('scrolls only as far as an item needs', () => {
    expect(scrollFor(5, extent, 32)).toBeUndefined();
    expect(scrollFor(20, extent, 32)).toBe(20 * 50 + 50 + 32 - 500);
    expect(scrollFor(3, { ...extent, scrollTop: 1000 }, 32)).toBe(150);
  });
});
