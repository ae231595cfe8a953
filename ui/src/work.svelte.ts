// The work on needs, as every screen of it needs it: edits with an offer to undo, drafts, and the weights last used.
import { app } from './app.svelte';
import type { KeptDraft, NeedDraft, MatchTarget, NeedForm, NeedStatus, Weighing } from './api/bindings';
import { call, mutate, nothing } from './api/call';
import { i18n } from './i18n/index.svelte';
import { emptyForm } from './lib/matching/form';
import { toasts } from './lib/toasts.svelte';
import { newId } from './lib/uuid';

/** How long weights have to rest before they are kept: a slider is one step to undo, not a hundred. */
const KEPT_AFTER = 600;

/** A reference for a need that does not exist yet. */
export const newNeedRef = (): string => `own/need/${newId()}`;

export const isOwn = (ref: string): boolean => ref.startsWith('own/');

class Work {
  /** What was typed and not saved: it outlives the screen and the window, in the user's own data alone. */
  #drafts = $state.raw<ReadonlyMap<string, NeedDraft>>(new Map());
  #reading: Promise<void> | undefined;
  #weighing = $state.raw<ReadonlyMap<string, Weighing>>(new Map());
  #resting = new Map<string, ReturnType<typeof setTimeout>>();

  /** The draft of a need; the one of a new need has no reference. */
  draft(ref: string): NeedDraft | undefined {
    return this.#drafts.get(ref);
  }

  /** Keeps a draft, or forgets it. Where it cannot be written it lasts as long as the window. */
  keepDraft(ref: string, draft: NeedDraft | undefined): void {
    if (!draft && !this.#drafts.has(ref)) return;
    const drafts = new Map(this.#drafts);
    if (draft) drafts.set(ref, draft);
    else drafts.delete(ref);
    this.#drafts = drafts;
    void mutate('transact', { edit: 'keep_draft', ref, draft: draft ?? null }).catch(() => undefined);
  }

  /** Lets go of a draft without writing that down. */
  forgetDraft(ref: string): void {
    this.#drafts = new Map([...this.#drafts].filter(([kept]) => kept !== ref));
  }

  /** Reads what was kept before; once, unless the data is another. */
  readDrafts(again = false): Promise<void> {
    if (again || !this.#reading)
      this.#reading = call('list_need_drafts', nothing).then(
        (kept) => {
          const read = ({ ref, draft }: KeptDraft): [string, NeedDraft] => [
            ref,
            { text: draft.text, form: { ...emptyForm(), ...draft.form } },
          ];
          this.#drafts = new Map(kept.map(read));
        },
        () => undefined,
      );
    return this.#reading;
  }

  /** The weights that a need is matched with: those being set, else those kept with it. */
  weighing(ref: string, kept?: Weighing): Weighing {
    return this.#weighing.get(ref) ?? kept ?? { preset: 'balanced', weights: {} };
  }

  /** Sets them at once, and keeps them when they have come to rest. */
  weigh(ref: string, weighing: Weighing): void {
    this.#weighing = new Map([...this.#weighing, [ref, weighing]]);
    clearTimeout(this.#resting.get(ref));
    if (ref === '' || app.status?.read_only) return;
    const keep = () => {
      this.#resting.delete(ref);
      void app.edit({ edit: 'weigh_need', ref, weighing });
    };
    this.#resting.set(ref, setTimeout(keep, KEPT_AFTER));
  }

  /** Lets go of weights that are kept by now, so that what undo brings back shows. */
  weighed(ref: string): void {
    if (this.#resting.has(ref) || app.status?.read_only) return;
    this.#weighing = new Map([...this.#weighing].filter(([set]) => set !== ref));
  }

  #told(text: string): void {
    toasts.tell(text, { label: i18n.m.foot.undo, run: () => app.undo() });
  }

  save(ref: string, form: NeedForm, text: string): Promise<boolean> {
    return app.edit({ edit: 'save_need', ref, form, text });
  }

  /** Keeps a need of the catalog, or any other form, as one of the user's own. */
  async adopt(form: NeedForm): Promise<string | undefined> {
    const ref = newNeedRef();
    return (await this.save(ref, { ...form, status: 'draft' }, '')) ? ref : undefined;
  }

  async setStatus(ref: string, status: NeedStatus, reason: string): Promise<boolean> {
    const done = await app.edit({ edit: 'set_need_status', ref, status, reason });
    if (done) this.#told(i18n.m.work.board.moved(i18n.m.work.status[status]));
    return done;
  }

  note(ref: string, note: string, next: string | null): Promise<boolean> {
    return app.edit({ edit: 'note_need', ref, note, next });
  }

  async remove(ref: string): Promise<boolean> {
    const done = await app.edit({ edit: 'remove_need', ref });
    if (done) this.#told(i18n.m.work.needs.removed);
    return done;
  }

  shortlistNote(need: string, ref: string, note: string): Promise<boolean> {
    return app.edit({ edit: 'shortlist', need, ref, note });
  }

  /** Puts a record on the shortlist of a need, or takes it off. */
  async toggleShortlist(need: string, ref: string, on: boolean): Promise<void> {
    const done = await app.edit(on ? { edit: 'unlist', need, ref } : { edit: 'shortlist', need, ref, note: '' });
    if (done) this.#told(on ? i18n.m.matching.unlistedToast : i18n.m.matching.shortlistedToast);
  }
}

export const work = new Work();

/** What a match is about, where screens hand it on. */
export interface Question {
  ref: string;
  target: MatchTarget;
}
