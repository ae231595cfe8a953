// An answer that follows its question: the newest question wins, late answers to older ones are dropped.
import type { ApiError } from '../api/bindings';
import { toApiError } from '../api/errors';

export class Asking<T> {
  /** The last answer; stays while the next one is on its way. */
  answer = $state.raw<T | undefined>(undefined);
  error = $state.raw<ApiError | null>(null);
  /** Waiting for long enough that the user should see it. */
  slow = $state(false);
  #newest = 0;

  async ask(question: () => Promise<T>): Promise<void> {
    const mine = ++this.#newest;
    const timer = setTimeout(() => (this.slow = mine === this.#newest), 150);
    try {
      const answer = await question();
      if (mine === this.#newest) {
        this.answer = answer;
        this.error = null;
      }
    } catch (thrown) {
      if (mine === this.#newest) this.error = toApiError(thrown);
    } finally {
      clearTimeout(timer);
      if (mine === this.#newest) this.slow = false;
    }
  }
}
