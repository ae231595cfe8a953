// What the user keeps and remembers, as every screen needs it: lists, tags, saved searches, what is compared and was
// seen; and the edits of it, with an offer to undo.
import { app } from './app.svelte';
import type { KeptRecord, ListRow, SearchRow, TagRow } from './api/bindings';
import { call, mutate, nothing } from './api/call';
import { feeds } from './feeds.svelte';
import { i18n } from './i18n/index.svelte';
import { toasts } from './lib/toasts.svelte';
import { newId } from './lib/uuid';
import type { Query } from './route';

/** Most records that are compared. */
export const TRAY = 4;
/** Most records on a list. */
export const MEMBERS = 2_000;
/** A record counts as seen after this long. */
const SEEN_AFTER = 1000;

class Kept {
  lists = $state.raw<readonly ListRow[]>([]);
  tags = $state.raw<readonly TagRow[]>([]);
  searches = $state.raw<readonly SearchRow[]>([]);
  tray = $state.raw<readonly string[]>([]);
  recent = $state.raw<readonly KeptRecord[]>([]);
  /** Records for which a list is being chosen. */
  adding = $state.raw<readonly string[] | null>(null);
  fresh = $derived(this.searches.reduce((sum, search) => sum + search.fresh, 0));

  /** Reads each of them again whenever it changed; what is new in searches, whenever the catalog did. */
  follow(): void {
    const on = (changed: () => unknown, read: () => Promise<void>) => {
      $effect(() => {
        changed();
        if (app.phase === 'ready') void read();
      });
    };
    on(
      () => app.keptRevision.lists,
      () => this.readLists(),
    );
    on(
      () => app.keptRevision.annotations,
      () => this.readTags(),
    );
    on(
      () => [app.keptRevision.searches, feeds.revision],
      () => this.readSearches(),
    );
    on(
      () => app.keptRevision.tray,
      () => this.readTray(),
    );
    on(
      () => app.keptRevision.recent,
      () => this.readRecent(),
    );
  }

  /** Counts a record as seen once it was shown for a while. */
  watch(shown: () => string | undefined): void {
    $effect(() => {
      const ref = shown();
      if (!ref) return;
      const timer = setTimeout(() => void this.see(ref), SEEN_AFTER);
      return () => clearTimeout(timer);
    });
  }

  // Each is read again when the user's data changed; where it cannot be read, what was known stays.
  async readLists(): Promise<void> {
    this.lists = await call('list_lists', nothing).catch(() => this.lists);
  }
  async readTags(): Promise<void> {
    this.tags = await call('list_tags', nothing).catch(() => this.tags);
  }
  async readSearches(): Promise<void> {
    this.searches = await call('list_searches', nothing).catch(() => this.searches);
  }
  async readTray(): Promise<void> {
    this.tray = await call('get_tray', nothing).catch(() => this.tray);
  }
  async readRecent(): Promise<void> {
    this.recent = await call('list_recent', nothing).catch(() => this.recent);
  }

