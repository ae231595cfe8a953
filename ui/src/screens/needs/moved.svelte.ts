// What moved in the matches of needs since they were looked at: asked one by one, once the list stands.
import type { MovesCount } from '../../api/bindings';
import { call } from '../../api/call';

export class Moved {
  #counts = $state.raw<ReadonlyMap<string, MovesCount[]>>(new Map());

  of(ref: string): readonly MovesCount[] {
    return this.#counts.get(ref) ?? [];
  }

  /** Asks for each need in turn; answers how to stop. A need that cannot be asked about shows nothing. */
  ask(refs: readonly string[]): () => void {
    let stopped = false;
    void (async () => {
      for (const ref of refs) {
        if (stopped) return;
        const counts = await call('count_moves', { ref }).catch(() => []);
        if (stopped) return;
        if (counts.length || this.#counts.has(ref)) this.#counts = new Map([...this.#counts, [ref, counts]]);
      }
    })();
    return () => {
      stopped = true;
    };
  }
}
