// Which columns a list has beside the name: what matters differs from kind to kind.
import type { Kind } from '../../api/bindings';
import type { Messages } from '../../i18n/zh-CN';

export type Column =
  | 'kind'
  | 'who'
  | 'industry'
  | 'stage'
  | 'technique'
  | 'region'
  | 'date'
  | 'until'
  | 'amount'
  | 'outcomes'
  | 'links'
  | 'status';
export interface ColumnSpec {
  column: Column;
  title: (m: Messages) => string;
  /** 1 stays longest when there is little room. */
  rank: 1 | 2 | 3;
}

const spec = (column: Column, key: keyof Messages['list'], rank: 1 | 2 | 3): ColumnSpec => ({
  column,
  rank,
  title: (m) => {
    const title = m.list[key];
    return typeof title === 'string' ? title : '';
  },
});
const status = spec('status', 'status', 1);
const industry = spec('industry', 'industry', 2);
const stage = spec('stage', 'stage', 3);
const region = spec('region', 'region', 2);
const date = spec('date', 'date', 3);

const columns: Record<Kind, ColumnSpec[]> = {
  scenario: [industry, stage, spec('links', 'links', 3), status],
  enterprise: [industry, region, spec('links', 'links', 3), status],
  provider: [industry, region, spec('technique', 'technique', 3), status],
  solution: [spec('who', 'provider', 2), spec('technique', 'technique', 3), spec('amount', 'price', 3), status],
  case: [spec('who', 'enterprise', 1), industry, stage, spec('outcomes', 'outcomes', 3), status],
  base: [spec('who', 'host', 2), region, date, status],
  dataset: [spec('who', 'holder', 2), industry, date, status],
  model: [spec('who', 'developer', 2), region, date, status],
  document: [spec('who', 'issuer', 2), spec('date', 'date', 1), spec('links', 'links', 3), status],
  need: [
    spec('who', 'buyer', 2),
    spec('amount', 'budget', 2),
    spec('date', 'noticed', 1),
    spec('until', 'until', 3),
    status,
  ],
  list: [spec('who', 'issuer', 2), date, spec('links', 'links', 3), status],
};
const mixed: ColumnSpec[] = [spec('kind', 'kind', 1), spec('who', 'who', 2), industry, date, status];

/** The columns of a list of these kinds. */
export function columnsFor(kinds: readonly string[]): ColumnSpec[] {
  if (kinds.length !== 1) return mixed;
  return Object.entries(columns).find(([kind]) => kind === kinds[0])?.[1] ?? mixed;
}
