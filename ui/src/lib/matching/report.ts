// A report as plain text and as a table that a spreadsheet takes.
import type { Match, MatchAnswer, MatchTarget, NeedView } from '../../api/bindings';
import { i18n } from '../../i18n/index.svelte';
import { conditionsOf } from './form';
import { broken, conditionText, criterionName, percent, points, questionOf, unjudgedText, unstated } from './words';

/** Hits that a report shows, and near misses. */
export const FIRST = 5;
export const NEAR = 3;

export interface Report {
  view: NeedView;
  target: MatchTarget;
  answer: MatchAnswer;
  /** Today. */
  day: string;
}

/** Who needs it, as far as others may know. */
export function enterpriseOf({ form }: NeedView): string {
  return form.masked ? i18n.m.work.needs.maskedName : form.enterprise;
}

/** The criteria that add most to a hit, with what they add, and the words that it shares. */
export function mainReasons(hit: Match): string[] {
  const parts = hit.contributions
    .filter(({ state }) => state === 'met')
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, 3)
    .map(
      ({ criterion, contribution, value }) => `${criterionName(criterion)} ${points(contribution)} (${percent(value)})`,
    );
  const words = hit.words
    .slice(0, 4)
    .map(({ text, inferred }) => (inferred ? text + i18n.m.common.inferredSaid : text));
  return words.length ? [...parts, i18n.m.work.report.word(words.join(i18n.m.common.separator))] : parts;
}

/** What has to be asked, one line per criterion. */
export const openQuestions = (hit: Match): string[] =>
  unstated(hit).map((id) => `${criterionName(id)}${i18n.m.common.colon}${questionOf(id)}`);

/** Every source behind the evidence of some hits, once. */
export const sourcesOf = (hits: readonly Match[]): string[] => [
  ...new Set(hits.flatMap(({ evidence }) => evidence.flatMap(({ sources }) => sources))),
];

/** The report as text, to paste into a letter. */
export function reportText({ view, target, answer, day }: Report): string {
  const { common, matching } = i18n.m;
  const { report, needs } = i18n.m.work;
  const { form } = view;
  const line = (label: string, said: string) => (said ? [`${label}${common.colon}${said}`] : []);
  const named = (hit: Match) => {
    const provider = hit.provider ? ` (${i18n.pick(hit.provider.name)})` : '';
    return `${hit.rank}. ${i18n.pick(hit.name)}${provider} ${points(hit.score)}`;
  };
  const hits = answer.hits.slice(0, FIRST);
  const near = answer.near.slice(0, NEAR);
  const sources = sourcesOf([...hits, ...near]);
  return [
    report.title,
    ...line(report.need, form.title || needs.untitled),
    ...line(needs.enterprise, enterpriseOf(view)),
    ...line(matching.elements.problem, form.problem),
    ...line(matching.understood, conditionsOf(form).map(conditionText).join('; ')),
    ...line(matching.unjudged, answer.unjudged.map(unjudgedText).join('; ')),
    report.target(matching.targets[target]),
    '',
    report.first,
    ...(hits.length ? hits : []).flatMap((hit) => [
      named(hit),
      ...line(`   ${report.reasons}`, mainReasons(hit).join('; ')),
      ...line(`   ${report.open}`, openQuestions(hit).join(' ')),
    ]),
    ...(hits.length ? [] : [report.none]),
    ...(near.length
      ? [
          '',
          report.near,
          ...near.map(
            (hit) => `${named(hit)} · ${matching.violated(broken(hit).map(criterionName).join(common.separator))}`,
          ),
        ]
      : []),
    '',
    report.shortlist,
    ...(view.shortlist.length
      ? view.shortlist.map(({ row, gone, note }) => {
          const marks = [gone ? matching.gone : '', note].filter(Boolean).join('; ');
          return `- ${i18n.pick(row.name)}${marks ? ` (${marks})` : ''}`;
        })
      : [report.none]),
    ...(sources.length ? ['', report.sources, ...sources.map((source) => `- ${source}`)] : []),
    '',
    `${report.made(day)}. ${report.caution}`,
  ].join('\n');
}

/** A cell that breaks neither line nor column, and that no spreadsheet takes for a formula. */
const cell = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  return /^[=+@-]/.test(flat) ? `'${flat}` : flat;
};

/** First hits and shortlist as lines of cells. */
export function reportTable({ view, answer }: Report): string {
  const { report } = i18n.m.work;
  const head = [report.rank, report.name, report.provider, report.score, report.reasons, report.open, report.shortlist];
  const notes = new Map(view.shortlist.map(({ row, note }) => [row.ref, note || '✓']));
  const rows = answer.hits
    .slice(0, FIRST)
    .map((hit) => [
      String(hit.rank),
      i18n.pick(hit.name),
      i18n.pick(hit.provider?.name),
      points(hit.score),
      mainReasons(hit).join('; '),
      openQuestions(hit).join(' '),
      notes.get(hit.ref) ?? '',
    ]);
  const shown = new Set(answer.hits.slice(0, FIRST).map(({ ref }) => ref));
  const rest = view.shortlist
    .filter(({ row }) => !shown.has(row.ref))
    .map(({ row, note }) => ['', i18n.pick(row.name), '', '', '', '', note || '✓']);
  return [head, ...rows, ...rest].map((line) => line.map(cell).join('\t')).join('\n');
}
