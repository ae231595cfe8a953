// The user's own records, as every screen needs them: new references, edits with an offer to undo.
import { app } from './app.svelte';
import type { Overlay } from './api/bindings';
import { i18n } from './i18n/index.svelte';
import { toasts } from './lib/toasts.svelte';
import { newId } from './lib/uuid';
import { selecting } from './selecting.svelte';

/** A reference for a record that does not exist yet. */
export const newOwnRef = (kind: string): string => `own/${kind}/${newId()}`;

function told(text: string): void {
  toasts.tell(text, { label: i18n.m.foot.undo, run: () => app.undo() });
}

/** Writes a record in the place of what is there. */
export async function saveRecord(ref: string, document: object): Promise<boolean> {
  return app.edit({ edit: 'save_records', records: [[ref, JSON.stringify(document)]] });
}

/** Moves own records and needs to the trash. */
export async function moveToTrash(refs: string[]): Promise<boolean> {
  const done = await app.edit({ edit: 'move_to_trash', refs });
  if (done) {
    selecting.drop(refs);
    told(refs.length > 1 ? i18n.m.own.removedMany(i18n.num(refs.length)) : i18n.m.own.removed);
  }
  return done;
}

export async function restore(refs: string[]): Promise<boolean> {
  const done = await app.edit({ edit: 'restore_trash', refs });
  if (done) told(i18n.m.own.restored);
  return done;
}

/** Removes for good; without references everything in the trash. */
export async function clearTrash(refs: string[] | null): Promise<boolean> {
  const done = await app.edit({ edit: 'clear_trash', refs });
  if (done) toasts.tell(i18n.m.own.cleared);
  return done;
}

/** Keeps what is typed in a form, or forgets it. */
export function keepDraft(ref: string, document: { [key in string]: unknown } | null): Promise<boolean> {
  return app.edit({ edit: 'save_draft', ref, document });
}

export async function saveOverlay(ref: string, overlay: Overlay | null): Promise<boolean> {
  const done = await app.edit({ edit: 'save_overlay', ref, overlay });
  if (done) told(overlay ? i18n.m.own.correct.saved : i18n.m.own.correct.dropped);
  return done;
}
