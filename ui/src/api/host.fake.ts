// A host without a product behind it: for the browser and for tests. It answers every command from fixtures.
import type {
  ApiError,
  AppStatus,
  Changes,
  Edit,
  ErrorCode,
  Favourite,
  FeedState,
  Mutations,
  Queries,
  RecordView,
  Settings,
  TargetView,
} from './bindings';
import { FakeFeeds } from './fixtures/feedhost';
import { news, newsEntry } from './fixtures/feeds';
import { keptAnswers } from './fixtures/keptanswers';
import { FakeKept } from './fixtures/kepthost';
import { completeness, matchNeed, matchOffer, matchStart, readNeed } from './fixtures/matching';
import { carried, links } from './fixtures/links';
import { FEED, records } from './fixtures/records';
import { panorama, references, search, toRow } from './fixtures/search';
import { tableAnswers, tableEdits, tableJobs } from './fixtures/tablehost';
import { taxonomies } from './fixtures/taxonomies';
import { FakeOwn } from './fixtures/ownhost';
import { FakeSubmissions } from './fixtures/submissionhost';
import { FakeWork } from './fixtures/workhost';
import { emptyForm } from '../lib/matching/form';
import type { Happening, Host } from './seam';

const error = (code: ErrorCode, facts: ApiError['facts'] = {}): ApiError => ({
  code,
  facts,
  trace: `fixture: ${code}`,
});

/** What a test or the address bar may ask the fake host to pretend. */
export interface Pretence {
  /** Steps of a slow first run. */
  firstRun?: boolean;
  /** Every query but the settings fails with this code. */
  fails?: ErrorCode;
  /** The catalog had to be repaired. */
  repaired?: boolean;
  /** The catalog is empty. */
  empty?: boolean;
  /** The feeds that are here: one in a state, one in each, or none. Only the bundled one otherwise. */
  feeds?: FeedState | 'all' | 'none';
  /** Nothing was ever synced. */
  noNews?: boolean;
  /** Milliseconds that a step of a sync takes. */
  pace?: number;
  /** What the user picks in the file dialog; closes it without a choice otherwise. */
  picks?: string;
  settings?: Partial<Settings>;
}

/** The fake host, and what only a test can do with it. */
export interface FakeHost extends Host {
  /** Lets something happen that the real host does by itself. */
  happen(happening: Happening): void;
}

