// Takes parts out of the query text as the user typed it.

const quote = '["“”「」『』＂]';
const PART = new RegExp(`[-－]?(?:[^\\s"“「『＂:：]+[:：])?${quote}[^"”」』＂]*${quote}?|\\S+`, 'g');
const partsOf = (text: string): string[] => text.match(PART) ?? [];
const normal = (text: string) => text.normalize('NFKC').toLowerCase();

/** The text without the part, which may be a word, `"literal"` or `-word`. */
export function without(text: string, part: string): string {
  const parts = partsOf(text);
  const bare = (one: string) => normal(one).replace(new RegExp(quote, 'g'), '"');
  const index = parts.findIndex((one) => bare(one) === bare(part) || normal(one) === normal(part.replace(/"/g, '')));
  // A word that the product read out of a longer run cannot be cut out alone: then the run goes.
  const holding =
    index >= 0 ? index : parts.findIndex((one) => normal(one).includes(normal(part.replace(/["-]/g, ''))));
  return holding < 0 ? text : parts.filter((_, at) => at !== holding).join(' ');
}

/** What stands behind the colon of each part that has one. */
const valuesOf = (part: string): string[] =>
  normal(part)
    .replace(new RegExp(quote, 'g'), '')
    .replace(/^[^:]*:/, '')
    .split(/[,，]/);
const isFilter = (part: string, ignored: readonly string[]) =>
  /^[^-－"“「『＂][^:：]*[:：]./.test(part) && !ignored.includes(part);

/** The text without the filter whose value has one of these names; a filter may be typed in any language. */
export function withoutFilter(text: string, names: readonly string[], ignored: readonly string[]): string {
  const parts = partsOf(text);
  const filters = parts.filter((part) => isFilter(part, ignored));
  const wanted = names.map(normal);
  const gone = filters.find((part) => valuesOf(part).some((value) => wanted.includes(value))) ?? filters[0];
  return parts.filter((part) => part !== gone).join(' ');
}

/** The text without any filter. */
export const withoutFilters = (text: string, ignored: readonly string[]): string =>
  partsOf(text)
    .filter((part) => !isFilter(part, ignored))
    .join(' ');
