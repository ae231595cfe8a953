// Importing a spreadsheet, step by step. The file stays in the host under a number; here is what the user decided.
import { app } from './app.svelte';
import type {
  ApiError,
  CheckedRow,
  DateOrder,
  DuplicateChoice,
  Kind,
  PreviewRow,
  RowFate,
  TableCheck,
  TableColumns,
  TableFile,
  TableImported,
  TableMapping,
  TablePlan,
  TableProgress,
  TableRows,
  TableValue,
  ValueRule,
} from './api/bindings';
import { call, mutate } from './api/call';
import { toApiError } from './api/errors';
import { makePlain } from './api/plain';
import { host } from './api/seam';
import { i18n } from './i18n/index.svelte';
import { toasts } from './lib/toasts.svelte';

/** Whether a file is named as a spreadsheet. What it is, the host finds out. */
export const isSpreadsheet = (path: string): boolean => /\.(xlsx|xlsm|xlsb|xls|ods|csv|tsv|txt)$/i.test(path);

export const STEPS = ['file', 'sheet', 'columns', 'values', 'duplicates', 'check', 'done'] as const;
export type Step = (typeof STEPS)[number];
/** Kinds that can be imported, in the order of the templates. */
export const IMPORTED: readonly Kind[] = ['provider', 'solution', 'need', 'case', 'scenario', 'enterprise'];
export const PAGE = 50;

class Tables {
  step = $state<Step>('file');
  path = $state('');
  encoding = $state('');
  delimiter = $state('');
  file = $state.raw<TableFile | null>(null);
  sheet = $state(0);
  header = $state(0);
  kind = $state<Kind>('provider');
  preview = $state.raw<PreviewRow[]>([]);
  columns = $state.raw<TableColumns | null>(null);
  mapping = $state.raw<TableMapping | null>(null);
  duplicates = $state<DuplicateChoice>('fill');
  choices = $state.raw<{ [row in string]: DuplicateChoice }>({});
  fields = $state.raw<{ [row in string]: { [field in string]: boolean } }>({});
  check = $state.raw<TableCheck | null>(null);
  values = $state.raw<TableValue[]>([]);
  remember = $state(true);
  done = $state.raw<TableImported | null>(null);
  /** How far the job is that runs; null while none does. */
  running = $state.raw<TableProgress | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** Something was decided since the rows were last checked. */
  stale = $state(true);

  at = $derived(STEPS.indexOf(this.step));
  /** Columns that are filled twice though they hold one value, or a name that nothing fills. */
  fault = $derived.by(() => {
    const taken = (this.mapping?.columns ?? []).flatMap((column) => (column.field ? [column.field] : []));
    const twice = taken.find((field, index) => taken.indexOf(field) !== index && !this.#several(field));
    // A name in English alone is a name.
    const named = ({ field }: { field: string }) => taken.includes(field) || taken.includes(`${field}.en`);
    const missing = this.columns?.fields.find((field) => field.required && !named(field))?.field;
    return { twice, missing };
  });

  #several(field: string): boolean {
    const found = this.columns?.fields.find((one) => one.field === field);
    return found?.several ?? false;
  }

  fieldName(field: string): string {
    const found = this.columns?.fields.find((one) => one.field === field);
    if (!found) return field.replace(/^columns\./, '');
    return i18n.language === 'en' ? found.en : found.zh;
  }

