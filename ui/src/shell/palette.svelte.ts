// Whether the palette is open, and what it offers for a text.
import { app } from '../app.svelte';
import type { Row } from '../api/bindings';
import { call } from '../api/call';
import { feeds } from '../feeds.svelte';
import { i18n, type Language } from '../i18n/index.svelte';
import { importing } from '../importing.svelte';
import type { IconName } from '../lib/icons';
import { facetName, heldKinds, termName } from '../lib/terms';
import { kept } from '../kept.svelte';
import { listHref, recordHref } from '../route';
import { newOwnRef } from '../own.svelte';
import { formHref, mineHref, WRITTEN } from '../route.own';
import { searchHref } from '../lib/kept/searches';
import { compareHref, keptHref } from '../route.kept';
import { editorHref } from '../route.work';

export interface Entry {
  group: string;
  icon: IconName;
  text: string;
  /** Said beside the text, in a quieter voice. */
  hint?: string;
  /** Stands below the records. */
  last?: boolean;
  run: () => unknown;
}

class PaletteState {
  open = $state(false);
  toggle(): void {
    this.open = !this.open;
  }
}

export const palette = new PaletteState();

const goTo = (href: string) => () => (location.hash = href);

function screens(): Entry[] {
  const { m } = i18n;
  const group = m.palette.go;
  return [
    { group, icon: 'overview', text: m.nav.overview, run: goTo('#/') },
    { group, icon: 'list', text: m.nav.all, run: goTo(listHref({})) },
    ...heldKinds().map((kind): Entry => ({
      group,
      icon: kind,
      text: m.kinds[kind],
      run: goTo(listHref({ filters: { kind: [kind] } })),
    })),
    { group, icon: 'mine', text: m.own.title, run: goTo(mineHref()) },
    ...WRITTEN.map((kind): Entry => ({
      group,
      icon: 'plus',
      text: m.own.new(m.one[kind]),
      run: () => (location.hash = formHref(newOwnRef(kind))),
    })),
    { group, icon: 'bin', text: m.own.tabs.trash, run: goTo(mineHref('trash')) },
    { group, icon: 'match', text: m.work.needs.title, run: goTo('#/needs') },
    { group, icon: 'edit', text: m.work.needs.paste, run: goTo(editorHref()) },
    { group, icon: 'board', text: m.work.board.title, run: goTo('#/board') },
    { group, icon: 'enterprise', text: m.work.portfolio.title, run: goTo('#/portfolio') },
    { group, icon: 'up', text: m.submissions.title, run: goTo('#/submissions') },
    { group, icon: 'favourites', text: m.nav.favourites, run: goTo('#/favourites') },
    { group, icon: 'list', text: m.kept.title, run: goTo(keptHref({ show: 'all' })) },
    ...kept.lists.map((list): Entry => ({
      group,
      icon: 'list',
      text: list.name,
      hint: m.kept.lists,
      run: goTo(keptHref({ show: 'list', id: list.id })),
    })),
    ...kept.searches.map(({ name, request, fresh }): Entry => ({
      group,
      icon: 'search',
      text: name,
      hint: fresh ? m.kept.fresh(i18n.num(fresh)) : m.kept.searches,
      run: goTo(searchHref(request)),
    })),
    { group, icon: 'compare', text: m.kept.compare, run: goTo(compareHref()) },
    { group, icon: 'clock', text: m.kept.recent, run: goTo(keptHref({ show: 'recent' })) },
    { group, icon: 'news', text: m.feeds.palette.news, run: goTo('#/news') },
    { group, icon: 'data', text: m.feeds.palette.data, run: goTo('#/data') },
    { group, icon: 'settings', text: m.nav.settings, run: goTo('#/settings') },
  ];
}

function actions(): Entry[] {
  const { m } = i18n;
  const group = m.palette.actions;
  const other: Language = i18n.language === 'en' ? 'zh-CN' : 'en';
  const themes = [
    ['light', m.settings.light],
    ['dark', m.settings.dark],
    ['system', m.settings.system],
  ] as const;
  const free = !feeds.running && !app.status?.read_only;
  return [
    ...(free && feeds.remote.length
      ? [{ group, icon: 'sync' as const, text: m.feeds.palette.sync, run: () => feeds.sync() }]
      : []),
    ...(free ? [{ group, icon: 'file' as const, text: m.feeds.palette.import, run: () => importing.choose() }] : []),
    ...(app.status?.read_only
      ? []
      : [{ group, icon: 'table' as const, text: m.work.tables.open, run: goTo('#/import') }]),
    { group, icon: 'command', text: m.palette.languageTo(m.languages[other]), run: () => app.setLanguage(other) },
    ...themes
      .filter(([theme]) => theme !== app.settings.theme)
      .map(([theme, name]): Entry => ({
        group,
        icon: 'command',
        text: m.palette.themeTo(name),
        run: () => app.set('theme', theme),
      })),
    ...(app.undoSteps
      ? [{ group, icon: 'undo' as const, text: m.foot.undo, hint: 'Ctrl Z', run: () => app.undo() }]
      : []),
    ...(app.redoSteps
      ? [{ group, icon: 'redo' as const, text: m.foot.redo, hint: 'Ctrl Shift Z', run: () => app.redo() }]
      : []),
  ];
}

const FILTERS = ['industry_group', 'stage', 'technique', 'region', 'typical_scenario', 'action', 'tier'];

function filters(needle: string): Entry[] {
  return FILTERS.flatMap((facet) =>
    (app.taxonomies[facet]?.terms ?? [])
      .filter((term) => [term.zh, term.en, ...(term.aliases ?? [])].some((name) => name.toLowerCase().includes(needle)))
      .map((term): Entry => ({
        group: i18n.m.palette.filters,
        icon: 'filter',
        text: termName(facet, term.code),
        hint: facetName(facet),
        run: goTo(listHref({ filters: { [facet]: [term.code] } })),
      })),
  ).slice(0, 6);
}

/** Records that were looked at last. */
const seen = (): Entry[] =>
  kept.recent.slice(0, 5).map(({ row }) => ({ ...recordEntry(row), group: i18n.m.kept.recent }));

/** What can be done for a text, without asking the catalog. */
export function entriesFor(text: string): Entry[] {
  const needle = text.trim().toLowerCase();
  const fits = (entry: Entry) => entry.text.toLowerCase().includes(needle);
  if (!needle) return [...seen(), ...screens(), ...actions()];
  const found = [...screens().filter(fits), ...actions().filter(fits)];
  const all: Entry = {
    group: i18n.m.palette.go,
    icon: 'search',
    last: true,
    text: i18n.m.palette.searchFor(text.trim()),
    run: goTo(listHref({ text: text.trim() })),
  };
  return [...found, ...filters(needle), all];
}

const recordEntry = (row: Row): Entry => ({
  group: i18n.m.palette.records,
  icon: row.kind,
  text: i18n.pick(row.name),
  hint: i18n.m.one[row.kind],
  run: goTo(recordHref(row.ref)),
});

/** Records that the text finds. */
export async function recordsFor(text: string): Promise<Entry[]> {
  if (!text.trim()) return [];
  const page = await call('search_records', { text, filters: {}, sort: 'relevance', offset: 0, limit: 8, facets: [] });
  return page.rows.map(recordEntry);
}
