// Takes a part out of the query text as the user typed it.

/** The text without the part, which may be a word, `"literal"`, `-word` or `field:value`. */
export function without(text: string, part: string): string {
  const parts = text.match(/-?(?:[a-z_]+:)?"[^"]*"|\S+/gi) ?? [];
  const normal = (one: string) => one.normalize('NFKC').toLowerCase();
  const index = parts.findIndex(
    (one) => normal(one) === normal(part) || normal(one) === normal(part.replace(/"/g, '')),
  );
  // A word that the product read out of a longer run cannot be cut out alone: then the run goes.
  const holding =
    index >= 0 ? index : parts.findIndex((one) => normal(one).includes(normal(part.replace(/["-]/g, ''))));
  return holding < 0 ? '' : parts.filter((_, at) => at !== holding).join(' ');
}
