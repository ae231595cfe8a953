// What the whole window shares about feeds: their states, the sync that runs, what it did, and what is new.
import { app } from './app.svelte';
import type { FeedView, NewsSync, SyncOutcome, SyncProgress, SyncReport } from './api/bindings';
import { call, mutate, nothing } from './api/call';
import { toApiError } from './api/errors';
import { makePlain } from './api/plain';
import { host, type Happening } from './api/seam';
import { i18n } from './i18n/index.svelte';
import { Asking } from './lib/asking.svelte';
import { toasts } from './lib/toasts.svelte';

/** A sync or an import that runs. */
export interface Running {
  /** The host began it by itself. */
  auto: boolean;
  progress: SyncProgress | null;
  stopping: boolean;
}

/** How many of a sync's records count as new to the user: nothing of the first sync of the bundled catalog does. */
const countOf = (sync: NewsSync): number => sync.added + sync.changed + sync.removed;

class Feeds {
  readonly asking = new Asking<FeedView[]>();
  list = $derived(this.asking.answer ?? []);
  /** Feeds that can be asked over the network. */
  remote = $derived(this.list.filter((feed) => feed.base !== ''));
  running = $state.raw<Running | null>(null);
  /** What the last sync or import did with a feed, until the window closes. */
  outcomes = $state.raw<{ [feed in string]: SyncOutcome }>({});
  syncs = $state.raw<NewsSync[]>([]);
  /** Changes since the user last looked at what is new. */
  fresh = $derived(
    this.syncs
      .filter((sync) => app.settings.news_seen !== '' && sync.at > app.settings.news_seen)
      .reduce((sum, sync) => sum + countOf(sync), 0),
  );
  /** Grows whenever a sync changed the catalog; screens that list it read again. */
  revision = $state(0);

  read(): Promise<void> {
    return this.asking.ask(() => call('list_feeds', nothing));
  }

  /** Reads feeds and news at the start. What was here before the first start is not new to anybody. */
  async start(): Promise<void> {
    await this.read();
    await this.#readNews();
    if (app.settings.news_seen === '') await this.markSeen();
  }

  async #readNews(): Promise<void> {
    try {
      const page = await call('list_news', {
        revision: null,
        feed: null,
        kind: null,
        change: null,
        offset: 0,
        limit: 1,
      });
      this.syncs = page.syncs;
    } catch {
      // The screen of what is new says what is wrong; a missing badge is no loss.
      this.syncs = [];
    }
  }

  /** The user has looked at what is new. */
  async markSeen(): Promise<void> {
    const newest = this.syncs.reduce((latest, sync) => (sync.at > latest ? sync.at : latest), '-');
    await app.rememberNews(newest);
  }

  /** Reads all that a sync or import may have changed. */
  async changed(): Promise<void> {
    this.revision += 1;
    await Promise.all([this.read(), this.#readNews(), app.readStatus().catch(() => undefined)]);
  }

  /** Runs a sync or an import; its failure is the caller's to tell. One runs at a time. */
  async run<T>(work: (told: (progress: SyncProgress) => void) => Promise<T>): Promise<T> {
    this.running = { auto: false, progress: null, stopping: false };
    try {
      return await work((progress) => this.#told(progress, false));
    } finally {
      this.running = null;
      await this.changed();
    }
  }

  #told(progress: SyncProgress, auto: boolean): void {
    this.running = { auto, stopping: this.running?.stopping ?? false, progress };
  }

  keep(outcomes: readonly SyncOutcome[]): void {
    makePlain(outcomes);
    this.outcomes = { ...this.outcomes, ...Object.fromEntries(outcomes.map((one) => [one.feed, one])) };
  }

  /** Syncs some feeds, or all that have an address. */
  async sync(feeds: string[] = []): Promise<void> {
    if (this.running) return;
    try {
      const report = await this.run((told) => host().sync({ feeds }, told));
      this.#tell(report);
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  #tell(report: SyncReport): void {
    this.keep(report.feeds);
    const [first, ...others] = report.feeds;
    if (!first) return;
    const worst = report.feeds.find((one) => one.problem) ?? (others.length ? undefined : first);
    const title = worst ? `${i18n.pick(worst.title)}${i18n.m.common.colon}` : '';
    toasts.tell(`${title}${i18n.m.feeds.results[(worst ?? first).result]}`);
  }

  async cancel(): Promise<void> {
    if (!this.running) return;
    this.running = { ...this.running, stopping: true };
    await host()
      .cancel()
      .catch((thrown: unknown) => toasts.fail(toApiError(thrown)));
  }

  async remove(feed: string): Promise<boolean> {
    try {
      await mutate('remove_feed', { feed });
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
      return false;
    }
    await this.changed();
    toasts.tell(i18n.m.feeds.data.removed);
    return true;
  }

  /** What the host did by itself. A failed daily check is told by the state of the feed, not by a message. */
  heard(happening: Happening): void {
    switch (happening.kind) {
      case 'checking':
        this.#told(happening.progress, true);
        break;
      case 'checked':
        this.keep(happening.report.feeds);
        this.running = null;
        void this.changed();
        break;
      case 'check_failed':
        this.running = null;
        void this.changed();
        break;
      case 'hovering':
      case 'dropped':
        break;
    }
  }
}

export const feeds = new Feeds();
