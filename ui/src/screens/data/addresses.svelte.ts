// Addresses of a feed in the order in which they are tried, while they are being changed.
import type { ApiError, FeedPreview, FeedView, Problem } from '../../api/bindings';
import { call, mutate } from '../../api/call';
import { toApiError } from '../../api/errors';
import { feeds } from '../../feeds.svelte';
import type { Messages } from '../../i18n/zh-CN';

/** What was found at an address: this very feed at a generation, or why not. */
export interface Checked {
  generation: number;
  problem: Problem | null;
}
interface Row {
  readonly id: number;
  text: string;
  checked: Checked | null;
}

export class Addresses {
  rows = $state<Row[]>([]);
  #next = 0;
  /** What is typed, without gaps and repetitions. */
  list = $derived([...new Set(this.rows.map((row) => row.text.trim()).filter((text) => text !== ''))]);

  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.add(text);
  }

  add(text = ''): void {
    this.rows.push({ id: this.#next++, text, checked: null });
  }

  remove(at: number): void {
    this.rows.splice(at, 1);
  }

  /** Moves an address one place up or down. */
  move(at: number, by: -1 | 1): void {
    const to = at + by;
    if (to < 0 || to >= this.rows.length) return;
    this.rows.splice(to, 0, ...this.rows.splice(at, 1));
  }
}

/** What the answer says of an address of this feed. */
function judge(feed: FeedView, { found, problem }: FeedPreview): Checked {
  const same = found?.feed === feed.feed && found.fingerprint === feed.fingerprint;
  if (found && !same) return { generation: 0, problem: { code: 'other_feed', facts: { feed: found.feed } } };
  return { generation: found?.generation ?? 0, problem };
}

/** Changing where a feed is asked. What is trusted is no matter of addresses. */
export class Moving {
  readonly addresses: Addresses;
  allowed = $state(false);
  busy = $state(false);
  error = $state.raw<ApiError | null>(null);
  /** One of them needs to be allowed before it can be used. */
  asksLocal = $derived.by(
    () =>
      this.allowed ||
      this.error?.facts.field === 'local' ||
      this.addresses.rows.some(
        (row) => row.checked?.problem?.code === 'private_address' || /^\s*http:/i.test(row.text),
      ),
  );

  constructor(
    readonly feed: FeedView,
    more: readonly string[] = [],
  ) {
    this.addresses = new Addresses([...(feed.base ? [feed.base] : []), ...feed.mirrors, ...more]);
    if (!this.addresses.rows.length) this.addresses.add();
    this.allowed = feed.local;
  }

  /** Asks at every address whether it is this feed; one after the other, as a sync would. */
  async check(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      for (const row of this.addresses.rows) row.checked = null;
      for (const row of this.addresses.rows) {
        const base = row.text.trim();
        if (base) row.checked = judge(this.feed, await call('preview_feed', { base, local: this.allowed }));
      }
    } catch (thrown) {
      this.error = toApiError(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Keeps the addresses and syncs from them. Answers whether they were kept. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    const { list } = this.addresses;
    try {
      await mutate('set_feed_addresses', { feed: this.feed.feed, addresses: list, local: this.allowed });
    } catch (thrown) {
      this.error = toApiError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
    await feeds.read();
    if (list.length) void feeds.sync([this.feed.feed]);
    return true;
  }
}

/** Why addresses were not taken, in words; nothing when the error is of another kind. */
export function refusal(error: ApiError, m: Messages): string {
  const { field, address = '', reason } = error.facts;
  const says = m.feeds.addresses;
  if (error.code !== 'bad_request' || reason) return '';
  if (field === 'base') return says.wrong(address);
  if (field === 'local') return says.local(address);
  return field === 'mirrors' ? says.tooMany : '';
}
