// What the parts of a match are called, and how its figures are written.
import type { Contribution, Match, MatchedWord, MatchFact, NeedChange, Unjudged } from '../../api/bindings';
import { i18n } from '../../i18n/index.svelte';
import type { CriterionId } from '../../i18n/matching.zh-CN';
import { termName, termNames } from '../terms';
import { toWan, type Condition } from './form';

const isCriterion = (id: string): id is CriterionId => Object.hasOwn(i18n.m.matching.criteria, id);

/** A text of a criterion; a criterion that this version does not know is named by itself. */
const of = (texts: 'criteria' | 'criteriaNotes' | 'questions' | 'changes', id: string): string =>
  isCriterion(id) ? i18n.m.matching[texts][id] : id;

export const criterionName = (id: string): string => of('criteria', id);
export const criterionNote = (id: string): string => of('criteriaNotes', id);
export const questionOf = (id: string): string => of('questions', id);

/** What would have to be, as a clause after "if". */
export const changeOf = (criteria: readonly string[]): string =>
  criteria.map((id) => of('changes', id)).join(i18n.m.matching.and);

/** What the need would have to ask, as a clause after "if". */
export function needChangeOf({ soft, budget, deadline }: NeedChange): string {
  const m = i18n.m.matching;
  if (budget != null)
    return m.needBudget(conditionValue({ element: 'budget', strength: undefined, high: budget }, false));
  if (deadline != null) return m.needDeadline(deadline);
  return m.needSoft(soft.map(needFieldName).join(i18n.m.common.separator));
}

interface FieldWords {
  field: string;
  /** The field was concluded, not printed. */
  inferred: boolean;
  words: MatchedWord[];
}

/** Shared words by the field in which they are read, in the order of what says most. */
export function wordsByField(words: readonly MatchedWord[]): FieldWords[] {
  const m = i18n.m;
  const names: { [name in string]: string } = m.fields;
  const found: FieldWords[] = [];
  for (const word of words) {
    const field = (word.in_name ? m.fields.name : names[word.field]) ?? m.matching.otherField;
    const { inferred } = word;
    const group = found.find((one) => one.field === field && one.inferred === inferred);
    if (group) group.words.push(word);
    else found.push({ field, inferred, words: [word] });
  }
  return found;
}

/** The colour of a criterion. */
export const colourOf = (id: string): string => (isCriterion(id) ? `var(--c-${id})` : 'var(--ink-3)');

/** A score, always as long as its neighbours. */
export const points = (value: number): string => value.toFixed(2);
/** A contribution: one digit more, so that a sum can be checked by eye. */
export const finePoints = (value: number): string => value.toFixed(3);

export function percent(value: number, digits = 0): string {
  return new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: digits }).format(value);
}

/** Names shown of one side. */
const SHOWN = 6;

/** The facts behind a contribution, in one line: what agrees once, what differs side by side. */
export function factsLine({ criterion, facts }: Contribution): string {
  const m = i18n.m.matching;
  const names = ({ taxonomy, values }: MatchFact): string => {
    if (criterion === 'deadline') return m.days(values.map((value) => i18n.num(Math.round(Number(value)))).join());
    const shown = values.slice(0, SHOWN);
    const text = taxonomy ? termNames(taxonomy, shown) : shown.join(i18n.m.common.separator);
    return values.length > SHOWN ? `${text}…` : text;
  };
  const parts = [...new Set(facts.map(({ taxonomy }) => taxonomy))].flatMap((taxonomy) => {
    const of = (key: string) => facts.find((fact) => fact.key === key && fact.taxonomy === taxonomy);
    const [asked, offered] = [of('asked'), of('offered')];
    if (asked && offered && names(asked) === names(offered)) return [m.same(names(asked))];
    const sides = [...(asked ? [m.asked(names(asked))] : []), ...(offered ? [m.offered(names(offered))] : [])];
    const [cases, assumed] = [of('cases'), of('assumed')];
    return [
      ...(sides.length ? [sides.join(i18n.m.common.separator)] : []),
      ...(cases ? [m.cases(cases.values.join())] : []),
      ...(assumed ? [m.assumed] : []),
    ];
  });
  return parts.join(' · ');
}

/** Criteria that a candidate is known to break although they are a must. */
export const broken = (hit: Match): string[] =>
  hit.contributions.filter((one) => one.state === 'violated' && one.strength === 'hard').map((one) => one.criterion);

/** Criteria that a candidate says nothing about. */
export const unstated = (hit: Match): string[] =>
  hit.contributions.filter((one) => one.state === 'unknown').map((one) => one.criterion);

/** What the need asks for and no criterion judges, with how strictly it is meant and why it is not judged. */
export function unjudgedText({ field, strength }: Unjudged): string {
  const { matching, common } = i18n.m;
  const strict = strength === 'hard' ? `${matching.strengths.hard}${common.colon}` : '';
  return `${strict}${needFieldName(field)}${common.colon}${matching.unjudgedNotes[field] ?? ''}`;
}

/** The value of a condition: codes by name, money in 万元, a date as it is. */
export function conditionValue({ taxonomy, codes, low, high, date }: Condition, bound = true): string {
  if (codes && taxonomy) return codes.map((code) => codeName(taxonomy, code)).join(i18n.m.common.separator);
  if (date) return date;
  const english = i18n.language === 'en';
  const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
  const amount = (yuan: number) => (english ? compact.format(yuan) : toWan(yuan));
  const money = (figures: string) => (english ? `CNY ${figures}` : `${figures} 万元`);
  if (low != null && high != null) return money(`${amount(low)}–${amount(high)}`);
  if (high != null) return `${bound ? '≤ ' : ''}${money(amount(high))}`;
  return `≥ ${money(amount(low ?? 0))}`;
}

/** The other taxonomy of form fields whose codes come from two. */
const SECOND: { [taxonomy in string]?: string } = { industry_group: 'industry', tier: 'maturity' };

/** The name of a code of a form field. */
export function codeName(taxonomy: string, code: string): string {
  const name = termName(taxonomy, code);
  const second = SECOND[taxonomy];
  return name === code && second ? termName(second, code) : name;
}

/** A condition in one line, with how strictly it is meant where that matters. */
export function conditionText(condition: Condition): string {
  const { matching } = i18n.m;
  const strict = condition.strength === 'hard' ? `${matching.strengths.hard}${i18n.m.common.colon}` : '';
  return `${strict}${needFieldName(condition.element)} ${conditionValue(condition)}`;
}

/** The name of a field of a need's form; one that this version does not know is named by itself. */
export function needFieldName(field: string): string {
  const { editor } = i18n.m.work;
  const names: { [name in string]: string } = {
    ...i18n.m.matching.elements,
    text: editor.source,
    title: editor.name,
    problem: editor.problem,
    wanted: editor.wanted,
    enterprise: editor.enterprise,
    masked: editor.masked,
    data_text: editor.dataText,
    goal: editor.goal,
    consent: editor.consent,
    expires: editor.expires,
  };
  return names[field] ?? field;
}
