// How the states and problems of feeds weigh, and what a screen offers beside their text. The compiler wants each
// code here once; the texts are in the dictionaries.
import type { FeedState, Problem, ProblemCode, SyncResult } from './bindings';
import type { Messages } from '../i18n/zh-CN';

/** `quiet` asks nothing of the user, `good` is as it should be, `caution` wants a look, `refusal` was a defence. */
export type Weight = 'good' | 'quiet' | 'caution' | 'refusal';
/** What a screen can offer: sync again, take a file instead, or allow an address. */
export type Remedy = 'sync' | 'import' | 'allow';

export const stateWeights: Record<FeedState, { weight: Weight; remedies: readonly Remedy[] }> = {
  bundled: { weight: 'quiet', remedies: [] },
  never_synced: { weight: 'caution', remedies: ['sync', 'import'] },
  refused: { weight: 'refusal', remedies: ['sync', 'import'] },
  clock_wrong: { weight: 'caution', remedies: ['sync'] },
  app_too_old: { weight: 'caution', remedies: [] },
  expired: { weight: 'caution', remedies: ['sync', 'import'] },
  offline: { weight: 'quiet', remedies: ['sync', 'import'] },
  disk_full: { weight: 'caution', remedies: ['sync'] },
  up_to_date: { weight: 'good', remedies: ['sync'] },
  aged: { weight: 'quiet', remedies: ['sync', 'import'] },
};

export const problemWeights: Record<ProblemCode, { weight: Weight; remedy: Remedy | null }> = {
  unreachable: { weight: 'quiet', remedy: 'sync' },
  interrupted: { weight: 'quiet', remedy: 'sync' },
  too_slow: { weight: 'quiet', remedy: 'sync' },
  server_error: { weight: 'quiet', remedy: 'sync' },
  insecure: { weight: 'caution', remedy: 'sync' },
  no_feed: { weight: 'caution', remedy: null },
  clock_wrong: { weight: 'caution', remedy: 'sync' },
  app_too_old: { weight: 'caution', remedy: null },
  disk_full: { weight: 'caution', remedy: 'sync' },
  signature: { weight: 'refusal', remedy: null },
  replaced_keys: { weight: 'refusal', remedy: 'sync' },
  rollback: { weight: 'refusal', remedy: 'sync' },
  same_generation: { weight: 'refusal', remedy: null },
  expired: { weight: 'caution', remedy: 'import' },
  integrity: { weight: 'refusal', remedy: 'sync' },
  malformed: { weight: 'caution', remedy: 'sync' },
  other_feed: { weight: 'refusal', remedy: null },
  too_large: { weight: 'refusal', remedy: null },
  pack: { weight: 'refusal', remedy: 'sync' },
  digest: { weight: 'refusal', remedy: null },
  redirected: { weight: 'caution', remedy: 'sync' },
  encoded: { weight: 'caution', remedy: 'sync' },
  private_address: { weight: 'caution', remedy: 'allow' },
  unknown_feed: { weight: 'caution', remedy: null },
  unreadable: { weight: 'caution', remedy: null },
};

export const resultWeights: Record<SyncResult, Weight> = {
  updated: 'good',
  unchanged: 'good',
  offline: 'quiet',
  refused: 'refusal',
  expired: 'caution',
  app_too_old: 'caution',
  clock_wrong: 'caution',
  disk_full: 'caution',
};

/** The facts of a problem, named, in the order of their names. */
export function factsOf(problem: Problem, m: Messages): string {
  return Object.entries(problem.facts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${m.feeds.facts[name] ?? name}${m.common.colon}${value}`)
    .join(' · ');
}
