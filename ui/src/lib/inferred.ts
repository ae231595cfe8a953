// Which of the values that a row shows no source prints.
import type { Kind, Row } from '../api/bindings';

/** Fields that say who a row names, by kind. */
const WHO: Partial<Record<Kind, string>> = {
  scenario: 'opened_by',
  solution: 'provider',
  base: 'host',
  dataset: 'holder',
  model: 'developer',
  document: 'issuers',
  list: 'issuers',
  need: 'buyer',
};
const UNTIL: Partial<Record<Kind, string>> = { scenario: 'valid_until' };
const AMOUNT: Partial<Record<Kind, string>> = { need: 'budget', solution: 'price' };

type Shown = Pick<Row, 'kind' | 'provider' | 'city'>;

/** The field of the record that a place of the row shows; none where it shows no fact. */
function fieldOf(row: Shown, place: string): string | undefined {
  switch (place) {
    case 'who':
      return WHO[row.kind];
    case 'until':
      return UNTIL[row.kind];
    case 'amount':
      return AMOUNT[row.kind];
    case 'region':
      return row.city ? 'city' : 'region';
    default:
      return place;
  }
}

/** Whether what a place of the row shows was concluded, not printed. */
export function isInferred(row: Shown & Pick<Row, 'inferred'>, place: string): boolean {
  // A case names who applies, or else who provides; where both are there, `provider` holds the second.
  if (row.kind === 'case' && place === 'who')
    return row.inferred.includes('enterprise') || (!row.provider && row.inferred.includes('provider'));
  // A need stands until the earlier of two days; which of them a row shows, it does not say.
  if (row.kind === 'need' && place === 'until')
    return ['deadline', 'expires'].some((field) => row.inferred.includes(field));
  const field = fieldOf(row, place);
  return field !== undefined && row.inferred.includes(field);
}
