// The copy of language, theme and zoom from which `boot.js` draws the first moment of the next start.
import type { Settings } from '../api/bindings';

/** Keeps the copy. Where the web view keeps nothing, the next start flashes, and that is all. */
export function keepLook({ theme, zoom }: Pick<Settings, 'theme' | 'zoom'>, language: string): void {
  try {
    localStorage.setItem('look', JSON.stringify({ theme, zoom, language }));
  } catch {
    // Nothing depends on it.
  }
}

/** What `boot.js` chose, so that the window goes on from there until the settings are read. */
export function bootLook(): Pick<Settings, 'theme' | 'zoom'> & { language: string } {
  const root = typeof document === 'undefined' ? undefined : document.documentElement;
  return {
    theme: root?.dataset.theme ?? 'system',
    zoom: Math.round((parseFloat(root?.style.fontSize ?? '') / 16) * 100) || 100,
    language: root?.dataset.language ?? '',
  };
}
