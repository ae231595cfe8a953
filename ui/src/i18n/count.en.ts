// Counting in English.
const plural = new Intl.PluralRules('en');

/** "1 record", "2 records": `n` is already formatted, so its digits decide. */
export const count = (n: string, one: string, other: string): string =>
  `${n} ${plural.select(Number(n.replace(/\D/g, ''))) === 'one' ? one : other}`;
