// One quiet line on how current the catalog is.
import type { FeedView } from '../api/bindings';
import { stateWeights } from '../api/problems';
import type { Messages } from '../i18n/zh-CN';

/** Whether a feed wants the user to do something. */
export const wantsLook = (remote: readonly FeedView[]): boolean =>
  remote.some((feed) => ['refusal', 'caution'].includes(stateWeights[feed.state].weight));

/** Says the state of the feed that most wants a look; nothing when no feed has an address. */
export function syncLine(remote: readonly FeedView[], m: Messages, num: (n: number) => string): string {
  if (!remote.length) return '';
  if (wantsLook(remote)) return m.feeds.state.attention;
  if (remote.every((feed) => feed.state === 'offline')) return m.feeds.state.offline;
  const days = Math.max(...remote.map((feed) => feed.age_days ?? 0));
  return days > 0 ? m.feeds.state.days(num(days)) : m.feeds.state.today;
}
