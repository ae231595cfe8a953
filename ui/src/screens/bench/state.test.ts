import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MatchAnswer } from '../../api/bindings';
import { fakeHost, type FakeHost } from '../../api/host.fake';
import { useHost } from '../../api/seam';
import { app } from '../../app.svelte';
import { work } from '../../work.svelte';
import { Bench } from './state.svelte';

const REF = 'own/need/00000000-0000-4000-8000-000000000001';

describe('the bench', () => {
  let host: FakeHost;
  let asked: number[];
  /** Answers of the match that are held back, oldest first. */
  let held: (() => void)[];

  beforeEach(async () => {
    vi.useFakeTimers();
    host = fakeHost();
    asked = [];
    held = [];
    const query = host.query.bind(host);
    host.query = async (name, request) => {
      const answer = await query(name, request);
      if (name === 'match_need') {
        asked.push(Object.keys((request as { weights: object }).weights).length);
        await new Promise<void>((resolve) => held.push(resolve));
      }
      return answer;
    };
    useHost(host);
    work.weigh(REF, { preset: 'balanced', weights: {} });
  });
  afterEach(() => vi.useRealTimers());

  const settle = () => vi.advanceTimersByTimeAsync(0);
  const first = (answer: MatchAnswer | undefined) => answer?.hits[0]?.ref;

  it('asks at once for a need, and for a slider only when it rests', async () => {
    const bench = new Bench(REF);
    await bench.read();
    bench.ask('solutions');
    await settle();
    expect(asked).toEqual([0]);
    for (const evidence of [1, 2, 3]) {
      work.weigh(REF, { preset: 'balanced', weights: { evidence } });
      bench.ask('solutions');
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(asked).toEqual([0]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([0, 1]);
  });

  it('keeps weights with the need as one step when they rest, and shows what undo brings back', async () => {
    const bench = new Bench(REF);
    await vi.advanceTimersByTimeAsync(1000);
    await bench.read();
    const steps = app.undoSteps;
    for (const evidence of [0.1, 0.2, 0.9]) work.weigh(REF, { preset: 'balanced', weights: { evidence } });
    expect(bench.weighing.weights).toEqual({ evidence: 0.9 });
    await vi.advanceTimersByTimeAsync(1000);
    await bench.read();
    expect(app.undoSteps).toBe(steps + 1);
    expect(bench.need.answer?.weighing.weights).toEqual({ evidence: 0.9 });
    await app.undo();
    await bench.read();
    expect(bench.weighing.weights).toEqual({});
  });

  it('drops an answer that a newer question has overtaken', async () => {
    const bench = new Bench(REF);
    await bench.read();
    bench.ask('solutions');
    await settle();
    bench.ask('cases');
    await settle();
    held[1]?.();
    await settle();
    const cases = first(bench.match.answer);
    expect([cases?.includes('/case/'), bench.answered, bench.pending]).toEqual([true, 'cases', false]);
    held[0]?.();
    await settle();
    expect([first(bench.match.answer), bench.answered]).toEqual([cases, 'cases']);
  });

  it('marks a match that was never looked at, and says what moved afterwards', async () => {
    const bench = new Bench(REF);
    await bench.read();
    bench.ask('solutions');
    await settle();
    held[0]?.();
    await settle();
    expect(bench.moves.answer?.since).toBe('');
    expect(await bench.markSeen('solutions')).toBe(true);
    expect(bench.moves.answer?.since).not.toBe('');
  });
});
