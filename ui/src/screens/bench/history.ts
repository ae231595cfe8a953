// A line of a need's history in words.
import type { HistoryEntry } from '../../api/bindings';
import { i18n } from '../../i18n/index.svelte';
import { needFieldName } from '../../lib/matching/words';

export function historyText(entry: HistoryEntry): string {
  const { work, common } = i18n.m;
  switch (entry.what) {
    case 'edited': {
      const fields = entry.fields.map(needFieldName).join(common.separator);
      return fields ? work.pane.editedFields(fields) : work.pane.events.edited;
    }
    case 'status': {
      const moved = work.pane.statusMove(work.status[entry.from], work.status[entry.to]);
      return entry.reason ? `${moved}${common.colon}${entry.reason}` : moved;
    }
    case 'shortlisted':
      return work.pane.shortlisted(i18n.pick(entry.record.name));
    case 'unlisted':
      return work.pane.unlisted(i18n.pick(entry.record.name));
    default:
      return work.pane.events[entry.what];
  }
}
