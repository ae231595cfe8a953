// What the whole window shares: the state of the data folder, taxonomies, settings, and the edits of the user.
import type { ApiError, AppStatus, Changes, Edit, Progress, Settings, Taxonomies } from './api/bindings';
import { call, mutate, nothing } from './api/call';
import { toApiError } from './api/errors';
import { host } from './api/seam';
import { chooseLanguage, i18n, type Language } from './i18n/index.svelte';
import { bootLook } from './lib/look';
import { toasts } from './lib/toasts.svelte';

/** The check of a large catalog waits until the first screen stands. */
const CHECK_AFTER = 5000;

const boot = bootLook();
if (boot.language) i18n.language = chooseLanguage(boot.language, '');

class App {
  phase = $state<'opening' | 'ready' | 'failed'>('opening');
  progress = $state.raw<Progress | null>(null);
  error = $state.raw<ApiError | null>(null);
  status = $state.raw<AppStatus | null>(null);
  taxonomies = $state.raw<Taxonomies>({});
  settings = $state.raw<Settings>({
    language: '',
    theme: boot.theme,
    zoom: boot.zoom,
    address: '',
    view: 'table',
    auto_check: true,
    news_seen: '',
  });
  undoSteps = $state(0);
  redoSteps = $state(0);
  /** Grows whenever favourites changed; screens that show them read again. */
  favouritesRevision = $state(0);
  /** Grows whenever needs, or the work on them, changed. */
  needsRevision = $state(0);
  /** Grow whenever lists, tags and notes, saved searches, the comparison, or what was seen changed. */
  keptRevision = $state({ lists: 0, annotations: 0, searches: 0, tray: 0, recent: 0 });
  /** Grows whenever the plan of the portfolio changed. */
  portfolioRevision = $state(0);
  /** Grows whenever own records, or what is being written of them, changed. */
  ownRevision = $state(0);
  /** Grows whenever the trash changed. */
  trashRevision = $state(0);
  /** Grows whenever corrections of catalog records changed. */
  overlaysRevision = $state(0);
  records = $derived(Object.values(this.status?.records ?? {}).reduce((sum, n) => sum + n, 0));
  #system = 'zh-CN';

  /** Opens the data folder and reads what every screen needs; `arrive` goes where the settings say before it is drawn. */
  async start(arrive: (settings: Settings) => void): Promise<void> {
    this.phase = 'opening';
    try {
      const language = host().systemLanguage();
      const opened = host().open((progress) => (this.progress = progress));
      // Nobody waits for it yet; it fails where it is waited for.
      opened.catch(() => undefined);
      this.#system = await language;
      i18n.language = chooseLanguage(boot.language, this.#system);
      await opened;
      [, this.status, this.taxonomies] = await Promise.all([
        this.#readSettings(),
        call('get_status', nothing),
        call('get_taxonomies', nothing),
      ]);
      arrive(this.settings);
      this.phase = 'ready';
      setTimeout(() => void this.#check(), CHECK_AFTER);
    } catch (thrown) {
      this.error = toApiError(thrown);
      this.phase = 'failed';
    }
  }

  /** Makes the check that the start put off. What it mends is told; that it could not be made harms nothing. */
  async #check(): Promise<void> {
    if (this.status?.read_only) return;
    const status = await mutate('check_catalog', nothing).catch(() => undefined);
    if (status) this.status = status;
  }

  async #readSettings(): Promise<void> {
    this.settings = await call('get_settings', nothing);
    i18n.language = chooseLanguage(this.settings.language, this.#system);
  }

  /** Takes in what a change told: which screens read again, and what can be undone. */
  async take(changes: Changes): Promise<void> {
    this.undoSteps = changes.undo;
    this.redoSteps = changes.redo;
    if (changes.settings) await this.#readSettings();
    if (changes.favourites) this.favouritesRevision += 1;
    if (changes.needs) this.needsRevision += 1;
    if (changes.portfolio) this.portfolioRevision += 1;
    if (changes.own) this.ownRevision += 1;
    if (changes.trash) this.trashRevision += 1;
    if (changes.overlays) this.overlaysRevision += 1;
    if (changes.lists) this.keptRevision.lists += 1;
    if (changes.annotations) this.keptRevision.annotations += 1;
    if (changes.searches) this.keptRevision.searches += 1;
    if (changes.tray) this.keptRevision.tray += 1;
    if (changes.recent) this.keptRevision.recent += 1;
  }

  /** Applies an edit. Failures are told, not thrown. */
  async edit(edit: Edit): Promise<boolean> {
    try {
      await this.take(await mutate('transact', edit));
      return true;
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
      return false;
    }
  }

  async undo(): Promise<void> {
    if (this.undoSteps > 0) await this.#step('undo', i18n.m.toast.undone);
  }

  async redo(): Promise<void> {
    if (this.redoSteps > 0) await this.#step('redo', i18n.m.toast.redone);
  }

  async #step(name: 'undo' | 'redo', told: string): Promise<void> {
    try {
      await this.take(await mutate(name, nothing));
      toasts.tell(told);
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  set(key: keyof Settings, value: string | number | boolean): Promise<boolean> {
    return this.edit({ edit: 'set_setting', key, value });
  }

  /** Reads again what a sync may have changed. */
  async readStatus(): Promise<void> {
    this.status = await call('get_status', nothing);
  }

  /** Keeps when the newest sync that the user looked at was applied. */
  async rememberNews(seen: string): Promise<void> {
    if (seen === this.settings.news_seen) return;
    this.settings = { ...this.settings, news_seen: seen };
    if (this.status?.read_only) return;
    await mutate('transact', { edit: 'set_setting', key: 'news_seen', value: seen }).catch(() => undefined);
  }

  /** Keeps the address for the next start. Where it cannot be kept, nothing is lost that the user would miss. */
  async remember(address: string): Promise<void> {
    if (this.status?.read_only || address === this.settings.address) return;
    await mutate('transact', { edit: 'set_setting', key: 'address', value: address }).catch(() => undefined);
  }

  setLanguage(language: Language | ''): Promise<boolean> {
    return this.set('language', language);
  }

  async toggleFavourite(ref: string, now: boolean): Promise<void> {
    if (now) return this.removeFavourites([ref]);
    if (await this.edit({ edit: 'add_favourite', ref })) this.#offerUndo(i18n.m.favourites.addedToast);
  }

  async removeFavourites(refs: readonly string[]): Promise<void> {
    if (await this.edit({ edit: 'remove_favourites', refs: [...refs] })) {
      this.#offerUndo(i18n.m.favourites.removedToast(i18n.num(refs.length)));
    }
  }

  #offerUndo(text: string): void {
    toasts.tell(text, { label: i18n.m.foot.undo, run: () => this.undo() });
  }
}

export const app = new App();
