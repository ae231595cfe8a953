// What is said about a record being written: its fields, what is wrong with them, what would make it better.
import type { Fault, Field, Text } from '../../api/bindings';
import { i18n } from '../../i18n/index.svelte';
import { pathName } from '../record/values';
import { fieldName, relationName, termName } from '../terms';

/** The name of a field, with its language where a record has the field in both. */
export function labelOf(path: string): string {
  const { m } = i18n;
  if (path.startsWith('link:')) return relationName(path.slice(5), true);
  const [name = '', part = ''] = path.split('.');
  if (name === 'contact' && part) return contactLabel(path);
  if (part === 'aliases') return fieldName('aliases');
  if (part === 'zh' && (name === 'name' || name === 'summary')) return m.own.inChinese(fieldName(name));
  if (part === 'en') return m.own.inEnglish(fieldName(name));
  return fieldName(name);
}

function contactLabel(path: string): string {
  const { own, exporting } = i18n.m;
  switch (path) {
    case 'contact.person':
      return exporting.fields.person;
    case 'contact.phone':
      return exporting.fields.phone;
    case 'contact.email':
      return exporting.fields.email;
    case 'contact.consent.date':
      return own.consentDate;
    case 'contact.consent.source':
      return own.consentSource;
    default:
      return pathName(path);
  }
}

/** What does not leave with a submission, by name. */
export function leftOutText(fields: readonly string[]): string {
  const { leftOut, parts } = i18n.m.submissions.dialog;
  const names = fields.map((field) => (field in parts ? parts[field as keyof typeof parts] : fieldName(field)));
  return leftOut(names.join(i18n.m.common.separator));
}

/** What is wrong, as a sentence with the remedy. */
export function faultText(fault: Fault): string {
  const { value, wanted, character, most, length } = fault.facts;
  const said = i18n.m.own.faults[fault.code];
  return said(value ?? wanted ?? character ?? most ?? length ?? '');
}

/** The faults of a field and of its parts. */
export const faultsOf = (faults: readonly Fault[], path: string): Fault[] =>
  faults.filter(({ field }) => field === path || field.startsWith(`${path}.`) || path.startsWith(`${field}.`));

/** Parts of the form in their order, each with its fields. */
export function partsOf(fields: readonly Field[]): { part: string; fields: Field[] }[] {
  const parts: { part: string; fields: Field[] }[] = [];
  for (const field of fields) {
    const last = parts.find(({ part }) => part === field.part);
    if (last) last.fields.push(field);
    else parts.push({ part: field.part, fields: [field] });
  }
  return parts;
}

/** The field in which a missing point of quality can be made. */
export function fieldOfPoint(point: string, fields: readonly Field[]): string {
  const named: { [point in string]?: string[] } = {
    summary_length: ['summary.zh'],
    repeats: ['summary.zh'],
    praise: ['summary.zh'],
    private: ['summary.zh'],
    name_en: ['name.en'],
    summary_en: ['summary.en'],
    figure: ['outcomes'],
    compared: ['outcomes'],
    who: ['provider', 'opened_by', 'enterprise'],
  };
  const wanted = named[point] ?? [point, `${point}.zh`];
  return fields.find(({ path }) => wanted.includes(path))?.path ?? '';
}

export const nameOf = (names: { [ref in string]?: Text }, ref: string): string => i18n.pick(names[ref]) || ref;

/** A value of a record as text: codes by their names, lists joined. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return i18n.m.own.correct.nothing;
  const taxonomy = field === 'category' ? 'solution_category' : field;
  if (Array.isArray(value))
    return value
      .map((one) => (typeof one === 'string' ? termName(taxonomy, one) : JSON.stringify(one)))
      .join(i18n.m.common.separator);
  return typeof value === 'string' ? termName(taxonomy, value) : JSON.stringify(value);
}
