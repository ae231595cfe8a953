// Which facets the list offers for which kinds.
import type { Kind } from '../api/bindings';

const common = [
  'industry_group',
  'stage',
  'technique',
  'region',
  'status',
  'action',
  'typical_scenario',
  'level',
  'year',
  'inferred',
  'doubtful',
  'feed',
];
const own: { [kind in Kind]?: string[] } = {
  scenario: ['maturity'],
  case: ['maturity'],
  enterprise: ['tier'],
  provider: ['tier'],
  solution: ['solution_category', 'delivery', 'maturity'],
  need: ['need_kind', 'delivery', 'maturity'],
};

/** The facets to count, for a list of these kinds (none chosen means all). */
export function facetsFor(kinds: readonly string[]): string[] {
  const [only, ...others] = kinds;
  if (only === undefined || others.length > 0) return ['kind', ...common];
  const specific = Object.entries(own).find(([kind]) => kind === only)?.[1] ?? [];
  const [group = '', stage = '', ...rest] = common;
  return ['kind', group, stage, ...specific, ...rest];
}
