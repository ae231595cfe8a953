// Adding a feed: an address, what is there, and the fingerprint that the user compared.
import type { ApiError, FeedPreview } from '../../api/bindings';
import { call, mutate } from '../../api/call';
import { toApiError } from '../../api/errors';
import { feeds } from '../../feeds.svelte';
import { Addresses } from './addresses.svelte';

export class Adding {
  address = $state('');
  /** Further addresses of the same feed. */
  readonly mirrors = new Addresses();
  /** The user allows an address without encryption or inside the local network. */
  allowed = $state(false);
  compared = $state(false);
  busy = $state(false);
  preview = $state.raw<FeedPreview | null>(null);
  error = $state.raw<ApiError | null>(null);
  found = $derived(this.preview?.found ?? null);
  problem = $derived(this.preview?.problem ?? null);
  /** The address needs to be allowed before it can be used. */
  asksLocal = $derived(this.allowed || this.problem?.code === 'private_address' || (this.found?.local ?? false));
  ready = $derived(
    this.found !== null &&
      this.problem === null &&
      !this.found.known &&
      this.compared &&
      (!this.found.local || this.allowed),
  );

  /** Another address: what was found at the one before counts no more. */
  typed(): void {
    this.preview = null;
    this.error = null;
    this.compared = false;
    this.allowed = false;
  }

  async look(): Promise<void> {
    const base = this.address.trim();
    if (!base || this.busy) return;
    this.busy = true;
    this.error = null;
    this.compared = false;
    try {
      this.preview = await call('preview_feed', { base, local: this.allowed });
    } catch (thrown) {
      this.preview = null;
      this.error = toApiError(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Adds the feed and begins its first sync. Answers whether it was added. */
  async confirm(): Promise<boolean> {
    const { found } = this;
    if (!found || !this.ready || this.busy) return false;
    this.busy = true;
    try {
      await mutate('add_feed', {
        base: this.address.trim(),
        mirrors: this.mirrors.list.filter((mirror) => mirror !== this.address.trim()),
        fingerprint: found.fingerprint,
        local: this.allowed,
      });
    } catch (thrown) {
      this.error = toApiError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
    await feeds.read();
    void feeds.sync([found.feed]);
    return true;
  }
}
