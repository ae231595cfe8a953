import { describe, expect, it } from 'vitest';
import type { RecordView } from '../../api/bindings';
import { records, FEED } from '../../api/fixtures/records';
import { compareRows } from './rows';

function view(change: object): RecordView {
  const [, record] = [...records].find(([, one]) => one.kind === 'case') ?? [];
  if (!record) throw new Error('the fixtures hold a case');
  return {
    ref: `${FEED}/case/x`,
    record: { ...record, stage: ['production'], technique: ['vision', 'nlp'], region: ['32'], ...change },
    links: [],
    twins: [],
    lists: {},
    similar: [],
    industry_group: [],
    favourite: false,
    gone: false,
    overlay: null,
    moved_on: [],
    history: [],
    contact: null,
  };
}

describe('records side by side', () => {
  const differing = (...views: RecordView[]) =>
    compareRows(views)
      .filter(({ differs }) => differs)
      .map(({ field }) => field);

  it('the same in another order is the same', () => {
    expect(differing(view({}), view({ technique: ['nlp', 'vision'] }))).toEqual([]);
  });

  it('what one states and another does not differs', () => {
    const rows = compareRows([view({ region: [] }), view({}), view({})]);
    const region = rows.find(({ field }) => field === 'region');
    expect(region?.differs).toBe(true);
    expect(region?.values[0]).toBeUndefined();
    expect(differing(view({}), view({ stage: ['rnd'] }))).toEqual(['stage']);
  });

  it('every field has one row, and every row a value a record', () => {
    const rows = compareRows([view({}), view({ city: '苏州' })]);
    expect(new Set(rows.map(({ field }) => field)).size).toBe(rows.length);
    expect(rows.every(({ values }) => values.length === 2)).toBe(true);
    expect(rows.some(({ field }) => field === 'city')).toBe(true);
  });
});