  #told(text: string): void {
    toasts.tell(text, { label: i18n.m.foot.undo, run: () => app.undo() });
  }

  /** Makes a list; answers its id. */
  async makeList(name: string): Promise<string | undefined> {
    const list = newId();
    return (await app.edit({ edit: 'save_list', list, name, note: '' })) ? list : undefined;
  }

  saveList(list: string, name: string, note: string): Promise<boolean> {
    return app.edit({ edit: 'save_list', list, name, note });
  }

  async removeList(list: ListRow): Promise<boolean> {
    const done = await app.edit({ edit: 'remove_list', list: list.id });
    if (done) this.#told(i18n.m.kept.listRemoved(list.name));
    return done;
  }

  moveList(list: string, to: number): Promise<boolean> {
    return app.edit({ edit: 'move_list', list, to });
  }

  async addMembers(list: ListRow | { id: string; name: string }, refs: readonly string[]): Promise<boolean> {
    const done = await app.edit({ edit: 'add_members', list: list.id, refs: [...refs] });
    if (done) this.#told(i18n.m.kept.added(list.name));
    return done;
  }

  async removeMembers(list: { id: string; name: string }, refs: readonly string[]): Promise<void> {
    const done = await app.edit({ edit: 'remove_members', list: list.id, refs: [...refs] });
    if (done) this.#told(i18n.m.kept.takenOff(list.name));
  }

  moveMember(list: string, ref: string, to: number): Promise<boolean> {
    return app.edit({ edit: 'move_member', list, ref, to });
  }

  setTags(refs: readonly string[], add: readonly string[], remove: readonly string[]): Promise<boolean> {
    return app.edit({ edit: 'set_tags', refs: [...refs], add: [...add], remove: [...remove] });
  }

  renameTag(from: string, to: string): Promise<boolean> {
    return app.edit({ edit: 'rename_tag', from, to });
  }

  setNote(ref: string, note: string): Promise<boolean> {
    return app.edit({ edit: 'set_note', ref, note });
  }

  async saveSearch(name: string, { text, filters, sort }: Query): Promise<void> {
    const request = { text, filters, sort, offset: 0, limit: 0, facets: [] };
    const done = await app.edit({ edit: 'save_search', search: newId(), name, request, seen: '' });
    if (done) this.#told(i18n.m.kept.searchSaved(name));
  }

  async renameSearch({ id, request }: SearchRow, name: string): Promise<boolean> {
    return app.edit({ edit: 'save_search', search: id, name, request, seen: '' });
  }

  async removeSearch(search: SearchRow): Promise<void> {
    const done = await app.edit({ edit: 'remove_search', search: search.id });
    if (done) this.#told(i18n.m.kept.searchRemoved(search.name));
  }

  /** The saved search that asks for the same. */
  searchOf(query: Query): SearchRow | undefined {
    const asked = (one: { text: string; filters: object; sort: string }) =>
      JSON.stringify([
        one.text.trim(),
        Object.entries(one.filters)
          .map(([facet, codes]): [string, unknown] => [facet, Array.isArray(codes) ? [...codes].sort() : codes])
          .sort(([a], [b]) => (a < b ? -1 : 1)),
        one.sort,
      ]);
    return this.searches.find(({ request }) => asked(request) === asked(query));
  }

  /** Keeps that the results of a saved search were seen. */
  async seeSearch({ id, fresh, more }: SearchRow): Promise<void> {
    if (app.status?.read_only || (!fresh && !more)) return;
    const changes = await mutate('see_search', { id }).catch(() => undefined);
    if (changes) await app.take(changes);
  }

  compares(ref: string): boolean {
    return this.tray.includes(ref);
  }

  /** Puts a record among those that are compared, or takes it away. */
  async toggleCompare(ref: string): Promise<void> {
    const { compared, notCompared, trayFull } = i18n.m.kept;
    const on = this.compares(ref);
    if (!on && this.tray.length >= TRAY) {
      toasts.tell(trayFull(String(TRAY)));
      return;
    }
    const refs = on ? this.tray.filter((one) => one !== ref) : [...this.tray, ref];
    if (await app.edit({ edit: 'set_tray', refs })) this.#told(on ? notCompared : compared);
  }

  /** Puts records side by side, in the place of those that were. */
  async compareThese(refs: readonly string[]): Promise<boolean> {
    const done = await app.edit({ edit: 'set_tray', refs: [...refs] });
    if (done) this.#told(i18n.m.kept.compared);
    return done;
  }

  async emptyTray(): Promise<void> {
    if (await app.edit({ edit: 'set_tray', refs: [] })) this.#told(i18n.m.kept.trayEmptied);
  }

  /** Keeps that a record was looked at. Where it cannot be kept, nothing is lost that the user would miss. */
  async see(ref: string): Promise<void> {
    if (app.status?.read_only || this.recent[0]?.row.ref === ref) return;
    const changes = await mutate('transact', { edit: 'see', ref }).catch(() => undefined);
    if (changes) await app.take(changes);
  }

  async forgetRecent(): Promise<void> {
    if (await app.edit({ edit: 'set_recent', refs: [] })) this.#told(i18n.m.kept.recentForgotten);
  }
}

export const kept = new Kept();