  /** Runs a job. What was cancelled is not told; what failed is. */
  async #run<T>(job: (told: (progress: TableProgress) => void) => Promise<T>): Promise<T | undefined> {
    if (this.running) return undefined;
    this.running = { phase: 'read', done: 0, total: 0 };
    this.error = null;
    try {
      const answer = await job((progress) => (this.running = progress));
      makePlain(answer);
      return answer;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.code !== 'cancelled') this.error = error;
      return undefined;
    } finally {
      this.running = null;
    }
  }

  async cancel(): Promise<void> {
    await host().cancelTable();
  }

  async choose(): Promise<void> {
    try {
      const path = await host().pickPath(true);
      if (path !== null) await this.begin(path);
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  /** A file was dropped on the window, wherever that was. */
  async dropped(path: string): Promise<void> {
    if (this.running || app.status?.read_only) return;
    location.hash = '#/import';
    await this.begin(path);
  }

  async begin(path: string): Promise<void> {
    this.path = path;
    this.encoding = '';
    this.delimiter = '';
    await this.read();
  }

  /** Reads the file, with what the user said about a text file. */
  async read(): Promise<void> {
    const request = { path: this.path, encoding: this.encoding || null, delimiter: this.delimiter || null };
    this.close();
    const file = await this.#run((told) => host().openTable(request, told));
    if (!file) return;
    this.file = file;
    this.kind = file.kind;
    this.duplicates = 'fill';
    await this.openSheet(file.sheet);
    this.step = 'sheet';
  }

  async openSheet(sheet: number): Promise<void> {
    if (!this.file) return;
    this.sheet = sheet;
    this.header = this.file.sheets[sheet]?.header ?? 0;
    this.preview = await this.#ask(() => call('preview_table', { table: this.#table(), sheet }), []);
    this.#decided(true);
  }

  setHeader(header: number): void {
    this.header = header;
    this.#decided(true);
  }

  setKind(kind: Kind): void {
    this.kind = kind;
    this.#decided(true);
  }

  async #ask<T>(question: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await question();
    } catch (thrown) {
      this.error = toApiError(thrown);
      return otherwise;
    }
  }

  #table(): number {
    return this.file?.table ?? 0;
  }

  /** What was found is no longer true; `all` forgets the columns too. */
  #decided(all = false): void {
    this.stale = true;
    if (all) {
      this.columns = null;
      this.mapping = null;
      this.choices = {};
      this.fields = {};
    }
  }

  map(index: number, field: string): void {
    if (!this.mapping) return;
    const columns = this.mapping.columns.map((column, at) =>
      at === index ? { ...column, field: field || null } : column,
    );
    this.mapping = { ...this.mapping, columns };
    this.#decided();
  }

  setOrder(field: string, order: DateOrder | ''): void {
    if (!this.mapping) return;
    const { [field]: _, ...rest } = this.mapping.dates;
    this.mapping = { ...this.mapping, dates: order ? { ...rest, [field]: order } : rest };
    this.#decided();
  }

  /** Says what a value means, in codes (none keeps it as text) or in another text (an empty one leaves the field
   *  empty); undefined takes the rule back. */
  rule(field: string, value: string, meaning: Partial<Pick<ValueRule, 'codes' | 'text'>> | undefined): void {
    if (!this.mapping) return;
    const rules = this.mapping.rules.filter((rule) => rule.field !== field || rule.value !== value);
    if (meaning) rules.push({ field, value, codes: [], text: null, ...meaning });
    this.mapping = { ...this.mapping, rules };
    this.#decided();
  }

  ruleOf(field: string, value: string): ValueRule | undefined {
    return this.mapping?.rules.find((rule) => rule.field === field && rule.value === value);
  }

  setDuplicates(choice: DuplicateChoice): void {
    this.duplicates = choice;
    this.choices = {};
    this.fields = {};
    this.#decided();
  }

  decide(row: number, choice: DuplicateChoice): void {
    this.choices = { ...this.choices, [row]: choice };
    this.fields = { ...this.fields, [row]: {} };
    this.#decided();
  }

  take(row: CheckedRow, field: string, taken: boolean): void {
    this.fields = { ...this.fields, [row.row]: { ...this.fields[row.row], [field]: taken } };
    this.#decided();
  }

  plan(): TablePlan | null {
    if (!this.file || !this.mapping) return null;
    const { sheet, header, mapping, duplicates, choices, fields } = this;
    return { table: this.file.table, sheet, header, mapping, duplicates, choices, fields };
  }

  async #columns(): Promise<boolean> {
    if (this.columns) return true;
    const { sheet, header, kind } = this;
    const columns = await this.#ask(() => call('map_table', { table: this.#table(), sheet, header, kind }), null);
    if (!columns) return false;
    this.columns = columns;
    this.mapping = columns.mapping;
    this.#decided();
    return true;
  }

  /** Checks all rows, unless nothing was decided since. */
  async examine(): Promise<boolean> {
    const plan = this.plan();
    if (!plan) return false;
    if (!this.stale && this.check) return true;
    const check = await this.#run((told) => host().checkTable(plan, told));
    if (!check) return false;
    this.check = check;
    this.stale = false;
    this.values = await this.#ask(() => call('list_table_values', { table: plan.table }), []);
    return true;
  }

  /** Goes on, doing what the next step needs first. */
  async next(): Promise<void> {
    const next = STEPS[this.at + 1];
    if (!next) return;
    this.error = null;
    if (next === 'columns' && !(await this.#columns())) return;
    if (['values', 'duplicates', 'check'].includes(next) && !(await this.examine())) return;
    this.step = next;
  }

  /** Goes back to a step that was passed. */
  go(step: Step): void {
    if (STEPS.indexOf(step) < this.at && this.step !== 'done') {
      this.error = null;
      this.step = step;
    }
  }

  rows(fates: RowFate[], offset: number): Promise<TableRows> {
    return call('list_table_rows', { table: this.#table(), fates, offset, limit: PAGE });
  }

  async report(): Promise<void> {
    try {
      const { work } = i18n.m;
      const name = work.tables.reportName(this.file?.name.replace(/\.[^.]+$/, '') ?? '');
      const path = await host().reportTable(this.#table(), i18n.language, name);
      if (path !== null) toasts.tell(work.tables.written(path));
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  async template(kind: Kind): Promise<void> {
    try {
      const { work, one } = i18n.m;
      const path = await host().writeTemplate(kind, i18n.language, work.tables.template(one[kind]));
      if (path !== null) toasts.tell(work.tables.written(path));
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  async import(): Promise<void> {
    if (!this.check) return;
    const request = {
      table: this.#table(),
      partly: this.check.wrong > 0,
      keep_mapping: this.remember,
      seed: crypto.randomUUID(),
    };
    const done = await this.#run((told) => host().importTable(request, told));
    if (!done) return;
    this.done = done;
    this.step = 'done';
    await app.take(done.changes);
  }

  async undo(): Promise<void> {
    await app.undo();
    this.done = null;
    this.again();
  }

  again(): void {
    this.close();
    this.step = 'file';
  }

  /** Forgets the file, here and in the host. */
  close(): void {
    const table = this.file?.table;
    this.file = null;
    this.check = null;
    this.done = null;
    this.values = [];
    this.preview = [];
    this.#decided(true);
    if (table !== undefined) void mutate('close_table', { table }).catch(() => undefined);
  }
}

export const tables = new Tables();
