// Which columns a list has beside the name: what matters differs from kind to kind.
import type { Kind } from '../../api/bindings';
import type { Messages } from '../../i18n/zh-CN';

export type Column =
  | 'kind'
  | 'who'
  | 'provider'
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
/** How soon a column gives way: 3 first, 0 never. */
type Rank = 0 | 1 | 2 | 3;
export interface ColumnSpec {
  column: Column;
  title: (m: Messages) => string;
  rank: Rank;
}

const spec = (column: Column, key: keyof Messages['list'], rank: Rank): ColumnSpec => ({
  column,
  rank,
  title: (m) => {
    const title = m.list[key];
    return typeof title === 'string' ? title : '';
  },
});
const status = spec('status', 'status', 0);
const industry = spec('industry', 'industry', 2);
const stage = spec('stage', 'stage', 3);
const region = spec('region', 'region', 2);
const date = spec('date', 'date', 3);

const columns: Record<Kind, ColumnSpec[]> = {
  scenario: [industry, stage, spec('links', 'links', 3), status],
  enterprise: [industry, region, spec('links', 'links', 3), status],
  provider: [industry, region, spec('technique', 'technique', 3), status],
  solution: [spec('who', 'provider', 2), spec('technique', 'technique', 3), spec('amount', 'price', 3), status],
  case: [
    spec('who', 'enterprise', 1),
    spec('provider', 'provider', 2),
    industry,
    stage,
    spec('outcomes', 'outcomes', 3),
    status,
  ],
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

/** Widths in rem. */
export const WIDTHS: Record<Column, number> = {
  kind: 5.5,
  who: 10,
  provider: 8,
  industry: 7,
  stage: 6.25,
  technique: 7,
  region: 5.5,
  date: 6.25,
  until: 6.25,
  amount: 6.25,
  outcomes: 5.25,
  links: 4.5,
  status: 7.25,
};
/** What the boxes take by which rows are selected. */
export const TICK = 2;
/** What the name keeps in any case, as long as there is another column to give way. */
const NAME = 15;

/** The columns of a list of these kinds in a list of this width (in rem). The rightmost of the least needed give way. */
export function columnsFor(kinds: readonly string[], width: number): ColumnSpec[] {
  const all = kinds.length === 1 ? (Object.entries(columns).find(([kind]) => kind === kinds[0])?.[1] ?? mixed) : mixed;
  const shown = [...all];
  const taken = () => shown.reduce((sum, { column }) => sum + WIDTHS[column], NAME);
  for (let rank = 3; rank > 0; rank -= 1) {
    for (let at = shown.length - 1; at >= 0 && taken() > width; at -= 1) {
      if (shown[at]?.rank === rank) shown.splice(at, 1);
    }
  }
  return shown;
}
