import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeHost } from '../../api/host.fake';
import { useHost } from '../../api/seam';
import { Moved } from './moved.svelte';

describe('what moved, in the list of needs', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    const host = fakeHost();
    const query = host.query.bind(host);
    host.query = (name, request) => {
      if (name !== 'count_moves') return query(name, request);
      const { ref } = request as { ref: string };
      asked.push(ref);
      const counts = ref === 'a' ? [{ target: 'cases', moves: 2, first: true }] : [];
      return Promise.resolve(counts as never);
    };
    useHost(host);
  });

  it('is asked need by need and shown', async () => {
    const moved = new Moved();
    moved.ask(['a', 'b']);
    await vi.waitFor(() => expect(asked).toEqual(['a', 'b']));
    await vi.waitFor(() => expect(moved.of('a')).toEqual([{ target: 'cases', moves: 2, first: true }]));
    expect(moved.of('b')).toEqual([]);
  });

  it('is asked no further when the list is left', async () => {
    const moved = new Moved();
    moved.ask(['a', 'b', 'c'])();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([asked, moved.of('a')]).toEqual([['a'], []]);
  });
});
