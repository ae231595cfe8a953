// An own record being written: the form as it stands, what is said about it, and the draft that outlives the window.
import type { ApiError, DraftCheck, Field, Text } from '../../api/bindings';
import { call } from '../../api/call';
import { toApiError } from '../../api/errors';
import { Asking } from '../../lib/asking.svelte';
import { type Doc } from '../../lib/own/paths';
import { keepDraft, saveRecord } from '../../own.svelte';

/** How long the form has to rest before it is checked, and before it is kept. */
const CHECK = 250;
const KEEP = 700;

export class OwnEditor {
  document = $state.raw<Doc>({});
  fields = $state.raw<readonly Field[]>([]);
  /** Names of the records that it links to. */
  names = $state.raw<{ [ref in string]?: Text }>({});
  loaded = $state(false);
  /** It was saved once; otherwise it is new. */
  exists = $state(false);
  /** What is shown was typed before and not saved. */
  restored = $state(false);
  /** What is missing is shown from the first attempt to save. */
  tried = $state(false);
  error = $state.raw<ApiError | null>(null);
  check = new Asking<DraftCheck>();
  #saved = '';
  #kept = '';
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(readonly ref: string) {}

  faults = $derived(
    (this.check.answer?.faults ?? []).filter(
      ({ code, field }) => this.tried || code !== 'required' || field.includes('.0.'),
    ),
  );
  get dirty(): boolean {
    return this.loaded && JSON.stringify(this.document) !== this.#saved;
  }

  async load(): Promise<void> {
    this.error = null;
    try {
      const form = await call('get_own', { ref: this.ref });
      this.#saved = JSON.stringify(form.document);
      this.document = form.draft ?? form.document;
      this.#kept = form.draft ? JSON.stringify(form.draft) : '';
      this.fields = form.fields;
      this.names = form.names;
      this.exists = form.saved;
      this.restored = form.draft !== null && this.#kept !== this.#saved;
      this.loaded = true;
      await this.#ask();
    } catch (thrown) {
      this.error = toApiError(thrown);
    }
  }

  change(document: Doc): void {
    this.document = document;
    this.#stop();
    this.#timers = [setTimeout(() => void this.#ask(), CHECK), setTimeout(() => void this.keep(), KEEP)];
  }

  learn(ref: string, name: Text): void {
    this.names = { ...this.names, [ref]: name };
  }

  #stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #ask = (): Promise<void> => this.check.ask(() => call('check_draft', { ref: this.ref, document: this.document }));

  /** Keeps what is not saved as a draft; forgets the draft when nothing is. */
  async keep(): Promise<void> {
    if (!this.loaded) return;
    const now = this.dirty ? JSON.stringify(this.document) : '';
    if (now === this.#kept) return;
    this.#kept = now;
    await keepDraft(this.ref, now ? this.document : null);
  }

  /** Writes the record; answers whether it was. */
  async save(): Promise<boolean> {
    this.#stop();
    this.tried = true;
    await this.#ask();
    const check = this.check.answer;
    if (!check || check.faults.some(({ stops }) => stops)) {
      await this.keep();
      return false;
    }
    if (!(await saveRecord(this.ref, check.document))) return false;
    this.document = check.document;
    this.#saved = JSON.stringify(check.document);
    this.#kept = '';
    this.exists = true;
    this.restored = false;
    this.tried = false;
    return true;
  }

  /** Goes back to what is saved. */
  async discard(): Promise<void> {
    this.#stop();
    this.#kept = '';
    await keepDraft(this.ref, null);
    this.tried = false;
    await this.load();
  }

  leave(): void {
    this.#stop();
    void this.keep();
  }
}
