// The form of a need: its fields, what they are worth as chips, what is wrong with them, what a reading changes.
import type { Choice, NeedElement, NeedForm, Strength, TextRange } from '../../api/bindings';

/** Fields that hold codes of a taxonomy, in the order in which they are asked for. */
export const CHOICES = [
  { field: 'industry', taxonomies: ['industry_group', 'industry'] },
  { field: 'stage', taxonomies: ['stage'] },
  { field: 'typical_scenario', taxonomies: ['typical_scenario'] },
  { field: 'technique', taxonomies: ['technique'] },
  { field: 'deployment', taxonomies: ['deployment'] },
  { field: 'delivery', taxonomies: ['delivery'] },
  { field: 'region', taxonomies: ['region'] },
  { field: 'data', taxonomies: ['data_kind'] },
  { field: 'partner', taxonomies: ['partner'] },
] as const;

export type ChoiceField = (typeof CHOICES)[number]['field'];
export const STRENGTHS: readonly Strength[] = ['hard', 'soft', 'unknown'];

const choice = (): Choice => ({ codes: [], strength: 'soft' });

export const emptyForm = (): NeedForm => ({
  title: '',
  problem: '',
  wanted: '',
  enterprise: '',
  masked: false,
  industry: choice(),
  region: choice(),
  stage: choice(),
  typical_scenario: choice(),
  technique: choice(),
  data: choice(),
  data_text: '',
  sensitivity: null,
  deployment: choice(),
  delivery: choice(),
  budget: { low: null, high: null, strength: 'soft' },
  start: { date: null, strength: 'soft' },
  deadline: { date: null, strength: 'soft' },
  maturity: null,
  goal: null,
  partner: choice(),
  consent: false,
  status: 'draft',
  expires: null,
});

/** Something that a need asks for, as it is shown in one piece. */
export interface Condition {
  element: NeedElement | 'goal';
  strength: Strength | undefined;
  taxonomy?: string;
  codes?: readonly string[];
  low?: number | null;
  high?: number | null;
  date?: string;
}

/** What a form asks for, one entry per element. */
export function conditionsOf(form: NeedForm): Condition[] {
  const choices = CHOICES.flatMap(({ field, taxonomies }): Condition[] =>
    form[field].codes.length
      ? [{ element: field, strength: form[field].strength, taxonomy: taxonomies[0], codes: form[field].codes }]
      : [],
  );
  const { budget, start, deadline, sensitivity, maturity, goal } = form;
  return [
    ...choices,
    ...(sensitivity
      ? [{ element: 'sensitivity' as const, strength: undefined, taxonomy: 'sensitivity', codes: [sensitivity] }]
      : []),
    ...(budget.low != null || budget.high != null
      ? [{ element: 'budget' as const, strength: budget.strength, low: budget.low, high: budget.high }]
      : []),
    ...(start.date ? [{ element: 'start' as const, strength: start.strength, date: start.date }] : []),
    ...(deadline.date ? [{ element: 'deadline' as const, strength: deadline.strength, date: deadline.date }] : []),
    ...(maturity
      ? [{ element: 'maturity' as const, strength: undefined, taxonomy: 'maturity', codes: [maturity] }]
      : []),
    ...(goal ? [{ element: 'goal' as const, strength: undefined, taxonomy: 'tier', codes: [goal] }] : []),
  ];
}

/** Yuan as an amount in 万元, without noise of the binary fraction. */
export const toWan = (yuan: number): string => String(Math.round(yuan / 100) / 100);

/** An amount in 万元 as yuan; null for nothing, undefined for what is no amount. */
export function fromWan(text: string): number | null | undefined {
  const plain = text.trim().replace(/[,，\s]/g, '');
  if (!plain) return null;
  return /^\d{1,9}(\.\d{1,4})?$/.test(plain) ? Math.round(Number(plain) * 1e4) : undefined;
}

/** Whether a text is a day or a month that exists. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  if (!year || !month) return false;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCFullYear() === Number(year);
}

export type Problem = 'title' | 'budget' | 'budgetOrder' | 'date' | 'dateOrder';

/** What is wrong, by field. `amounts` are the texts of the two bounds of the budget. */
export function problemsOf(form: NeedForm, amounts: { low: string; high: string }): { [field in string]: Problem } {
  const found: { [field in string]: Problem } = {};
  if (!form.title.trim()) found.title = 'title';
  const [low, high] = [fromWan(amounts.low), fromWan(amounts.high)];
  if (low === undefined) found.low = 'budget';
  if (high === undefined) found.high = 'budget';
  if (low != null && high != null && low > high) found.high = 'budgetOrder';
  const dates = { start: form.start.date, deadline: form.deadline.date, expires: form.expires };
  for (const [field, date] of Object.entries(dates)) if (date && !isDate(date)) found[field] = 'date';
  const { start, deadline } = dates;
  if (start && deadline && !found.start && !found.deadline) {
    // A month and a day compare as far as both go.
    const length = Math.min(start.length, deadline.length);
    if (deadline.slice(0, length) < start.slice(0, length)) found.deadline = 'dateOrder';
  }
  return found;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Takes in a reading: what the user wrote stays, what was empty or read before follows the text. */
export function takeReading(form: NeedForm, read: NeedForm, before: NeedForm = emptyForm()): NeedForm {
  const blank = emptyForm();
  const taken = Object.entries(read).filter(([key]) => {
    const now: unknown = Reflect.get(form, key);
    return same(now, Reflect.get(before, key)) || same(now, Reflect.get(blank, key));
  });
  return { ...form, ...Object.fromEntries(taken), status: form.status };
}

/** A piece of a text, and which of the ranges cover it. */
export interface Piece {
  text: string;
  ranges: number[];
}

/** Cuts a text at the borders of ranges, which count characters and not UTF-16 units. */
export function pieces(text: string, ranges: readonly Pick<TextRange, 'start' | 'end'>[]): Piece[] {
  const letters = Array.from(text);
  const clamp = (at: number) => Math.min(Math.max(0, at), letters.length);
  const cuts = new Set([0, letters.length, ...ranges.flatMap(({ start, end }) => [clamp(start), clamp(end)])]);
  const borders = [...cuts].sort((a, b) => a - b);
  return borders.slice(1).map((end, index) => {
    const start = borders[index] ?? 0;
    const covering = ranges.flatMap((range, at) => (range.start <= start && range.end >= end ? [at] : []));
    return { text: letters.slice(start, end).join(''), ranges: covering };
  });
}
