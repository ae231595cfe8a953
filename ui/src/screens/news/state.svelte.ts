// The entries that fit the filter, page by page.
import type { ApiError, NewsEntry, NewsPage } from '../../api/bindings';
import { call } from '../../api/call';
import { toApiError } from '../../api/errors';
import { Asking } from '../../lib/asking.svelte';
import type { NewsFilter } from '../../route';

export const PAGE = 100;

export interface Group {
  revision: number;
  entries: NewsEntry[];
}

export class News {
  readonly asking = new Asking<NewsPage>();
  /** Entries of further pages. */
  more = $state.raw<NewsEntry[]>([]);
  moreError = $state.raw<ApiError | null>(null);
  entries = $derived([...(this.asking.answer?.entries ?? []), ...this.more]);
  left = $derived((this.asking.answer?.total ?? 0) - this.entries.length);
  /** Entries of one sync stand together. */
  groups = $derived.by(() => {
    const groups: Group[] = [];
    for (const entry of this.entries) {
      const last = groups.at(-1);
      if (last?.revision === entry.revision) last.entries.push(entry);
      else groups.push({ revision: entry.revision, entries: [entry] });
    }
    return groups;
  });

  async ask(filter: NewsFilter): Promise<void> {
    await this.asking.ask(() => call('list_news', { ...filter, offset: 0, limit: PAGE }));
    this.more = [];
    this.moreError = null;
  }

  async askMore(filter: NewsFilter): Promise<void> {
    try {
      const page = await call('list_news', { ...filter, offset: this.entries.length, limit: PAGE });
      this.more = [...this.more, ...page.entries];
    } catch (thrown) {
      this.moreError = toApiError(thrown);
    }
  }
}
