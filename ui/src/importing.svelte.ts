// Importing a file, from wherever it came: chosen, dropped, or handed over. Each doubt is a step that asks; a file
// may need two of them, one after the other.
import type { ApiError, FoundFeed, SyncOutcome } from './api/bindings';
import { call } from './api/call';
import { toApiError } from './api/errors';
import { makePlain } from './api/plain';
import { host, type Happening } from './api/seam';
import { handing, isWorkBundle } from './handing.svelte';
import { isReceipt, submitting } from './submitting.svelte';
import { feeds } from './feeds.svelte';
import { isSpreadsheet, tables } from './tables.svelte';
import { toasts } from './lib/toasts.svelte';

export type Step =
  | { at: 'reading' }
  /** The signature ran out; all else is sound. */
  | { at: 'expired'; outcome: SyncOutcome; found: FoundFeed | null }
  /** The feed is not here yet. */
  | { at: 'unknown'; outcome: SyncOutcome; found: FoundFeed }
  | { at: 'done'; outcome: SyncOutcome }
  | { at: 'failed'; error: ApiError };

class Importing {
  step = $state.raw<Step | null>(null);
  path = $state('');
  /** Something is held over the window. */
  hovering = $state(false);
  #expired = false;
  #fingerprint: string | null = null;

  /** Lets the user choose a file. */
  async choose(): Promise<void> {
    if (feeds.running) return;
    try {
      const path = await host().pickPath();
      if (path !== null) await this.#take(path);
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  async begin(path: string): Promise<void> {
    if (feeds.running) return;
    this.path = path;
    this.#expired = false;
    this.#fingerprint = null;
    await this.#try();
  }

  /** The user consents to a generation whose signature ran out. */
  async allowExpired(): Promise<void> {
    this.#expired = true;
    await this.#try();
  }

  /** The user compared and confirmed the fingerprint of a feed that is not here yet. */
  async confirm(fingerprint: string): Promise<void> {
    this.#fingerprint = fingerprint;
    await this.#try();
  }

  async #try(): Promise<void> {
    this.step = { at: 'reading' };
    const request = { path: this.path, allow_expired: this.#expired, fingerprint: this.#fingerprint };
    try {
      const outcome = await feeds.run((told) => host().importBundle(request, told));
      makePlain(outcome);
      this.step = await this.#after(outcome);
      if (this.step.at === 'done' && outcome.feed) feeds.keep([outcome]);
    } catch (thrown) {
      const error = toApiError(thrown);
      this.step = error.code === 'cancelled' ? null : { at: 'failed', error };
    }
  }

  async #after(outcome: SyncOutcome): Promise<Step> {
    const expired = outcome.result === 'expired' && !this.#expired;
    const unknown = outcome.problem?.code === 'unknown_feed' && this.#fingerprint === null;
    if (!expired && !unknown) return { at: 'done', outcome };
    const { found } = await call('preview_feed', { base: this.path, local: false });
    if (unknown) return found ? { at: 'unknown', outcome, found } : { at: 'done', outcome };
    return { at: 'expired', outcome, found };
  }

  close(): void {
    if (this.step?.at === 'reading') void feeds.cancel();
    else this.step = null;
  }

  /** Every file comes through this door; its name says what it is. */
  async #take(path: string): Promise<void> {
    if (isSpreadsheet(path)) await tables.dropped(path);
    else if (isWorkBundle(path)) await handing.look(path);
    else if (isReceipt(path)) await submitting.receive(path);
    else await this.begin(path);
  }

  heard(happening: Happening): void {
    if (happening.kind === 'hovering') this.hovering = happening.over;
    if (happening.kind === 'dropped') {
      this.hovering = false;
      void this.#take(happening.path);
    }
  }
}

export const importing = new Importing();
