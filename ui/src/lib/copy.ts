// Puts text on the clipboard and says so.
import { i18n } from '../i18n/index.svelte';
import { toasts } from './toasts.svelte';

export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Where the clipboard interface is refused, a selected field still can be copied.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'sr';
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  toasts.tell(i18n.m.common.copied);
}
