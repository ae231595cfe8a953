// Chooses the host, then draws the window.
import './base.css';
import './app.css';
import { mount } from 'svelte';
import { tauri } from './api/host';
import { useHost } from './api/seam';
import App from './App.svelte';

async function start(): Promise<void> {
  if (import.meta.env.MODE === 'fake') {
    const { fakeHost } = await import('./api/host.fake');
    const { pretence } = await import('./api/fixtures/pretence');
    useHost(fakeHost(pretence(location.search)));
  } else {
    useHost(tauri);
  }
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  target.replaceChildren();
  mount(App, { target });
}

void start();
