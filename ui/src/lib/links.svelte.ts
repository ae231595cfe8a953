// Addresses outside the app: only http and https, and only after the user saw where they lead.
import { host } from '../api/seam';
import { i18n } from '../i18n/index.svelte';
import { toasts } from './toasts.svelte';

class Links {
  /** The address that waits for the user's word. */
  asked = $state.raw<URL | null>(null);

  ask(url: URL): void {
    this.asked = url;
  }

  async open(): Promise<void> {
    const url = this.asked;
    this.asked = null;
    if (!url) return;
    try {
      await host().openExternal(url.href);
    } catch {
      toasts.tell(i18n.m.link.failed);
    }
  }
}

export const links = new Links();
