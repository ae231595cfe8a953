// A line of the record of what happened, in words.
import type { Event } from '../../api/bindings';
import type { Messages } from '../../i18n/zh-CN';

/** The name of a kind of record; what is none names itself. */
const kindName = (m: Messages, kind: string): string =>
  Object.entries(m.kinds).find(([known]) => known === kind)?.[1] ?? kind;

/** What was exported; work bundles hold records of a kind. */
const exportName = (m: Messages, what: string): string =>
  what === 'submission'
    ? m.submissions.title
    : (Object.entries(m.exporting.whats).find(([known]) => known === what)?.[1] ?? kindName(m, what));

export function eventText(event: Event, m: Messages, num: (n: number) => string): string {
  const says = m.kept.audit;
  const parts = (...all: string[]) => all.filter(Boolean).join(' · ');
  switch (event.event) {
    case 'sync':
      return parts(
        says.sync(event.feed, event.result),
        event.result === 'updated' ? says.counts(num(event.added), num(event.changed), num(event.removed)) : '',
      );
    case 'feed_removed':
      return says.feedRemoved(event.feed);
    case 'import':
      return parts(
        says.imported(kindName(m, event.kind), event.file),
        says.taken(num(event.added), num(event.changed), num(event.rejected)),
      );
    case 'export':
      return parts(
        says.exported(exportName(m, event.what), event.file),
        says.written(num(event.records)),
        event.private ? says.private : '',
      );
    case 'deletion':
      return parts(says.deleted(event.what), event.count > 1 ? says.written(num(event.count)) : '');
    case 'backup':
      return says.backup(event.reason, event.name);
    case 'restore':
      return event.damaged ? says.damaged(event.name) : says.restored(event.name);
    case 'backups_removed':
      return says.backupsRemoved(num(event.count));
    case 'moved':
      return says.moved;
  }
}
