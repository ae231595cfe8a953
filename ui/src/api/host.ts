// The host of the product: Tauri. No other file may import it.
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Mutations, Progress, Queries } from './bindings';
import type { Host } from './seam';

export const tauri: Host = {
  query: (name, args) => invoke<Queries[typeof name][1]>('query', { name, args }),
  mutate: (name, args) => invoke<Mutations[typeof name][1]>('mutate', { name, args }),
  async open(report) {
    const progress = new Channel<Progress>();
    progress.onmessage = report;
    await invoke('open', { progress });
  },
  openExternal: (url) => invoke('open_url', { url }),
  systemLanguage: () => invoke<string>('system_language'),
  ready: (rows) => invoke('ready', { rows }),
};
