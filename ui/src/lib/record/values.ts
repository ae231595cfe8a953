// Values of a record's fields as text, whatever their shape, and where two texts differ.
import { i18n } from '../../i18n/index.svelte';
import { isPhone, maskPhone } from '../phone';
import { fieldName, termName } from '../terms';

/** Deeper than any field of a record. */
const DEPTH = 6;

const isObject = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name of a field by its path: `city`, `name.zh`. */
export function pathName(path: string): string {
  const [head = '', ...rest] = path.split('.');
  const { languages } = i18n.m;
  const parts = rest.map((part) =>
    part === 'zh' ? languages['zh-CN'] : part === 'en' ? languages.en : fieldName(part),
  );
  return [fieldName(head), ...parts].join(' · ');
}

/** Fields whose codes are of a taxonomy with another name. */
const CODED: { [field in string]?: string } = { rel: 'relation' };

/** A word that is no code of a taxonomy: a verification, the name of a field, or itself. */
function word(field: string, value: string): string {
  if (field === 'status') return termName('status', value);
  return field === 'field' || field === 'fields' ? fieldName(value) : value;
}

/** A value as text; codes by their names, parts of a whole by theirs. Absent values give an empty text. */
export function valueText(field: string, value: unknown, depth = 0): string {
  if (value === null || value === undefined || depth > DEPTH) return '';
  if (isPhone(field) && (typeof value === 'string' || typeof value === 'number')) return maskPhone(String(value));
  if (typeof value === 'string') {
    const name = termName(CODED[field] ?? field, value);
    return name === value ? word(field, value) : name;
  }
  if (typeof value === 'boolean') return termName('boolean', value ? 'yes' : 'no');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const texts = items.map((item) => valueText(field, item, depth + 1)).filter(Boolean);
    return texts.join(items.some(isObject) ? '\n' : i18n.m.common.separator);
  }
  if (!isObject(value)) return '';
  return Object.entries(value)
    .map(([key, inner]) => [key, valueText(key, inner, depth + 1)] as const)
    .filter(([, text]) => text !== '')
    .map(([key, text]) =>
      key === 'zh' || key === 'en'
        ? text
        : `${fieldName(key === 'field' ? 'fields' : key)}${i18n.m.common.colon}${text}`,
    )
    .join(' · ');
}

/** A text in three parts: what it shares with the other at its start, what differs, what it shares at its end. */
export type Parts = readonly [start: string, own: string, end: string];

/** Where two texts differ. Whole characters only, so that no letter is torn. */
export function difference(before: string, after: string): { before: Parts; after: Parts } {
  const [old, now] = [[...before], [...after]];
  const least = Math.min(old.length, now.length);
  let start = 0;
  while (start < least && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < least - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const parts = (all: string[]): Parts => [
    all.slice(0, start).join(''),
    all.slice(start, all.length - end).join(''),
    all.slice(all.length - end).join(''),
  ];
  return { before: parts(old), after: parts(now) };
}
