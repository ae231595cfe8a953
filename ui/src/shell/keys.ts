// Keys that work everywhere. Keys of one screen live with the screen.
import { app } from '../app.svelte';
import { KINDS } from '../route';
import { router } from '../route.svelte';
import { isImeKey } from '../lib/ime';
import { palette } from './palette.svelte';

const writes = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type));

/** Puts the cursor into the query box. */
export function focusSearch(): void {
  const box = document.getElementById('search');
  if (box instanceof HTMLInputElement) {
    box.focus();
    box.select();
  }
}

export function onKey(event: KeyboardEvent): void {
  if (isImeKey(event)) return;
  const key = event.key.toLowerCase();
  const control = event.ctrlKey || event.metaKey;
  if (control && key === 'k') {
    event.preventDefault();
    palette.toggle();
  } else if (palette.open) {
    return;
  } else if (control && key === 'z' && !writes(event.target)) {
    event.preventDefault();
    void (event.shiftKey ? app.redo() : app.undo());
  } else if (control && key === 'y' && !writes(event.target)) {
    event.preventDefault();
    void app.redo();
  } else if (control && ['=', '+', '-', '0'].includes(key)) {
    event.preventDefault();
    const zoom = key === '0' ? 100 : app.settings.zoom + (key === '-' ? -10 : 10);
    void app.set('zoom', Math.min(200, Math.max(80, zoom)));
  } else if (event.defaultPrevented) {
    // A screen has taken the key for itself.
  } else if (event.altKey && key === 'arrowleft') {
    history.back();
  } else if (event.altKey && key === 'arrowright') {
    history.forward();
  } else if (event.ctrlKey && /^[1-9]$/.test(key)) {
    event.preventDefault();
    const kind = KINDS[Number(key) - 2];
    if (key === '1') router.go({ screen: 'panorama', kind: null, action: null, printed: false });
    else if (kind)
      router.go({ screen: 'list', query: { text: '', filters: { kind: [kind] }, sort: 'relevance', selected: '' } });
  } else if (key === '/' && !control && !writes(event.target)) {
    event.preventDefault();
    focusSearch();
  }
}
