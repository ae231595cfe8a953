// The work on needs, as every screen of it needs it: edits with an offer to undo, drafts, and the weights last used.
import { app } from './app.svelte';
import type { MatchTarget, NeedForm, NeedStatus, Preset } from './api/bindings';
import { i18n } from './i18n/index.svelte';
import { emptyForm } from './lib/matching/form';
import { toasts } from './lib/toasts.svelte';

/** Weights of a match: the preset, and what was set by hand in its place. */
export interface Weighing {
  preset: Preset;
  weights: { [criterion in string]: number };
}

/** What was typed and not saved: it outlives the screen and the window, and stays on this machine. */
export interface Draft {
  form: NeedForm;
  text: string;
}

const DRAFTS = 'drafts';

/** A UUID of its own. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-');
}

/** A reference for a need that does not exist yet. */
export const newNeedRef = (): string => `own/need/${newUuid()}`;

export const isOwn = (ref: string): boolean => ref.startsWith('own/');

function readDrafts(): Map<string, Draft> {
  try {
    const kept: [string, Draft][] = JSON.parse(localStorage.getItem(DRAFTS) ?? '[]');
    return new Map(kept.map(([ref, draft]) => [ref, { text: draft.text, form: { ...emptyForm(), ...draft.form } }]));
  } catch {
    return new Map();
  }
}

class Work {
  #drafts = $state.raw<ReadonlyMap<string, Draft>>(readDrafts());
  #weighing = $state.raw<ReadonlyMap<string, Weighing>>(new Map());

  /** The draft of a need; the one of a new need has no reference. */
  draft(ref: string): Draft | undefined {
    return this.#drafts.get(ref);
  }

  keepDraft(ref: string, draft: Draft | undefined): void {
    const drafts = new Map(this.#drafts);
    if (draft) drafts.set(ref, draft);
    else drafts.delete(ref);
    this.#drafts = drafts;
    try {
      localStorage.setItem(DRAFTS, JSON.stringify([...drafts]));
    } catch {
      // Without a place to keep them they last as long as the window.
    }
  }

  /** The weights that a need was last matched with. */
  weighing(ref: string): Weighing {
    return this.#weighing.get(ref) ?? { preset: 'balanced', weights: {} };
  }

  weigh(ref: string, weighing: Weighing): void {
    this.#weighing = new Map([...this.#weighing, [ref, weighing]]);
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
