// Finding a term of a taxonomy by what a person types.
import type { Term } from '../../api/bindings';
import type { Language } from '../../i18n/index.svelte';

/** Terms offered at once. */
const SHOWN = 12;

/** The terms that a text finds, not counting those chosen: names that begin so come first. */
export function termsFor(
  terms: readonly Term[],
  text: string,
  chosen: readonly string[],
  language: Language,
): { code: string; name: string }[] {
  const needle = text.trim().toLowerCase();
  const rank = ({ code, zh, en, aliases }: Term): number => {
    if (!needle) return 1;
    const names = [zh, en, code, ...(aliases ?? [])].map((name) => name.toLowerCase());
    if (names.some((name) => name.startsWith(needle))) return 0;
    return names.some((name) => name.includes(needle)) ? 1 : 2;
  };
  const name = ({ code, zh, en }: Term) => (language === 'en' ? en || zh : zh || en) || code;
  return [0, 1]
    .flatMap((wanted) => terms.filter((term) => !chosen.includes(term.code) && rank(term) === wanted))
    .slice(0, SHOWN)
    .map((term) => ({ code: term.code, name: name(term) }));
}
