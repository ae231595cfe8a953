// Names of lists. A list is a record, not a code of a taxonomy, so its name is asked for: once, and only when shown.
import { SvelteMap } from 'svelte/reactivity';
import { app } from '../app.svelte';
import type { Name } from '../api/bindings';
import { call } from '../api/call';

const names = new SvelteMap<string, Name>();
const asked = new Set<string>();

/** The name of a list by its id in whichever feed holds it; undefined until known. */
export function listName(id: string): Name | undefined {
  const known = names.get(id);
  if (!known && !asked.has(id)) {
    asked.add(id);
    void ask(id);
  }
  return known;
}

async function ask(id: string): Promise<void> {
  // A list of another feed is filed under its whole reference.
  const refs = id.split('/').length === 3 ? [id] : (app.status?.feeds ?? []).map(({ feed }) => `${feed}/list/${id}`);
  for (const ref of refs) {
    const view = await call('get_record', { ref }).catch(() => undefined);
    if (view) {
      names.set(id, view.record.name);
      return;
    }
  }
}
