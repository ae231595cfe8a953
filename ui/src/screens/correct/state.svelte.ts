// Corrections of a catalog record being written. The record itself is only read.
import type { ApiError, Correction, RecordView } from '../../api/bindings';
import { call } from '../../api/call';
import { toApiError } from '../../api/errors';
import { valueAt, type Doc } from '../../lib/own/paths';
import { saveOverlay } from '../../own.svelte';

/** What can be corrected: a text, or a list of texts. */
export interface Entry {
  field: string;
  original: unknown;
  /** As it is typed; several texts one a line. */
  typed: string;
  many: boolean;
}

/** Fields that hold no plain text. */
const CLOSED = new Set([
  'kind',
  'id',
  'name',
  'sources',
  'links',
  'lists',
  'outcomes',
  'inferred',
  'doubts',
  'same_as',
  'notes',
  'clauses',
  'targets',
  'support',
  'entries',
  'services',
  'budget',
  'consent',
]);
/** Fields in Chinese and English. */
const LOCALIZED = [
  'name',
  'summary',
  'problem',
  'approach',
  'capability',
  'prerequisites',
  'data_needed',
  'wanted',
  'entry',
];
/** Fields that any record may have, whether it does or not. */
const OFFERED = [
  'name.zh',
  'name.en',
  'summary.zh',
  'summary.en',
  'website',
  'date',
  'city',
  'region',
  'industry',
  'stage',
  'technique',
];
const MANY = new Set([
  'region',
  'industry',
  'stage',
  'technique',
  'typical_scenario',
  'action',
  'tier',
  'category',
  'delivery',
  'data',
  'deployment',
  'partner',
  'hard',
]);

const asText = (value: unknown): string =>
  Array.isArray(value)
    ? value.filter((one) => typeof one === 'string').join('\n')
    : typeof value === 'string'
      ? value
      : '';

export class Corrector {
  view = $state.raw<RecordView | null>(null);
  entries = $state.raw<readonly Entry[]>([]);
  note = $state('');
  error = $state.raw<ApiError | null>(null);

  constructor(readonly ref: string) {}

  record = $derived<Doc>({ ...this.view?.record });
  /** Fields that are not corrected yet. */
  open = $derived(this.#fields().filter((field) => !this.entries.some((entry) => entry.field === field)));

  #fields(): string[] {
    const plain = Object.keys(this.record).filter((key) => {
      const value = this.record[key];
      const texts = Array.isArray(value) && value.every((one) => typeof one === 'string');
      return !CLOSED.has(key) && (typeof value === 'string' || texts);
    });
    const localized = LOCALIZED.filter((key) => key in this.record).flatMap((key) => [`${key}.zh`, `${key}.en`]);
    return [...new Set([...localized, ...plain, ...OFFERED])];
  }

  async load(): Promise<void> {
    this.error = null;
    try {
      this.view = await call('get_record', { ref: this.ref });
      const { overlay } = this.view;
      this.note = overlay?.note ?? '';
      this.entries = (overlay?.corrections ?? []).map(({ field, original, value }) => ({
        field,
        original,
        typed: asText(value),
        many: Array.isArray(value),
      }));
    } catch (thrown) {
      this.error = toApiError(thrown);
    }
  }

  add(field: string): void {
    if (!field) return;
    const original = valueAt(this.record, field) ?? null;
    const many = Array.isArray(original) || MANY.has(field);
    this.entries = [...this.entries, { field, original, typed: asText(original), many }];
  }

  type(field: string, typed: string): void {
    this.entries = this.entries.map((entry) => (entry.field === field ? { ...entry, typed } : entry));
  }

  drop(field: string): void {
    this.entries = this.entries.filter((entry) => entry.field !== field);
  }

  /** Writes the corrections; those that say what the record says are none. */
  async save(): Promise<boolean> {
    const corrections = this.entries
      .map(({ field, original, typed, many }): Correction => {
        const lines = typed.split('\n').flatMap((line) => (line.trim() ? [line.trim()] : []));
        return { field, original, value: many ? lines : typed.trim() || null };
      })
      .filter(({ original, value }) => JSON.stringify(original) !== JSON.stringify(value));
    const note = this.note.trim();
    return saveOverlay(this.ref, corrections.length || note ? { corrections, note } : null);
  }
}
