// A need being written: its form, the text it was read from, what was understood, and the draft that outlives the screen.
import type { ApiError, Chip, Completeness, NeedElement, NeedForm } from '../../api/bindings';
import { call } from '../../api/call';
import { toApiError } from '../../api/errors';
import { Asking } from '../../lib/asking.svelte';
import { emptyForm, fromWan, pieces, problemsOf, takeReading, toWan, type ChoiceField } from '../../lib/matching/form';
import { newNeedRef, work } from '../../work.svelte';

/** The greatest text that is read. */
const TEXT = 64 * 1024;
/** How long the form has to rest before its completeness is asked for. */
const REST = 400;

const amount = (yuan: number | null | undefined) => (yuan == null ? '' : toWan(yuan));

export class Editor {
  form = $state<NeedForm>(emptyForm());
  text = $state('');
  /** The bounds of the budget as they are typed, in 万元. */
  amounts = $state({ low: '', high: '' });
  chips = $state.raw<readonly Chip[]>([]);
  /** The text that the chips were read from; their places hold for no other. */
  readFrom = $state('');
  /** The element whose words stand out. */
  focus = $state<NeedElement | null>(null);
  reading = $state(false);
  error = $state.raw<ApiError | null>(null);
  loaded = $state(false);
  restored = $state(false);
  /** Problems are shown from the first attempt to save. */
  tried = $state(false);
  completeness = new Asking<Completeness>();
  #read: NeedForm | undefined;
  #saved = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The need that is edited; empty for a new one. */
  readonly ref: string;
  constructor(ref: string) {
    this.ref = ref;
  }

  problems = $derived(problemsOf(this.form, this.amounts));
  tooLong = $derived(new TextEncoder().encode(this.text).length > TEXT);
  marked = $derived(
    pieces(
      this.readFrom,
      this.chips.flatMap(({ places }) => places),
    ),
  );
  /** The element that each range of `marked` belongs to. */
  rangeElements = $derived(this.chips.flatMap(({ places, element }) => places.map(() => element)));

  async load(): Promise<void> {
    try {
      await work.readDrafts();
      const draft = work.draft(this.ref);
      const view = this.ref ? await call('get_need', { ref: this.ref }) : undefined;
      this.#take(view?.form ?? emptyForm(), view?.text ?? '');
      this.#saved = this.#state();
      if (draft) {
        this.#take(draft.form, draft.text);
        this.restored = this.dirty;
      }
      this.loaded = true;
      // Marks are made anew from the text; the form stays as it was saved.
      if (this.text.trim()) await this.#chips();
    } catch (thrown) {
      this.error = toApiError(thrown);
    }
  }

  #take(form: NeedForm, text: string): void {
    this.form = structuredClone(form);
    this.text = text;
    this.amounts = { low: amount(form.budget.low), high: amount(form.budget.high) };
  }

  #state = (): string => JSON.stringify([this.form, this.text, this.amounts]);
  get dirty(): boolean {
    return this.loaded && this.#state() !== this.#saved;
  }

  async #chips(): Promise<NeedForm | undefined> {
    const text = this.text;
    const reading = await call('read_need', { text });
    this.chips = reading.chips;
    this.readFrom = text;
    return reading.need;
  }

  /** Reads the text into the form. What the user entered stays. */
  async read(): Promise<void> {
    if (this.reading || this.tooLong || !this.text.trim()) return;
    this.reading = true;
    this.error = null;
    try {
      const need = await this.#chips();
      if (!need) return;
      const form = takeReading($state.snapshot(this.form), need, this.#read);
      this.#read = need;
      this.form = form;
      this.amounts = { low: amount(form.budget.low), high: amount(form.budget.high) };
    } catch (thrown) {
      this.error = toApiError(thrown);
    } finally {
      this.reading = false;
    }
  }

  /** Takes the amounts as typed into the form, as far as they are amounts. */
  settleBudget(): void {
    const [low, high] = [fromWan(this.amounts.low), fromWan(this.amounts.high)];
    if (low !== undefined) this.form.budget.low = low;
    if (high !== undefined) this.form.budget.high = high;
  }

  addCode(field: ChoiceField, code: string): void {
    if (!this.form[field].codes.includes(code)) this.form[field].codes.push(code);
  }

  /** Asks what to state next, once the form rests. */
  askCompleteness(): void {
    clearTimeout(this.#timer);
    const need = $state.snapshot(this.form);
    if (!need.title.trim() && !need.problem.trim()) return;
    const request = { need, target: 'solutions', limit: 10, preset: 'balanced', weights: {}, assume: [] } as const;
    this.#timer = setTimeout(
      () => void this.completeness.ask(() => call('get_completeness', { ...request, assume: [] })),
      REST,
    );
  }

  /** Saves, and answers the reference; undefined when something is wrong. */
  async save(): Promise<string | undefined> {
    this.settleBudget();
    this.tried = true;
    if (Object.keys(this.problems).length) return undefined;
    const ref = this.ref || newNeedRef();
    if (!(await work.save(ref, $state.snapshot(this.form), this.text))) return undefined;
    this.#saved = this.#state();
    work.keepDraft(this.ref, undefined);
    return ref;
  }

  /** Keeps what is not saved as a draft; forgets the draft when nothing is. */
  keep(): void {
    if (!this.loaded) return;
    this.settleBudget();
    work.keepDraft(this.ref, this.dirty ? { form: $state.snapshot(this.form), text: this.text } : undefined);
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.keep();
  }

  /** Goes back to what is saved. */
  async discard(): Promise<void> {
    work.keepDraft(this.ref, undefined);
    this.restored = false;
    this.tried = false;
    this.chips = [];
    this.readFrom = '';
    this.#read = undefined;
    await this.load();
  }
}