export function fakeHost(pretence: Pretence = {}): FakeHost {
  const feeds = new FakeFeeds(pretence);
  const work = new FakeWork(pretence.empty ?? false);
  const own = new FakeOwn();
  const submissions = new FakeSubmissions(pretence.empty ?? false, () => work.list({ text: '', status: [] }));
  let settings: Settings = {
    language: '',
    theme: 'system',
    zoom: 100,
    address: '',
    view: 'table',
    auto_check: true,
    news_seen: '2026-11-20T12:00:00Z',
    ...pretence.settings,
  };
  const kept = new FakeKept();
  const favourites = new Map<string, string>();
  const done: Edit[] = [];
  const undone: Edit[] = [];

  const recordView = (ref: string): RecordView => {
    const record = records.get(ref) ?? own.record(ref);
    if (!record) throw error('not_found', { ref });
    const similar = [...records].filter(([other, one]) => other !== ref && one.kind === record.kind).slice(0, 5);
    return {
      ref,
      record,
      links: links(ref),
      lists: { 'list/001': { zh: '示例名单 001（仅供测试）', en: null } },
      similar: similar.map(([other, one]) => toRow(other, one, [], favourites)),
      industry_group: record.industry ?? [],
      favourite: favourites.has(ref),
      gone: false,
      overlay: own.overlay(ref),
      ...carried(ref),
    };
  };

  const targets = (): TargetView[] =>
    [...records].flatMap(([ref, record]) =>
      record.kind === 'document' && record.id === '000'
        ? (record.targets ?? []).map((target) => ({
            document: ref,
            name: { zh: record.name.zh ?? null, en: record.name.en ?? null },
            doc_number: record.doc_number ?? null,
            target,
            held: target.held
              ? search(
                  { text: target.held, filters: {}, sort: 'relevance', offset: 0, limit: 0, facets: [] },
                  favourites,
                ).total
              : null,
          }))
        : [],
    );

  const favouriteRows = (): Favourite[] =>
    [...favourites].reverse().flatMap(([ref, added]) => {
      const record = records.get(ref);
      return record ? [{ added, row: toRow(ref, record, [], favourites), gone: ref.endsWith('/001') }] : [];
    });

  const status = (): AppStatus => ({
    version: '0.1.0-fixture',
    feeds: pretence.empty
      ? []
      : [
          {
            feed: FEED,
            title: { zh: '示例目录（仅供测试）', en: 'Fixture catalog (for tests only)' },
            generation: 1,
            digest: 'f1'.repeat(32),
            published: '2026-11-22T00:00:00Z',
            records: records.size,
          },
        ],
    revision: 1,
    records: pretence.empty ? {} : panorama({ kind: null, action: null }).kinds,
    index: { documents: records.size, revision: 1, stamp: 'fixture' },
    paths: {
      folder: '/fixture/scenario-atlas',
      user_db: '/fixture/scenario-atlas/user.db',
    },
    notices: pretence.repaired
      ? [{ code: 'catalog_repaired', facts: {} }]
      : pretence.firstRun
        ? [{ code: 'catalog_imported', facts: {} }]
        : [],
    read_only: false,
  });

  const blank = { total: 0, unfiltered: 0, facets: [], rows: [] };
  const answers: { [K in keyof Queries]: (request: Queries[K][0]) => Queries[K][1] } = {
    get_status: status,
    get_taxonomies: () => taxonomies,
    get_settings: () => settings,
    get_record: (request) => recordView(request.ref),
    search_records: (request) => ({ ...search(request, favourites), ...(pretence.empty ? blank : {}) }),
    search_references: (request) => references(request, favourites),
    count_panorama: panorama,
    list_targets: targets,
    list_favourites: favouriteRows,
    match_need: matchNeed,
    match_offer: (request) => matchOffer(request, { ...emptyForm(), title: request.ref }),
    match_start: matchStart,
    explain_match: ({ request, ref }) => {
      const { hits, near } = matchNeed({ ...request, limit: 1000 });
      const found = [...hits, ...near].find((hit) => hit.ref === ref);
      if (!found) throw error('not_found', { ref });
      return found;
    },
    read_need: ({ text }) => readNeed(text, emptyForm()),
    list_needs: (request) => work.list(request),
    get_need: ({ ref }) => {
      const view = work.get(ref);
      if (!view) throw error('not_found', { ref });
      return view;
    },
    get_completeness: completeness,
    list_moves: ({ request }) => work.moves(request),
    count_moves: () => [],
    get_portfolio_plan: () => work.plan(),
    match_portfolio: (plan) => work.portfolio(plan),
    list_own: (request) => own.list(request),
    get_own: ({ ref }) => own.form(ref),
    check_draft: ({ ref, document }) => own.check(ref, document),
    list_drafts: own.drafts,
    list_corrected: () => own.corrected(),
    list_trash: () => own.trash(),
    ...tableAnswers,
    list_feeds: feeds.list,
    preview_feed: (request) => feeds.preview(request.base, request.local),
    list_due_feeds: () => [],
    list_news: (request) => news(request, pretence.noNews ?? false),
    get_news_record: (request) => newsRecord(request.revision, request.ref),
    preview_export: ({ what, format }) => ({
      rows: what.what === 'records' ? what.refs.length : 3,
      private: what.what === 'match' || what.what === 'needs' ? ['phone', 'note'] : [],
      file: `fixture.${format}`,
    }),
    list_submissions: () => submissions.list(),
    preview_submission: (request) => submissions.preview(request),
    ...keptAnswers(kept),
    get_log: () => ({
      lines: ['2026-11-22T08:00:00Z INFO fixture: opened', '2026-11-22T08:00:01Z INFO fixture: 536 records'],
    }),
  };

  const newsRecord = (revision: number, ref: string) => {
    const entry = newsEntry(revision, ref);
    if (!entry) throw error('not_found', { ref });
    const before = { kind: entry.kind, name: entry.name, buyer: '示例采购单位', wanted: { zh: '需要本地部署。' } };
    return { entry, before: entry.change === 'added' ? null : before, after: records.get(ref) ?? null };
  };

  /** Applies an edit and returns its inverse. */
  function apply(edit: Edit): Edit {
    switch (edit.edit) {
      case 'set_setting': {
        const before = Object.entries(settings).find(([key]) => key === edit.key)?.[1];
        settings = { ...settings, [edit.key]: edit.value };
        return { ...edit, value: before };
      }
      case 'add_favourite':
        favourites.set(edit.ref, '2026-11-22T09:00:00Z');
        return { edit: 'remove_favourites', refs: [edit.ref] };
      case 'restore_favourites':
        for (const { ref, added } of edit.favourites) favourites.set(ref, added);
        return { edit: 'remove_favourites', refs: edit.favourites.map(({ ref }) => ref) };
      case 'remove_favourites': {
        const removed = edit.refs.map((ref) => ({ ref, added: favourites.get(ref) ?? '', copy: '' }));
        for (const { ref } of removed) favourites.delete(ref);
        return { edit: 'restore_favourites', favourites: removed };
      }
      default: {
        const written = own.apply(edit);
        if (written) return written.inverse ?? edit;
        return kept.apply(edit) ?? work.apply(edit) ?? edit;
      }
    }
  }
  const isOwnEdit = (edit?: Edit) => /_(records|trash|draft)$/.test(edit?.edit ?? '');
  const isFavourite = (edit: Edit) => /_favourites?$/.test(edit.edit);
  const isOf = (edit: Edit | undefined, ...names: string[]) => names.some((name) => edit?.edit.includes(name));
  const KEPT = ['list', 'member', 'tag', 'note', 'annotation', 'search', 'tray', 'see', 'recent', 'draft'];
  /** Edits that undo takes nothing back of. */
  const isSilent = (edit: Edit) =>
    ['see', 'keep_draft', 'save_draft', 'clear_trash'].includes(edit.edit) ||
    (edit.edit === 'set_setting' && edit.key === 'address');
  const changes = (edit?: Edit): Changes => ({
    settings: edit?.edit === 'set_setting',
    favourites: edit !== undefined && isFavourite(edit),
    needs:
      edit !== undefined &&
      (isOf(edit, 'need', 'shortlist', 'unlist') ||
        !isOf(edit, ...KEPT, 'setting', 'favourite', 'portfolio', 'mapping')),
    portfolio: edit?.edit === 'save_portfolio',
    own: isOwnEdit(edit),
    trash: isOwnEdit(edit),
    overlays: edit?.edit === 'save_overlay',
    mappings: edit?.edit === 'save_mapping',
    lists: isOf(edit, '_list', 'member'),
    annotations: isOf(edit, 'tag', 'set_note', 'annotation'),
    searches: isOf(edit, 'search'),
    tray: isOf(edit, 'tray'),
    recent: edit?.edit === 'see' || isOf(edit, 'recent'),
    undo: done.length,
    redo: undone.length,
  });
  const step = (from: Edit[], to: Edit[]): Changes => {
    const edit = from.pop();
    if (edit) to.push(apply(edit));
    return changes(edit);
  };
  const edits: { [K in keyof Mutations]: (request: Mutations[K][0]) => Mutations[K][1] } = {
    transact: (edit) => {
      const inverse = apply(edit);
      if (!isSilent(edit)) {
        done.push(inverse);
        undone.length = 0;
      }
      return changes(edit);
    },
    undo: () => step(done, undone),
    redo: () => step(undone, done),
    mark_looked_at: () => {
      work.looked();
      return { ...changes(), needs: true };
    },
    ...tableEdits,
    see_search: ({ id }) => {
      kept.seeSearch(id);
      return { ...changes(), searches: true };
    },
    make_backup: () => kept.makeBackup(),
    restore_backup: () => ({ ...changes(), needs: true, favourites: true, lists: true }),
    remove_backups: ({ names }) => kept.removeBackups(names),
    forget_need: ({ ref }) => {
      work.apply({ edit: 'remove_need', ref });
      return { changes: { ...changes(), needs: true }, held: kept.backups() };
    },
    let_old_folder_go: () => answers.get_status({}),
    check_catalog: () => answers.get_status({}),
    ...feeds.edits,
  };

  return {
    async query(name, request) {
      if (pretence.fails && name !== 'get_settings') throw error(pretence.fails, { path: '/fixture' });
      return answers[name](request);
    },
    mutate: async (name, request) => edits[name](request),
    async open(report) {
      if (!pretence.firstRun) return;
      for (let step = 0; step <= 40; step += 1) {
        report({ phase: step < 6 ? 'verify' : step < 26 ? 'apply' : 'index', done: step * 13, total: 520 });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    sync: async (request, told) => ({ feeds: await feeds.sync(request, told) }),
    importBundle: (request, told) => feeds.import(request, told),
    exportFile: async ({ format }, file, told) => {
      told({ done: 1, total: 2 });
      if (!pretence.picks) return null;
      return { path: `/fixture/${file}`, rows: 3, bytes: 1200, cut: 0, private: format === 'csv' ? [] : ['note'] };
    },
    showExport: async () => {},
    cancel: async () => feeds.cancel(),
    pickPath: async () => pretence.picks ?? null,
    exportWork: async () => pretence.picks ?? null,
    inspectWork: async () =>
      work.list({ text: '', status: [] }).map((need, index) => ({ need, received: index ? 'same' : 'newer' })),
    importWork: async () => changes(),
    ...tableJobs(pretence.picks ?? null, () => changes()),
    exportSubmission: async () => (pretence.picks === undefined ? null : submissions.hand(pretence.picks)),
    importReceipt: async () => submissions.answer(),
    moveFolder: async () =>
      pretence.picks ? { ...status(), paths: { folder: pretence.picks, moved_from: '/fixture' } } : null,
    watch: async (heard) => feeds.watch(heard),
    happen: (happening) => feeds.happen(happening),
    openExternal: async (url) => void console.info(`fixture: would open ${url}`),
    systemLanguage: async () => navigator.language,
    ready: async () => {},
  };
}
