// The records of a list: counts and the first page come together, further pages as the user scrolls.
import type { ApiError, Row, SearchPage, SearchRequest } from '../../api/bindings';
import { call } from '../../api/call';
import { toApiError } from '../../api/errors';
import { facetsFor } from '../../lib/facets';
import type { Query } from '../../route';

/** Rows of one request. */
const PAGE = 100;
/** How far the product pages; beyond that a list is no answer. */
export const REACH = 10_000;

export class Records {
  /** The answer to the newest question: totals, facets, how the text was read. */
  page = $state.raw<SearchPage | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** Waiting for so long that a skeleton helps. */
  slow = $state(false);
  #rows = $state.raw<ReadonlyMap<number, Row>>(new Map());
  /** Grows with every new question, but not when the same one is asked again. */
  epoch = $state(0);
  #pending = new Set<number>();
  #request: SearchRequest | null = null;
  #newest = 0;

  /** Rows that can be scrolled to. */
  get reachable(): number {
    return Math.min(this.page?.total ?? 0, REACH);
  }

  row(index: number): Row | undefined {
    return this.#rows.get(index);
  }

  /** Asks for a list. An answer that comes after a newer question is dropped. */
  async ask(query: Query): Promise<void> {
    const mine = ++this.#newest;
    const { text, filters, sort } = query;
    const request: SearchRequest = {
      text,
      filters,
      sort,
      offset: 0,
      limit: PAGE,
      facets: facetsFor(filters.kind ?? []),
    };
    const timer = setTimeout(() => (this.slow = mine === this.#newest), 150);
    try {
      const page = await call('search_records', request);
      if (mine !== this.#newest) return;
      const same = JSON.stringify(request) === JSON.stringify(this.#request);
      const first = page.rows.map((row, index) => [index, row] as const);
      this.#request = request;
      this.#pending = new Set([0]);
      // Asked again, the old rows stay until newer ones replace them, so that nothing jumps.
      this.#rows = new Map(same ? [...this.#rows, ...first] : first);
      this.page = page;
      if (!same) this.epoch += 1;
      this.error = null;
    } catch (thrown) {
      if (mine === this.#newest) this.error = toApiError(thrown);
    } finally {
      clearTimeout(timer);
      if (mine === this.#newest) this.slow = false;
    }
  }

  /** All records of the list in their order, as far as it reaches. */
  references(): Promise<string[]> {
    return this.#request ? call('search_references', { ...this.#request, facets: [] }) : Promise.resolve([]);
  }

  /** Sees to it that these rows arrive. */
  need(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, this.reachable); page += 1)
      void this.#fetch(page);
  }

  async #fetch(page: number): Promise<void> {
    const request = this.#request;
    if (!request || this.#pending.has(page)) return;
    this.#pending.add(page);
    const offset = page * PAGE;
    try {
      const { rows } = await call('search_records', { ...request, offset, facets: [] });
      if (request === this.#request)
        this.#rows = new Map([...this.#rows, ...rows.map((row, index) => [offset + index, row] as const)]);
    } catch (thrown) {
      if (request === this.#request) this.error = toApiError(thrown);
    }
  }
}
