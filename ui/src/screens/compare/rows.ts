// Records side by side: one row a field that any of them has, and whether they differ in it.
import type { RecordView } from '../../api/bindings';
import { factsOf, type Value } from '../../lib/record/facts';

export interface CompareRow {
  field: string;
  /** One a record, in their order; nothing where a record does not state the field. */
  values: (Value | undefined)[];
  differs: boolean;
}

/** The same value, whatever the order of its codes and words. */
function key(value: Value | undefined): string {
  if (!value) return '';
  switch (value.as) {
    case 'codes':
      return [...value.codes].sort().join('\n');
    case 'words':
      return [...value.words].sort().join('\n');
    default:
      return JSON.stringify(value);
  }
}

/** The rows of a comparison: fields in the order of the first record that has them. */
export function compareRows(views: readonly RecordView[]): CompareRow[] {
  const facts = views.map((view) => new Map(factsOf(view).map(({ field, value }) => [field, value])));
  const fields: string[] = [];
  for (const one of facts) {
    // A field that is new goes behind the one that it follows.
    let at = 0;
    for (const field of one.keys()) {
      const known = fields.indexOf(field);
      if (known < 0) fields.splice(at, 0, field);
      at = (known < 0 ? at : known) + 1;
    }
  }
  return fields.map((field) => {
    const values = facts.map((one) => one.get(field));
    return { field, values, differs: new Set(values.map(key)).size > 1 };
  });
}
