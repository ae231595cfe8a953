// Short messages at the foot of the window. They vanish by themselves; nothing that matters is told only here.
import type { ApiError } from '../api/bindings';
import { errors } from '../api/errors';
import { i18n } from '../i18n/index.svelte';

export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => unknown };
}

class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;

  tell(text: string, action?: Toast['action']): void {
    const id = this.#next++;
    // The newest replaces the one before: an offer to undo must never speak of something older.
    this.shown = [{ id, text, ...(action ? { action } : {}) }];
    setTimeout(() => this.drop(id), 6000);
  }

  fail(error: ApiError): void {
    this.tell(errors[error.code].text(i18n.m, error.facts));
  }

  drop(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
